"""What this room does by itself."""

A_DAY = 24 * 60
SCHEDULE = [("rowan.matching.actions.close_what_is_settled", A_DAY)]
