"""Missing and absent together: one agency's missing report and the school's own marks, within six weeks of each other.

Neither need have asked alone. A single missing episode is common, and so is a short spell of absence; a child of whom both are told is
known whole to nobody, for the police and the council hold the one and the school the other. So the two must come from two agencies, and
must be two things: what was missed while the child was reported missing is the same thing told twice, and is left out.
"""

from datetime import date

from rowan.agencies.rules.posts import PostKind
from rowan.chronology.rules.attendance_codes import LEFT_OUT_OF_RULES
from rowan.records.rules.attendance_codes import CODES, Counts
from rowan.timescales.rules.settings import Setting

from . import absence_risen
from .declaration import Figures, Rule, Values, count_in, day_in_words, number, plain, some, whole

OWNER = "The hub's exploitation co-ordinator"
OWN_CHOICE = "The hub's own choice"

WITHIN_DAYS = Setting(
    name="questions.missing_and_absent.within_days",
    unit="days",
    default=42,
    least=7,
    most=120,
    source=f"{OWN_CHOICE}: six weeks, about half a term.",
    owner=OWNER,
    explanation="The missing report and the absence lie within this many days of each other.",
)
RUN_SESSIONS = Setting(
    name="questions.missing_and_absent.run_sessions",
    unit="sessions",
    default=6,
    least=4,
    most=20,
    source=(
        f"{OWN_CHOICE}: three school days. Compare ten school days in a row without permission, of which a school must tell the council "
        "(School Attendance (Pupil Registration) (England) Regulations 2024)."
    ),
    owner=OWNER,
    explanation="So many sessions missed one after the other without a known or accepted reason are a run.",
)
CHANCE = Setting(
    name="questions.missing_and_absent.chance",
    unit="(a chance)",
    default=0.05,
    least=0.0001,
    most=0.1,
    source=f"{OWN_CHOICE}: one window in twenty. A rise never asks alone here, and a missing report beside it is rare.",
    owner=OWNER,
    explanation="A rise at least this great would come by chance alone in at most this share of windows.",
)
DUE = Setting(
    name="questions.missing_and_absent.due_working_days",
    unit="working days",
    default=2,
    least=0,
    most=10,
    source=f"{OWN_CHOICE}: as for a child missing again.",
    owner=OWNER,
    explanation="How soon the question wants an answer.",
)
FEED_WITHIN_DAYS = Setting(
    name="questions.missing_and_absent.feed_reaches_within_days",
    unit="days",
    default=35,
    least=1,
    most=400,
    source=f"{OWN_CHOICE}: a monthly file and a few days' grace.",
    owner=OWNER,
    explanation="The rule asks only when one of the two agencies' files reaches to within this many days.",
)

# No reason, or one not accepted; and a reason not known yet. A child who came late was seen, and an unagreed holiday has a reason.
UNEXPLAINED = ("N", "O")
# What ends a run: the child was there, or somebody knows why not. Any other mark neither ends a run nor belongs to it: no session was
# possible, or it is protected (R and T).
ENDS_A_RUN = tuple(
    code.code
    for code in CODES
    if code.counts is not Counts.NOT_POSSIBLE and code.code not in {*UNEXPLAINED, *LEFT_OUT_OF_RULES}
)


def explain(figures: Figures, values: Values) -> str:
    return (
        f"Reported missing {some(count_in(figures, 'episodes'), 'time')}, last on {day_in_words(figures.get('missing_on'))}."
        f"{_run(figures)}{_rise(figures)} "
        f"The two lie within {whole(values, WITHIN_DAYS)} days of each other and come from two agencies; "
        "what was missed while the child was reported missing is not counted."
    )


def _run(figures: Figures) -> str:
    unexplained = count_in(figures, "unexplained")
    if not unexplained:
        return ""
    return f" The school's register shows {some(unexplained, 'session')} missed in a row without a known reason, from {day_in_words(figures.get('run_from'))}."


def _rise(figures: Figures) -> str:
    if not figures.get("weeks_to"):
        return ""
    return (
        f" In the {some(count_in(figures, 'weeks'), 'school week')} to {day_in_words(figures.get('weeks_to'))} the child missed "
        f"{count_in(figures, 'absent')} of {count_in(figures, 'possible')} sessions, where {_about(figures.get('expected'))} would have been ordinary."
    )


def _about(expected: object) -> str:
    return (
        f"about {plain(round(expected))}"
        if isinstance(expected, int | float) and expected >= 1
        else "fewer than one"
    )


def critical_rows(values: Values) -> list[dict[str, int | float]]:
    """The table of *Absence has risen*, at this rule's own chance."""
    return absence_risen.critical_rows(values, chance=number(values, CHANCE))


RULE = Rule(
    name="missing_and_absent",
    version=2,
    title="Missing, and absent from school",
    sentence=(
        "Within {within_days} days of each other, the police or the council report that a child was missing, and the school's marks show "
        "{run_sessions} sessions missed in a row without a known reason, or that absence has risen."
    ),
    question="Where is this child when they are neither at home nor at school, and who is with them?",
    why=(
        "A single missing episode or a few days' absence can look ordinary to the agency that sees it. Together they may say that somebody or something is drawing a child away, "
        "and no agency sees both."
    ),
    source="Statutory guidance on children who run away or go missing from home or care (2014); Working together to improve school attendance (Department for Education).",
    owner=OWNER,
    review_on=date(2027, 6, 30),
    equality_note=(
        "Religious observance and travelling neither make a run nor end one, and count in no rise. Illness, medical appointments, study leave and part-time timetables make no run. "
        "The marks read are those of children whom the hub already works with, so children unknown to it are not asked about by this rule. "
        "Children in care are reported missing more readily than others; read the number with that in mind."
    ),
    asks=PostKind.MISSING_COORDINATOR,
    deputy=PostKind.EXPLOITATION_COORDINATOR,
    due_working_days=DUE,
    feed_reaches_within_days=FEED_WITHIN_DAYS,
    settings=(WITHIN_DAYS, RUN_SESSIONS, CHANCE),
    borrowed=(
        absence_risen.WEEKS,
        absence_risen.PAST_WEEKS,
        absence_risen.LEAST_PAST_WEEKS,
        absence_risen.LEAST_PERCENT,
        absence_risen.CLUMP,
        absence_risen.LONG_ILLNESS,
    ),
    explain=explain,
    could_be=(
        "staying with family or friends whom the school and the carer did not know of",
        "a move, a new placement or a change of school that one agency has not heard of yet",
        "unhappiness at home or at school, bereavement or bullying",
        "a register that the school has still to correct",
    ),
    does_not_see=(
        "children whom neither the council nor the hub works with: their marks may not be held against another agency's rows",
        "sessions missed while the child was reported missing, and rises in a school week in which the child was",
        "what was said in a return home interview",
    ),
    joins_agencies=True,
)
