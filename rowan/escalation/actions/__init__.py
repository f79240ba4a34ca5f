"""What happens in this room, for pages and the schedule."""
