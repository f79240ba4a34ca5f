"""What access does by the clock: overdue reviews go up the chain, and what a leaver answered for passes on."""

SCHEDULE = [
    ("rowan.access.reviewing.take_overdue_up", 30),
    ("rowan.access.restricted.hand_over_what_leavers_owned", 5),
]
