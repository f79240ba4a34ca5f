"""When a dry run that fell silent is begun again, and how often."""

from datetime import timedelta

# Longer than any of its steps takes in a county of a hundred thousand.
SILENT_AFTER = timedelta(minutes=15)
ATTEMPTS = 3
