"""A child is arrested or charged: could this child be being exploited?"""

from datetime import date

from rowan.agencies.rules.posts import PostKind
from rowan.timescales.rules.settings import Setting

from .declaration import Figures, Rule, Values, day_in_words

OWNER = "The head of the youth justice service"

DUE = Setting(
    name="questions.child_arrested.due_working_days",
    unit="working days",
    default=2,
    least=0,
    most=10,
    source="The hub's own choice: before a decision on charge or an out-of-court disposal is likely.",
    owner=OWNER,
    explanation="How soon the question wants an answer.",
)
FEED_WITHIN_DAYS = Setting(
    name="questions.child_arrested.feed_reaches_within_days",
    unit="days",
    default=35,
    least=1,
    most=400,
    source="The hub's own choice: a monthly file and a few days' grace.",
    owner=OWNER,
    explanation="The rule asks only when the police file reaches to within this many days.",
)

IN_COMPANY = {
    "alone": " The report says the child was alone.",
    "with other children": " The report says other children were there.",
    "with adults": " The report says adults were there.",
}


def explain(figures: Figures, values: Values) -> str:
    charged = (
        f" A charge followed on {day_in_words(figures['charged_on'])}." if figures.get("charged_on") else ""
    )
    company = IN_COMPANY.get(str(figures.get("company")), "")
    return f"Arrested on {day_in_words(figures.get('arrested_on'))}.{charged}{company} An arrest says nothing about guilt."


RULE = Rule(
    name="child_arrested",
    version=1,
    title="A child is arrested",
    sentence="A child under 18 is arrested or charged.",
    question="Could this child be being exploited? Who gains from what the child is said to have done, and who should protect them now?",
    why=(
        "Children, boys above all, are made to carry, hold or steal for others, and are then seen only as offenders. "
        "A child found with drugs, weapons or somebody else's property may be under somebody's direction."
    ),
    source="Barnardo's, Hidden in plain sight; section 45 of the Modern Slavery Act 2015; Home Office guidance on criminal exploitation of children.",
    owner=OWNER,
    review_on=date(2027, 6, 30),
    equality_note=(
        "Every arrest of a child asks, whatever the offence and whoever the child. Black children are arrested more often than others, so they are asked about more often: "
        "the question is protection, opens no record of suspicion, and its answers are counted by group. Would you write this about a 12-year-old?"
    ),
    asks=PostKind.YOUTH_JUSTICE,
    deputy=PostKind.EXPLOITATION_COORDINATOR,
    due_working_days=DUE,
    feed_reaches_within_days=FEED_WITHIN_DAYS,
    settings=(),
    explain=explain,
    could_be=(
        "a quarrel or a shop theft with nobody behind it",
        "being present when others did something",
        "a mistake of identity",
    ),
    does_not_see=(
        "stops and searches without an arrest",
        "what the child said, and whether an appropriate adult asked",
        "whether a referral to the National Referral Mechanism was considered",
    ),
)
