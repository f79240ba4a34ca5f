"""The ten sessions (half days) of a school week, in order: which of them a pupil missed tells more than how many.

A pupil's week keeps them as one number with a bit for each session, so that it stays one short row.
"""

DAYS = ("mon", "tue", "wed", "thu", "fri")
HALVES = ("am", "pm")
SESSIONS_IN_ORDER = tuple(f"{day}_{half}" for day in DAYS for half in HALVES)

BITS = {session: 2**place for place, session in enumerate(SESSIONS_IN_ORDER)}

# The columns of a year group's week: how many pupils could have come to each session, and how many missed it.
POSSIBLE_PUPILS = {session: f"possible_{session}" for session in SESSIONS_IN_ORDER}
MISSING_PUPILS = {session: f"missed_{session}" for session in SESSIONS_IN_ORDER}
SESSION_SUMS = (*POSSIBLE_PUPILS.values(), *MISSING_PUPILS.values())

# Which half days so few pupils missed would tell of one of them; how many they missed in the week stays, as it did before.
LEAST_PUPILS_WHOSE_SESSIONS_STAY = 6
