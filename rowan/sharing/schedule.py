"""What sharing does by the clock: chase requests that are late, and take them to a lead."""

SCHEDULE = [("rowan.sharing.actions.requests.chase_late", 60)]
