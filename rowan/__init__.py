"""Rowan: the shared desk of a child-exploitation safeguarding hub."""
