"""Noted again: a third note of a school's staff about one pupil in ninety days. Notes are counted; their words are for people to read."""

from datetime import date

from rowan.agencies.rules.posts import PostKind
from rowan.timescales.rules.settings import Setting

from .declaration import Figures, Rule, Values, count_in, day_in_words, listed, some, whole

OWNER = "The council's education welfare lead"
OWN_CHOICE = "The hub's own choice"

NOTES = Setting(
    name="questions.noted_again.notes",
    unit="notes",
    default=3,
    least=2,
    most=10,
    source=f"{OWN_CHOICE}: as many as “Missing again” takes.",
    owner=OWNER,
    explanation="How many notes about one pupil make the rule ask.",
)
WITHIN_DAYS = Setting(
    name="questions.noted_again.within_days",
    unit="days",
    default=90,
    least=7,
    most=365,
    source=f"{OWN_CHOICE}: about a term, as “Missing again” takes.",
    owner=OWNER,
    explanation="The notes are of days within this many days of one another.",
)
DUE = Setting(
    name="questions.noted_again.due_working_days",
    unit="working days",
    default=5,
    least=0,
    most=20,
    source=f"{OWN_CHOICE}: a school week.",
    owner=OWNER,
    explanation="How soon the question wants an answer.",
)
FEED_WITHIN_DAYS = Setting(
    name="questions.noted_again.feed_reaches_within_days",
    unit="days",
    default=35,
    least=1,
    most=400,
    source=f"{OWN_CHOICE}: a monthly file and a few days' grace.",
    owner=OWNER,
    explanation="The rule asks only when the school's log reaches to within this many days.",
)

# Context (names-and-wording 4.4: these stand beside a question and never ask alone), and what falls on disabled and ill children most.
NOT_COUNTED = ("bullying", "bereavement", "family breakdown", "health")


def explain(figures: Figures, values: Values) -> str:
    kinds = count_in(figures, "kinds")
    return (
        f"Staff of the school wrote {some(count_in(figures, 'notes'), 'note')} about this pupil between {day_in_words(figures.get('first_on'))} and "
        f"{day_in_words(figures.get('last_on'))}{_kinds(kinds)}. The rule asks from {some(whole(values, NOTES), 'note')} within {whole(values, WITHIN_DAYS)} days."
    )


def _kinds(kinds: int) -> str:
    return f", of {listed([some(kinds, 'kind')])}" if kinds > 1 else ""


RULE = Rule(
    name="noted_again",
    version=1,
    title="Noted again at school",
    sentence="Staff of a school wrote {notes} notes about one pupil within {within_days} days.",
    question="Read together, what do these notes say, and who has asked this pupil how things are?",
    why=(
        "Each note alone can look like a day that went badly. Several people may each have seen a part; whoever reads the notes together may see that something has changed."
    ),
    source="Keeping children safe in education (statutory guidance): concerns are recorded, and the designated safeguarding lead looks at them together.",
    owner=OWNER,
    review_on=date(2027, 6, 30),
    equality_note=(
        "Notes on bullying, bereavement, family breakdown and health are not counted, so that nobody is asked about for having been hurt, or for an illness or disability. "
        "Staff write more about some children than about others, about boys' behaviour above all, and some schools write more than others; read the number by group with that in mind. "
        "What a note says is never read by the rule."
    ),
    asks=PostKind.SCHOOL_LEAD,
    deputy=None,
    due_working_days=DUE,
    feed_reaches_within_days=FEED_WITHIN_DAYS,
    settings=(NOTES, WITHIN_DAYS),
    explain=explain,
    could_be=(
        "one hard week at home or with friends, seen by several people",
        "a pupil who is new, or has a plan under which everything is written down",
        "a quarrel that is over",
    ),
    does_not_see=(
        "what the notes say",
        "what nobody wrote down, and notes kept elsewhere",
        "whether the notes were read together already",
    ),
    on_sums=True,
    asks_the_school=True,
)
