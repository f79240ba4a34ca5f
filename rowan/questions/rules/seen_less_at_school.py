"""Seen less at school, together with another agency's fact: marks that stopped, suspended again, or a part-time timetable (EDU-04, EDU-05).

No one of these asks alone: most have an ordinary reason, and a part-time timetable is often a school's way of helping. But it takes a child out of
the sight of those who see them daily, and when another agency meets the child in those same weeks, somebody should put the two together. Leaving
the roll altogether, or for home education, is the rule *Left school with no school named*.
"""

from datetime import date

from rowan.agencies.rules.posts import PostKind
from rowan.timescales.rules.settings import Setting

from .declaration import Figures, Rule, Values, count_in, day_in_words, listed, whole
from .facts_elsewhere import ANY_OF_THESE, NOT_AMONG_THEM, others_told

OWNER = "The council's education welfare lead"
OWN_CHOICE = "The hub's own choice"

WITHIN_DAYS = Setting(
    name="questions.seen_less_at_school.within_days",
    unit="days",
    default=42,
    least=7,
    most=180,
    source=f"{OWN_CHOICE}: six weeks, about half a term.",
    owner=OWNER,
    explanation="What the school tells and the other agency's fact lie within this many days of each other.",
)
STOPPED_DAYS = Setting(
    name="questions.seen_less_at_school.stopped_school_days",
    unit="school days",
    default=10,
    least=3,
    most=60,
    source="School Attendance (Pupil Registration) (England) Regulations 2024: a school tells the council of ten school days missed in a row; without marks nobody can tell.",
    owner=OWNER,
    explanation="Marks have stopped when the school was open on this many days and has none of the pupil.",
)
SUSPENDED_WITHIN_DAYS = Setting(
    name="questions.seen_less_at_school.suspended_within_days",
    unit="days",
    default=90,
    least=14,
    most=365,
    source=f"{OWN_CHOICE}: about a term.",
    owner=OWNER,
    explanation="Two suspensions that begin in weeks this many days apart or less, with a week at school between, are a pupil suspended again.",
)
PART_TIME_WEEKS = Setting(
    name="questions.seen_less_at_school.part_time_weeks",
    unit="school weeks",
    default=4,
    least=2,
    most=6,
    source=f"{OWN_CHOICE}: with fewer, a child is coming back after an illness.",
    owner=OWNER,
    explanation="Of six school weeks this many, each with two sessions or more under a part-time timetable, are a part-time timetable.",
)
DUE = Setting(
    name="questions.seen_less_at_school.due_working_days",
    unit="working days",
    default=5,
    least=0,
    most=20,
    source=f"{OWN_CHOICE}: a school week.",
    owner=OWNER,
    explanation="How soon the question wants an answer.",
)
FEED_WITHIN_DAYS = Setting(
    name="questions.seen_less_at_school.feed_reaches_within_days",
    unit="days",
    default=35,
    least=1,
    most=400,
    source=f"{OWN_CHOICE}: a monthly file and a few days' grace.",
    owner=OWNER,
    explanation="The rule asks only when one of the two agencies' files reaches to within this many days.",
)

# What the school's marks tell.
STOPPED, SUSPENDED, PART_TIME = "stopped", "suspended", "part_time"
# A part-time timetable is looked for in so many of a pupil's weeks, in those with so many of its sessions.
PART_TIME_OF_WEEKS = 6
PART_TIME_SESSIONS = 2


def explain(figures: Figures, values: Values) -> str:
    said = listed(
        [
            f"no marks after {day_in_words(figures['stopped_after'])}"
            if figures.get("stopped_after")
            else "",
            "a second suspension" if count_in(figures, SUSPENDED) else "",
            "a part-time timetable" if count_in(figures, PART_TIME) else "",
        ]
    )
    return (
        f"The school's marks show {said}, by {day_in_words(figures.get('seen_on'))}. Within {whole(values, WITHIN_DAYS)} days of it another agency told of "
        f"{others_told(figures)}, last on {day_in_words(figures.get('other_on'))}."
    )


RULE = Rule(
    name="seen_less_at_school",
    version=2,
    title="Seen less at school",
    sentence=(
        "A pupil's marks stop for {stopped_school_days} days on which the school was open, or they are suspended again within {suspended_within_days} days, or are on a part-time timetable in "
        "{part_time_weeks} of six school weeks; and within {within_days} days another agency tells of something else about the child, whatever it is: "
        f"{ANY_OF_THESE}."
    ),
    question="Who sees this child in the hours when they are not at school, and has anybody asked them?",
    why=(
        "A child who is at school less is seen by fewer people who could notice harm. When another agency meets the child in the same weeks, neither may know of the other."
    ),
    source=(
        "Working together to improve school attendance (Department for Education), on part-time timetables and on continuous absence; "
        "Suspension and permanent exclusion (Department for Education, statutory guidance)."
    ),
    owner=OWNER,
    review_on=date(2027, 6, 30),
    equality_note=(
        "No one of these asks alone. Part-time timetables fall on disabled children most, and suspensions on boys, on Black Caribbean children and on children with special needs; "
        "children in care or on a plan have more written about them. Read the number by group with that in mind. Religious observance and travelling stop no marks: a session marked so is a mark like any other. "
        "Only children whom the hub already works with are held against another agency's rows."
    ),
    asks=PostKind.TRIAGE,
    deputy=PostKind.EXPLOITATION_COORDINATOR,
    due_working_days=DUE,
    feed_reaches_within_days=FEED_WITHIN_DAYS,
    settings=(WITHIN_DAYS, STOPPED_DAYS, SUSPENDED_WITHIN_DAYS, PART_TIME_WEEKS),
    explain=explain,
    could_be=(
        "a move, or a new school that has not sent its roll yet",
        "a timetable agreed with the family to help the child back after an illness",
        "a place at another provider that marks its own register",
        "one story told twice: the council heard it from the school",
    ),
    does_not_see=(
        "children whom neither the council nor the hub works with",
        "children sent home without a suspension",
        "a suspension that follows another in the very next school week",
        *NOT_AMONG_THEM,
    ),
    joins_agencies=True,
)
