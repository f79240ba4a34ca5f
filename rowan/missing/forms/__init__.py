"""What people type about a missing child."""
