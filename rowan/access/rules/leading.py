"""How earlier rooms know who leads the hub's work and plan with a child: by their part in it, and by what is owed while it goes on (assessments writes both)."""

# What the lead's part rests on, before the work's own id; and what the work's clocks are about.
LEADS_THE_WORK = "strand"
# Owed once the work is closed, or beside it: neither says that there is a plan now.
LOOK_BACK = "a look back after closing"
MOVE_AT_18 = "a move to adult services"
AFTER_OR_BESIDE = (LOOK_BACK, MOVE_AT_18)
