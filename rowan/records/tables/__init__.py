"""What agencies sent, read as it stood on a night."""
