"""The same days missed: one weekday, or afternoons, against the pupil's other days and against the same year group on the same days.

Days and half days missed are counted as the rule on risen absence counts them: religious observance and travelling (R, T) are left out
altogether; medical appointments (M), part-time timetables (C2), study leave (S) and long illness never ask.

The test is the exact conditional test of two counts (Przyborowski and Wilenski, "Homogeneity of results in testing samples from Poisson
series", Biometrika 1940), made for small numbers: of all days missed, how many fell on this weekday, where the year group's own days say how
many ordinarily would? Six patterns are looked at, five weekdays and the afternoons, so each is allowed a sixth of the agreed chance
(Bonferroni; Dunn, "Multiple comparisons among means", Journal of the American Statistical Association 1961). The test takes a day for something
that could be missed more than once, and a spell of illness for days that come alone. Both make it ask less often than agreed, never more often.
"""

from datetime import date

from rowan.agencies.rules.posts import PostKind
from rowan.timescales.rules.settings import Setting

from .absence_risen import OWN_CHOICE, explanations
from .declaration import Figures, Rule, Values, count_in, day_in_words, number, plain, some, whole
from .rise import critical_table

OWNER = "The council's education welfare lead"

WEEKS = Setting(
    name="questions.same_days_missed.weeks",
    unit="school weeks",
    default=12,
    least=6,
    most=26,
    source=f"{OWN_CHOICE}: about a term, in which a weekday comes twelve times.",
    owner=OWNER,
    explanation="The newest school weeks, in which a pattern is looked for.",
)
LEAST_TIMES = Setting(
    name="questions.same_days_missed.least_times",
    unit="times",
    default=4,
    least=3,
    most=20,
    source=f"{OWN_CHOICE}: three of a kind can be a run of appointments.",
    owner=OWNER,
    explanation="The weekday or the afternoon was missed at least this many times, however unlikely fewer would be.",
)
CHANCE = Setting(
    name="questions.same_days_missed.chance",
    unit="(a chance)",
    default=0.001,
    least=0.00001,
    most=0.05,
    source=(
        f"{OWN_CHOICE}: the same as for risen absence, shared out among the six patterns looked at. 20,000 simulated pupils who miss 6% of days "
        "at random, and whose ways never change, were asked about 0.02 times in a thousand pupil-months; at 12% of days 0.04 times."
    ),
    owner=OWNER,
    explanation="A pattern at least this marked, among all that are looked at, would come by chance alone in at most this share of windows.",
)
FALSE_PERCENT = Setting(
    name="questions.same_days_missed.false_percent",
    unit="percent",
    default=10,
    least=0.1,
    most=100,
    source=f"{OWN_CHOICE}: the same as for risen absence (Benjamini and Hochberg 1995).",
    owner=OWNER,
    explanation="Of the patterns asked about in one week, at most this share would be chance alone. At 100 each pupil is judged as if nobody else were looked at.",
)
LONG_ILLNESS = Setting(
    name="questions.same_days_missed.long_illness_sessions",
    unit="sessions",
    default=6,
    least=2,
    most=10,
    source=f"{OWN_CHOICE}: three days of illness in one week, as for risen absence.",
    owner=OWNER,
    explanation="A week with this many sessions of illness or more is long illness, and its illness is left out.",
)
DUE = Setting(
    name="questions.same_days_missed.due_working_days",
    unit="working days",
    default=5,
    least=0,
    most=20,
    source=f"{OWN_CHOICE}: a school week, and so before the same day comes twice.",
    owner=OWNER,
    explanation="How soon the question wants an answer.",
)
FEED_WITHIN_DAYS = Setting(
    name="questions.same_days_missed.feed_reaches_within_days",
    unit="days",
    default=28,
    least=1,
    most=400,
    source=f"{OWN_CHOICE}: the marks reach the newest school month; holidays of two weeks do not silence the rule.",
    owner=OWNER,
    explanation="The rule asks only when the school's marks reach to within this many days.",
)

AFTERNOONS = "afternoons"
# What is looked at, as the figures name it, in the order in which it is shown when two are found.
WEEKDAYS = {"mon": "Mondays", "tue": "Tuesdays", "wed": "Wednesdays", "thu": "Thursdays", "fri": "Fridays"}
PATTERNS = (*WEEKDAYS, AFTERNOONS)


def explain(figures: Figures, values: Values) -> str:
    pattern = str(figures.get("pattern"))
    times, of = count_in(figures, "times"), count_in(figures, "of")
    others, others_of = count_in(figures, "others"), count_in(figures, "others_of")
    weeks = (
        f"the {some(count_in(figures, 'weeks'), 'school week')} to {day_in_words(figures.get('weeks_to'))}"
    )
    if pattern == AFTERNOONS:
        named = AFTERNOONS
        missed = f"Missed {times} of {some(of, 'afternoon')} in {weeks}, and {others} of {some(others_of, 'morning')}."
    else:
        named = WEEKDAYS.get(pattern, "of these days")
        missed = f"Missed some or all of {times} of {of} {named} in {weeks}, and of {others} of {some(others_of, 'other day')}."
    return (
        f"{missed} Going by that, and by how the same year group of the school did on the same days, "
        f"{_ordinary(figures)} {named} would have been ordinary.{explanations(figures, values)}"
    )


def _ordinary(figures: Figures) -> str:
    expected = figures.get("expected")
    return (
        f"about {plain(round(expected))}"
        if isinstance(expected, int | float) and expected >= 1
        else "hardly any"
    )


def critical_day_rows(values: Values) -> list[dict[str, int | float]]:
    """The test's table with the numbers in force, as rows for `tables` to join."""
    # A week has five days, and ten half days.
    most = 10 * whole(values, WEEKS)
    return critical_table(chance=number(values, CHANCE), clump=1, most=most, looks=len(PATTERNS))


RULE = Rule(
    name="same_days_missed",
    version=2,
    title="The same days missed",
    sentence=(
        "In the last {weeks} school weeks a pupil missed one weekday, or afternoons, at least {least_times} times, and clearly more often than their own other days or mornings, "
        "and the same year group of the same school on the same days, would lead one to expect. Of all the patterns asked about in one week, at most {false_percent}% would be chance alone."
    ),
    question="What happens on these days, and who has asked this pupil?",
    why=(
        "A weekday or an afternoon missed again and again can mean that somebody outside school expects the child then. Most such patterns have ordinary causes; "
        "somebody who knows the child should ask."
    ),
    source=(
        "Working together to improve school attendance (Department for Education); "
        "exact conditional test for two counts (Przyborowski and Wilenski 1940), corrected for six looks (Bonferroni) and for many pupils (Benjamini and Hochberg 1995)."
    ),
    owner=OWNER,
    review_on=date(2027, 6, 30),
    equality_note=(
        "Religious observance and travelling count neither as absence nor as presence, so that a weekly day of worship asks nothing. Medical appointments, part-time timetables "
        "and long illness, which fall on disabled children most, never ask. Each pupil is compared with themselves and with their own year group on the same days."
    ),
    asks=PostKind.SCHOOL_LEAD,
    deputy=None,
    due_working_days=DUE,
    feed_reaches_within_days=FEED_WITHIN_DAYS,
    settings=(WEEKS, LEAST_TIMES, CHANCE, FALSE_PERCENT, LONG_ILLNESS),
    explain=explain,
    could_be=(
        "treatment or counselling that the register does not show as such",
        "weekends with a parent who lives elsewhere",
        "a lesson or a person at school that the pupil is afraid of",
        "caring for somebody at home on the days when nobody else can",
    ),
    does_not_see=(
        "pupils with fewer than {weeks} school weeks at this school",
        "lessons missed after the register was taken",
        "mornings missed on no particular weekday",
        "days of weeks in which no other pupil of the year group is known to have been expected",
    ),
    on_sums=True,
    asks_the_school=True,
)
