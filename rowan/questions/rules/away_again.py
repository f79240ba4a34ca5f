"""Away from the placement again: a third absence without leave in ninety days, of a looked-after child whose carers know or think they know where."""

from datetime import date

from rowan.agencies.rules.posts import PostKind
from rowan.timescales.rules.settings import Setting

from .declaration import Figures, Rule, Values, count_in, day_in_words, some, whole

OWNER = "The hub's exploitation co-ordinator"

EPISODES = Setting(
    name="questions.away_again.episodes",
    unit="absences",
    default=3,
    least=2,
    most=10,
    source="The hub's own choice: as many as “Missing again” takes.",
    owner=OWNER,
    explanation="How many absences from the placement make the rule ask.",
)
WITHIN_DAYS = Setting(
    name="questions.away_again.within_days",
    unit="days",
    default=90,
    least=7,
    most=365,
    source="The hub's own choice: about a term, as “Missing again” takes.",
    owner=OWNER,
    explanation="The absences begin within this many days of one another.",
)
DUE = Setting(
    name="questions.away_again.due_working_days",
    unit="working days",
    default=5,
    least=0,
    most=20,
    source="The hub's own choice: before the next visit to the placement.",
    owner=OWNER,
    explanation="How soon the question wants an answer.",
)
FEED_WITHIN_DAYS = Setting(
    name="questions.away_again.feed_reaches_within_days",
    unit="days",
    default=35,
    least=1,
    most=400,
    source="The hub's own choice: a monthly file and a few days' grace.",
    owner=OWNER,
    explanation="The rule asks only when the agency's file reaches to within this many days.",
)


def explain(figures: Figures, values: Values) -> str:
    episodes = count_in(figures, "episodes")
    overnight = count_in(figures, "overnight")
    night = f" {some(overnight, 'of them', 'of them')} lasted overnight." if overnight else ""
    return (
        f"Away from the placement without leave {some(episodes, 'time')} between {day_in_words(figures.get('first_on'))} and "
        f"{day_in_words(figures.get('last_on'))}, as the council's return has it. The rule asks from {some(whole(values, EPISODES), 'time')} "
        f"within {whole(values, WITHIN_DAYS)} days.{night}"
    )


RULE = Rule(
    name="away_again",
    version=1,
    title="Away from the placement again",
    sentence="A looked-after child was away from the placement without leave {episodes} times within {within_days} days.",
    question="Where does this child go, who is there, and does the placement still fit?",
    why=(
        "That carers know where a child says they are does not say who is with them. Absences that come again and again may be a child's way of saying that the placement does not fit, "
        "or somebody drawing the child away."
    ),
    source="Statutory guidance on children who run away or go missing from home or care (2014), on children away from placement without authorisation.",
    owner=OWNER,
    review_on=date(2027, 6, 30),
    equality_note=(
        "Only looked-after children can be away from a placement, so only they are asked about: carers report them where a parent would ring a friend's house. "
        "The rule counts absences and knows nothing else of the child."
    ),
    asks=PostKind.MISSING_COORDINATOR,
    deputy=PostKind.EXPLOITATION_COORDINATOR,
    due_working_days=DUE,
    feed_reaches_within_days=FEED_WITHIN_DAYS,
    settings=(EPISODES, WITHIN_DAYS),
    explain=explain,
    could_be=(
        "visits to family or friends that nobody has agreed to yet",
        "a placement that writes down every late return",
        "a placement that the child does not want",
    ),
    does_not_see=(
        "absences that the council's return does not list, or lists months later",
        "where the child was, and with whom",
        "missing episodes, which are a rule of their own",
    ),
)
