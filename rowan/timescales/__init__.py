"""Working days, settings with dates, and every running clock."""
