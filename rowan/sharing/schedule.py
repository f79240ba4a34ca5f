"""What sharing does by the clock: chase requests and reviews of agreements that are late, and take them to a lead; remind of decisions."""

SCHEDULE = [
    ("rowan.sharing.actions.requests.chase_late", 60),
    ("rowan.sharing.actions.decisions.remind_of_reviews", 60),
    ("rowan.sharing.actions.agreements.see_to_reviews", 60),
]
