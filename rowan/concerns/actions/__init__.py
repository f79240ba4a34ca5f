"""What happens to a concern."""
