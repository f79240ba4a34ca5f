"""Photographs that no row knows, since their process was killed in between, are cleared away once a day."""

SCHEDULE = [("rowan.missing.actions.photographs.clear_strays_away", 24 * 60)]
