"""Agencies, teams, practitioners, posts, leads and deputies; roles; signing in."""
