"""A child’s safety plan: actions, each with an owner and a date."""
