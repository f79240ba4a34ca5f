"""Decisions to share and not to share, requests to agencies, agreements between them, and what leaves Rowan."""
