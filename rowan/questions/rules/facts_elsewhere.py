"""What another agency may have told of a child, as a rule that joins agencies counts it and says it: any fact with a day of its own."""

from rowan.chronology.rules import council_facts as council

from .declaration import Figures, count_in, listed, some

WENT_MISSING, AWAY, ARRESTED, NOTED = "missing", "away", "arrest", "noted"

# The figure that each fact is counted under.
COUNTED_AS = {
    WENT_MISSING: "missing",
    AWAY: "away",
    ARRESTED: "arrests",
    council.PLACED: "placements",
    council.REFERRED: "referrals",
    council.ASSESSED: "assessments",
    council.ENQUIRED: "enquiries",
    council.CONFERRED: "conferences",
    council.NEED_PLAN: "plans",
    council.PROTECTION_PLAN: "plans",
    council.NEED_PLAN_ENDED: "plans_ended",
    council.PROTECTION_PLAN_ENDED: "plans_ended",
    council.CASE_OPENED: "cases_opened",
    council.CASE_CLOSED: "cases_closed",
    NOTED: "notes",
}
COUNTS = tuple(dict.fromkeys(COUNTED_AS.values()))
_SAID = {
    "missing": ("missing report", ""),
    "away": ("absence from the placement without leave", "absences from the placement without leave"),
    "arrests": ("arrest", ""),
    "placements": ("new placement", ""),
    "referrals": ("referral to children's social care", "referrals to children's social care"),
    "assessments": ("assessment", ""),
    "enquiries": ("enquiry under section 47", "enquiries under section 47"),
    "conferences": ("child protection conference", ""),
    "plans": ("new plan", ""),
    "plans_ended": ("plan that ended", "plans that ended"),
    "cases_opened": ("case opened", "cases opened"),
    "cases_closed": ("case closed", "cases closed"),
    "notes": ("note of another school's staff", "notes of another school's staff"),
}
# For the sentence of a rule.
ANY_OF_THESE = (
    "a missing report, an absence from the placement without leave, an arrest, a placement, a referral to children's social care, an assessment, an enquiry under section 47 "
    "or its conference, a plan that began or ended, a case that social care opened or closed, or a note of another school's staff"
)
NOT_AMONG_THEM = (
    "what the council writes besides days: why it was told, which need, which factor; and what health services know",
    "reviews, changes of social worker and yearly returns: they tell that an office worked, not that something happened to the child",
    "youth justice, beyond the arrests that the police send: no file of theirs comes to Rowan",
)


def others_told(figures: Figures) -> str:
    """1 missing report, 2 referrals to children's social care and 1 arrest."""
    return listed(some(count_in(figures, name), *said) for name, said in _SAID.items() if count_in(figures, name))  # fmt: skip
