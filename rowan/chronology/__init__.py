"""What happened, in date order, from every agency, with its source."""
