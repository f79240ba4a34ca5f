"""Mail goes every minute; what was read long ago is forgotten once a day."""

SCHEDULE = [
    ("rowan.notices.actions.send_what_waits", 1),
    ("rowan.notices.actions.forget_what_was_read", 24 * 60),
]
