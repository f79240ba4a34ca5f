"""Sealed files that no row knows, since their process was killed in between, are cleared away once a day."""

SCHEDULE = [("rowan.records.attachments.clear_strays_away", 24 * 60)]
