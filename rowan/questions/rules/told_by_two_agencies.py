"""Two agencies, each with one thing that asks nobody alone, within six weeks of each other and about one child.

Most serious case reviews tell of agencies that each held a piece and never laid the pieces side by side (Working Together to Safeguard Children).
A suspension, two notes of a school, a child away from a placement or newly placed far from home: each is ordinary, and mostly has an ordinary
reason. What is told must be two different things, told by two agencies; missing and absent together is a rule of its own.
"""

from datetime import date

from rowan.agencies.rules.posts import PostKind
from rowan.timescales.rules.settings import Setting

from .declaration import Figures, Rule, Values, count_in, day_in_words, listed, plain, some, whole

OWNER = "The hub's exploitation co-ordinator"
OWN_CHOICE = "The hub's own choice"

WITHIN_DAYS = Setting(
    name="questions.told_by_two_agencies.within_days",
    unit="days",
    default=42,
    least=7,
    most=120,
    source=f"{OWN_CHOICE}: six weeks, about half a term.",
    owner=OWNER,
    explanation="What the two agencies told lies within this many days of each other.",
)
NOTES = Setting(
    name="questions.told_by_two_agencies.notes",
    unit="notes",
    default=2,
    least=1,
    most=10,
    source=f"{OWN_CHOICE}: one note is a day; a second says that somebody saw it again.",
    owner=OWNER,
    explanation="So many notes about one pupil in a school's log, within the same number of days, are one of the things told.",
)
FAR_KM = Setting(
    name="questions.told_by_two_agencies.placed_far_km",
    unit="km",
    default=32,
    least=5,
    most=300,
    source="Twenty miles, as the Department for Education counts children placed far from home (children looked after in England).",
    owner=OWNER,
    explanation="A placement that begins this far from the family home, as the crow flies, is one of the things told.",
)
DUE = Setting(
    name="questions.told_by_two_agencies.due_working_days",
    unit="working days",
    default=3,
    least=0,
    most=20,
    source=f"{OWN_CHOICE}: time to ring both agencies.",
    owner=OWNER,
    explanation="How soon the question wants an answer.",
)
FEED_WITHIN_DAYS = Setting(
    name="questions.told_by_two_agencies.feed_reaches_within_days",
    unit="days",
    default=35,
    least=1,
    most=400,
    source=f"{OWN_CHOICE}: a monthly file and a few days' grace.",
    owner=OWNER,
    explanation="The rule asks only when one of the two agencies' files reaches to within this many days.",
)

# The things told.
MISSING, AWAY, ARRESTED, PLACED_FAR, SUSPENDED, NOTED = (
    "missing", "away", "arrested", "placed_far", "suspended", "noted",
)  # fmt: skip
TOLD = (MISSING, AWAY, ARRESTED, PLACED_FAR, SUSPENDED, NOTED)
# One absence may be a missing report to the police and an absence from the placement to the council: the same thing told twice.
SAME_THING = (AWAY, MISSING)


def explain(figures: Figures, values: Values) -> str:
    said = [
        _said(figures, MISSING, "missing report"),
        _said(figures, AWAY, "absence from the placement without leave", "absences from the placement without leave"),
        _said(figures, ARRESTED, "arrest"),
        _said(figures, PLACED_FAR, f"new placement {plain(values.get(FAR_KM.name, FAR_KM.default))} km or more from home", "new placements far from home"),
        _said(figures, SUSPENDED, "suspension"),
        _said(figures, NOTED, "note of the school's staff", "notes of the school's staff"),
    ]  # fmt: skip
    return (
        f"Between {day_in_words(figures.get('first_on'))} and {day_in_words(figures.get('last_on'))} two agencies told of {listed(said)}. "
        f"Each lies within {whole(values, WITHIN_DAYS)} days of one that another agency told."
    )


def _said(figures: Figures, name: str, one: str, many: str = "") -> str:
    count = count_in(figures, name)
    return some(count, one, many) if count else ""


RULE = Rule(
    name="told_by_two_agencies",
    version=1,
    title="Two agencies have each told something",
    sentence=(
        "Within {within_days} days two agencies each told of something else about one child, of these: a missing report; an absence from the placement without leave; an arrest; "
        "a new placement {placed_far_km} km or more from home; a suspension; {notes} notes of a school's staff."
    ),
    question="Laid side by side, do these two things belong together, and does either agency know of the other's?",
    why=(
        "Each of these alone is common and mostly has an ordinary reason, and the agency that sees it cannot see the other. Children who were harmed were often known to several "
        "agencies, each of which held one piece."
    ),
    source=(
        "Working together to safeguard children (statutory guidance), on sharing early and on bringing information together; "
        "Keeping children safe in education, on concerns that build up."
    ),
    owner=OWNER,
    review_on=date(2027, 6, 30),
    equality_note=(
        "No one of these asks alone. Suspensions and arrests fall on boys and on Black children most, and children in care are reported missing or away more readily than others; read the number by "
        "group with that in mind. Notes on bullying, bereavement, family breakdown and health are not counted. Religious observance and travelling are none of these. "
        "Only children whom the hub already works with are held against another agency's rows."
    ),
    asks=PostKind.EXPLOITATION_COORDINATOR,
    deputy=PostKind.TRIAGE,
    due_working_days=DUE,
    feed_reaches_within_days=FEED_WITHIN_DAYS,
    settings=(WITHIN_DAYS, NOTES, FAR_KM),
    explain=explain,
    could_be=(
        "two ordinary things that happen to fall in the same weeks",
        "one hard time at home, seen from two sides: a bereavement, a separation, a move",
        "a new placement or school where much is written down at first",
    ),
    does_not_see=(
        "children whom neither the council nor the hub works with",
        "what a note says: notes are counted, their words are for people to read",
        "missing and absent from school together, which is a rule of its own",
    ),
    joins_agencies=True,
)
