"""Screening and assessment, the strategy discussion, where a child stands and why, and the list of children open to exploitation."""
