"""The numbers of missing episodes: how long there is for a return home interview, and which reports are of one absence."""

from rowan.timescales.rules.settings import Setting

OWNER = "The hub's missing co-ordinator"
INTERVIEW_WITHIN_HOURS = Setting(
    name="missing.interview_within_hours",
    unit="hours",
    default=72,
    least=24,
    most=168,
    source="Statutory guidance on children who run away or go missing from home or care (2014): within 72 hours of the return.",
    owner=OWNER,
    explanation="Within this many hours of the return, not of the report, a return home interview is held.",
)
CARER_WITHIN_DAYS = Setting(
    name="missing.ask_the_carer_within_days",
    unit="working days",
    default=2,
    least=0,
    most=10,
    source="The hub's own choice; guidance asks that the carer is heard when the child declines.",
    owner=OWNER,
    explanation="After an interview was declined, the carer is asked what they know within this many working days.",
)
TAKEN_IN_WITHIN_DAYS = Setting(
    name="missing.reports_taken_in_within_days",
    unit="days",
    default=28,
    least=1,
    most=90,
    source="The hub's own choice, as for questions: a first file does not flood the board with old episodes.",
    owner=OWNER,
    explanation="A report of a feed becomes an episode with an interview when its absence ended no longer ago than this; older ones stand in the chronology alone.",
)
SETTINGS = [INTERVIEW_WITHIN_HOURS, CARER_WITHIN_DAYS, TAKEN_IN_WITHIN_DAYS]
