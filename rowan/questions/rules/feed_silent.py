"""A school's registers have fallen silent: other schools were open, and nothing of theirs came. Asks about a feed, never about a child.

A feed that stops looks like children who are all well: every rule on attendance falls silent with it (design, promise 8). A day counts as a
school day when most of the other schools that send were open, so that holidays, which nearly all share, count for nobody.
"""

from datetime import date

from rowan.agencies.rules.posts import PostKind
from rowan.timescales.rules.settings import Setting

from .declaration import Figures, Rule, Values, count_in, day_in_words, some

OWNER = "The council's education welfare lead"
OWN_CHOICE = "The hub's own choice"

SCHOOL_DAYS = Setting(
    name="questions.feed_silent.school_days",
    unit="school days",
    default=5,
    least=2,
    most=60,
    source=f"{OWN_CHOICE}: a school week. A system changed over a weekend is mended in less.",
    owner=OWNER,
    explanation="Asks when a school has sent nothing of at least this many school days.",
)
OPEN_PERCENT = Setting(
    name="questions.feed_silent.open_percent",
    unit="percent",
    default=50,
    least=20,
    most=100,
    source=f"{OWN_CHOICE}: term dates differ between schools by days, holidays hardly at all.",
    owner=OWNER,
    explanation="A day is a school day when at least this share of the other schools that send was open on it.",
)
LEAST_SCHOOLS = Setting(
    name="questions.feed_silent.least_schools",
    unit="schools",
    default=3,
    least=1,
    most=50,
    source=f"{OWN_CHOICE}: of fewer, one school's own holiday would decide for another.",
    owner=OWNER,
    explanation="A day is a school day only when at least this many other schools were open on it.",
)
DUE = Setting(
    name="questions.feed_silent.due_working_days",
    unit="working days",
    default=2,
    least=0,
    most=20,
    source=f"{OWN_CHOICE}: every day that it lasts, the rules on attendance see nothing of this school.",
    owner=OWNER,
    explanation="How soon the question wants an answer.",
)
OTHERS_WITHIN_DAYS = Setting(
    name="questions.feed_silent.others_reach_within_days",
    unit="days",
    default=60,
    least=7,
    most=400,
    source=f"{OWN_CHOICE}: longer than the summer holiday.",
    owner=OWNER,
    explanation="A school is compared only with schools whose marks reach to within this many days; with none, nobody is asked.",
)
# Nobody puts a feed off for longer than a term.
EXPECTED_WITHIN_DAYS = 90


def explain(figures: Figures, values: Values) -> str:
    """`school` is its name, which the night does not know."""
    school = figures.get("school") or "This school"
    others = count_in(figures, "others")
    return (
        f"{school} has sent no attendance marks for {some(count_in(figures, 'school_days'), 'school day')}. The newest are of "
        f"{day_in_words(figures.get('reaches_to'))}; {some(others, 'other school')} {'has' if others == 1 else 'have'} sent marks of days since."
    )


RULE = Rule(
    name="feed_silent",
    version=1,
    title="A school's registers have fallen silent",
    sentence=(
        "A school that agreed to send its registers has sent nothing of the last {school_days} school days or more. A school day is one on which at least "
        "{open_percent}% of the other schools that send, and at least {least_schools} of them, were open."
    ),
    question="Why has nothing come from this school, and when will it?",
    why=(
        "When a school's registers stop, every rule on attendance falls silent about its pupils, and silence is easily read as all being well. "
        "Most silences are a changed system or somebody on leave."
    ),
    source="Design promise 8: silence is not reassurance; School Attendance (Pupil Registration) (England) Regulations 2024, on registers shared with the council.",
    owner=OWNER,
    review_on=date(2027, 6, 30),
    equality_note=(
        "It asks about a school's files and about no child. It reads on which days a school was open and nothing of any pupil, so no group of children is asked about more. "
        "A school of another faith or another county may keep other holidays: most of the other schools must have been open before a day counts."
    ),
    asks=PostKind.SCHOOL_LEAD,
    deputy=None,
    due_working_days=DUE,
    feed_reaches_within_days=OTHERS_WITHIN_DAYS,
    settings=(SCHOOL_DAYS, OPEN_PERCENT, LEAST_SCHOOLS),
    explain=explain,
    could_be=(
        "a register system that was changed or is being mended",
        "whoever sends the files being away",
        "a school closed by water, fire or snow, or keeping other holidays",
    ),
    does_not_see=(
        "a school whose files come and are half empty",
        "schools with fewer than {least_schools} others to compare with, and every other feed: those are held against their own past, by a rule of their own",
        "a county in which all schools fell silent at once",
    ),
    asks_the_school=True,
    about_a_feed=True,
)
