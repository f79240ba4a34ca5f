"""Absence has risen, against the child's own past and against the same school and year group in the same weeks.

Counted are sessions (half days) missed for any reason but these: religious observance and travelling (R, T) are left out altogether;
medical appointments (M), part-time timetables (C2), study leave (S) and long illness never ask. Codes: School Attendance (Pupil
Registration) (England) Regulations 2024; *Working together to improve school attendance*.
"""

from datetime import date

from rowan.agencies.rules.posts import PostKind
from rowan.chronology.rules.attendance_codes import LEFT_OUT_OF_RULES, MEDICAL, PART_TIME, STUDY_LEAVE
from rowan.records.rules.attendance_codes import CODES, Counts
from rowan.timescales.rules.settings import Setting

from .declaration import Figures, Rule, Values, count_in, day_in_words, listed, number, plain, some, whole
from .rise_given_past import critical_table_given_past

OWNER = "The council's education welfare lead"
OWN_CHOICE = "The hub's own choice"

WEEKS = Setting(
    name="questions.absence_risen.weeks",
    unit="school weeks",
    default=4,
    least=4,
    most=6,
    source=f"{OWN_CHOICE}: short enough to ask in the same half term.",
    owner=OWNER,
    explanation="The newest school weeks, taken together.",
)
PAST_WEEKS = Setting(
    name="questions.absence_risen.past_weeks",
    unit="school weeks",
    default=26,
    least=8,
    most=60,
    source=f"{OWN_CHOICE}: two thirds of a school year.",
    owner=OWNER,
    explanation="The child's own earlier school weeks that the newest are held against, at most.",
)
LEAST_PAST_WEEKS = Setting(
    name="questions.absence_risen.least_past_weeks",
    unit="school weeks",
    default=8,
    least=4,
    most=26,
    source=f"{OWN_CHOICE}: with fewer, a child's own past says too little.",
    owner=OWNER,
    explanation="With fewer earlier weeks at this school the rule does not ask.",
)
LEAST_PERCENT = Setting(
    name="questions.absence_risen.least_percent",
    unit="percent",
    default=10,
    least=1,
    most=100,
    source="The Department for Education's measure of persistent absence: a tenth of the child's own possible sessions.",
    owner=OWNER,
    explanation="Below this share of sessions missed in the newest weeks the rule does not ask.",
)
CHANCE = Setting(
    name="questions.absence_risen.chance",
    unit="(a chance)",
    default=0.001,
    least=0.00001,
    most=0.05,
    source=f"{OWN_CHOICE}: one window in a thousand, for a pupil judged as if nobody else were looked at.",
    owner=OWNER,
    explanation="A rise at least this great would come by chance alone in at most this share of windows.",
)
FALSE_PERCENT = Setting(
    name="questions.absence_risen.false_percent",
    unit="percent",
    default=10,
    least=0.1,
    most=100,
    source=f"{OWN_CHOICE}: a tenth, as is usual (Benjamini and Hochberg 1995), held in simulated nights (docs/measured.md).",
    owner=OWNER,
    explanation="Of the rises asked about in one week, at most this share would be chance alone. At 100 each pupil is judged as if nobody else were looked at.",
)
CLUMP = Setting(
    name="questions.absence_risen.clump",
    unit="sessions",
    default=4,
    least=1,
    most=10,
    source=f"{OWN_CHOICE}: one cold is about two days, so sessions missed do not come one by one.",
    owner=OWNER,
    explanation="How many sessions an ordinary absence takes; the test allows for sessions that come in clumps of this size.",
)
LONG_ILLNESS = Setting(
    name="questions.absence_risen.long_illness_sessions",
    unit="sessions",
    default=6,
    least=2,
    most=10,
    source=f"{OWN_CHOICE}: three days of illness in one week.",
    owner=OWNER,
    explanation="A week with this many sessions of illness or more is long illness, and its illness is left out.",
)
DUE = Setting(
    name="questions.absence_risen.due_working_days",
    unit="working days",
    default=5,
    least=0,
    most=20,
    source=f"{OWN_CHOICE}: a school week.",
    owner=OWNER,
    explanation="How soon the question wants an answer.",
)
FEED_WITHIN_DAYS = Setting(
    name="questions.absence_risen.feed_reaches_within_days",
    unit="days",
    default=28,
    least=1,
    most=400,
    source=f"{OWN_CHOICE}: the marks reach the newest school month; holidays of two weeks do not silence the rule.",
    owner=OWNER,
    explanation="The rule asks only when the school's marks reach to within this many days.",
)

# Marks that count towards a rise, in the words of the page.
COUNTED_MARKS = {
    code.code: code.meaning
    for code in CODES
    # Codes that stopped in August 2024 are history: no window in force reaches them.
    if code.until_on is None
    and code.counts in {Counts.AUTHORISED, Counts.UNAUTHORISED}
    and code.code not in {*LEFT_OUT_OF_RULES, *MEDICAL, *PART_TIME, *STUDY_LEAVE}
}

# A year group too small to say: as if two more pupils had been there for a week, one session in twenty missed.
GROUP_SESSIONS_ADDED = 20
GROUP_ABSENCES_ADDED = 1
SESSIONS_A_WEEK = 10
# A window may span a holiday of this many weeks, not a summer.
HOLIDAY_WEEKS = 3
# Joined within this many days: shown as an explanation.
NEW_AT_SCHOOL_DAYS = 182


def explain(figures: Figures, values: Values) -> str:
    absent, possible = count_in(figures, "absent"), count_in(figures, "possible")
    return (
        f"Missed {absent} of {possible} sessions in the {some(count_in(figures, 'weeks'), 'school week')} to "
        f"{day_in_words(figures.get('weeks_to'))}. In the {some(count_in(figures, 'past_weeks'), 'school week')} before, the child missed "
        f"{count_in(figures, 'past_absent')} of {count_in(figures, 'past_possible')}. Going by that, and by how the same year group of the school did in "
        f"the same weeks, {_ordinary(figures)} would have been ordinary.{explanations(figures, values)}"
    )


def _ordinary(figures: Figures) -> str:
    expected = figures.get("expected")
    return (
        f"about {plain(round(expected))}"
        if isinstance(expected, int | float) and expected >= 1
        else "fewer than one"
    )


def explanations(figures: Figures, values: Values) -> str:
    """What the registers themselves say that may explain it."""
    seen = listed(
        [
            _of(figures, "ill", "for illness"),
            _of(figures, "medical", "for medical appointments"),
            _of(figures, "part_time", "under a part-time timetable"),
            _of(figures, "study_leave", "on study leave"),
            _of(figures, "excluded", "while suspended or excluded"),
            _of(figures, "custody", "in detention"),
        ]
    )
    joined = (
        f" The child joined this school on {day_in_words(figures['joined_on'])}."
        if figures.get("joined_on")
        else ""
    )
    return (f" The registers of those weeks also show {seen}." if seen else "") + joined


def _of(figures: Figures, name: str, words: str) -> str:
    count = count_in(figures, name)
    return f"{some(count, 'session')} {words}" if count else ""


def critical_rows(values: Values, *, chance: float | None = None) -> list[dict[str, int | float]]:
    """The test's table with the numbers in force, as rows for `tables` to join.

    A rule that never asks by a rise alone brings its own chance.
    """
    return critical_table_given_past(
        chance=number(values, CHANCE) if chance is None else chance,
        clump=number(values, CLUMP),
        most_past=SESSIONS_A_WEEK * whole(values, PAST_WEEKS),
        most=SESSIONS_A_WEEK * whole(values, WEEKS),
    )


RULE = Rule(
    name="absence_risen",
    version=3,
    title="Absence has risen",
    sentence=(
        "In the last {weeks} school weeks a pupil missed clearly more sessions than their own earlier weeks, and the same year group of the same school in the same weeks, "
        "would lead one to expect; and at least {least_percent}% of them. Of all the rises asked about in one week, at most {false_percent}% would be chance alone."
    ),
    question="What has changed for this pupil, and who has asked them?",
    why=(
        "Absence is a weak signal: most rises have ordinary causes. A child whose attendance changes may be unwell, unhappy, caring for somebody, or being exploited; "
        "somebody who knows the child should ask."
    ),
    source="Working together to improve school attendance (Department for Education); a pupil's own past beside how pupils differ (empirical Bayes; Efron and Morris 1975), with sessions that come in clumps; false-discovery rate (Benjamini and Hochberg 1995).",
    owner=OWNER,
    review_on=date(2027, 6, 30),
    equality_note=(
        "Religious observance and travelling count neither as absence nor as presence. Medical appointments, part-time timetables and long illness, which fall on disabled children most, never ask. "
        "Each pupil is compared with themselves and with their own year group, so that a school that marks strictly is not asked more."
    ),
    asks=PostKind.SCHOOL_LEAD,
    deputy=None,
    due_working_days=DUE,
    feed_reaches_within_days=FEED_WITHIN_DAYS,
    settings=(WEEKS, PAST_WEEKS, LEAST_PAST_WEEKS, LEAST_PERCENT, CHANCE, FALSE_PERCENT, CLUMP, LONG_ILLNESS),
    explain=explain,
    could_be=(
        "several short illnesses in one month",
        "a new school, a move, a bereavement, bullying or exams",
        "caring for somebody at home, or a family holiday",
    ),
    does_not_see=(
        "pupils with fewer than {least_past_weeks} earlier weeks at this school",
        "lessons missed after the register was taken",
        "marks that the school has still to correct",
    ),
    on_sums=True,
    asks_the_school=True,
)
