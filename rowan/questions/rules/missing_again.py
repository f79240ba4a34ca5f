"""Missing again: a third missing episode in ninety days."""

from datetime import date

from rowan.agencies.rules.posts import PostKind
from rowan.timescales.rules.settings import Setting

from .declaration import Figures, Rule, Values, count_in, day_in_words, some, whole

OWNER = "The hub's exploitation co-ordinator"

EPISODES = Setting(
    name="questions.missing_again.episodes",
    unit="episodes",
    default=3,
    least=2,
    most=10,
    source="The hub's own choice; compare Derbyshire's return interview guidance: three or more episodes lead to a strategy meeting.",
    owner=OWNER,
    explanation="How many missing episodes make the rule ask.",
)
WITHIN_DAYS = Setting(
    name="questions.missing_again.within_days",
    unit="days",
    default=90,
    least=7,
    most=365,
    source="The hub's own choice: long enough that spaced episodes are seen together.",
    owner=OWNER,
    explanation="The episodes begin within this many days of one another.",
)
DUE = Setting(
    name="questions.missing_again.due_working_days",
    unit="working days",
    default=2,
    least=0,
    most=10,
    source="The hub's own choice: inside the 72 hours in which a return home interview is offered.",
    owner=OWNER,
    explanation="How soon the question wants an answer.",
)
FEED_WITHIN_DAYS = Setting(
    name="questions.missing_again.feed_reaches_within_days",
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
    night = f" {some(overnight, 'episode')} lasted overnight." if overnight else ""
    return (
        f"Reported missing {some(episodes, 'time')} between {day_in_words(figures.get('first_on'))} and "
        f"{day_in_words(figures.get('last_on'))}. The rule asks from {some(whole(values, EPISODES), 'episode')} "
        f"within {whole(values, WITHIN_DAYS)} days.{night}"
    )


RULE = Rule(
    name="missing_again",
    version=1,
    title="Missing again",
    sentence="A child has gone missing {episodes} times within {within_days} days.",
    question="What is drawing or pushing this child away, and who is with them when they are missing?",
    why="Children who are being exploited are often missing again and again; each episode alone can look ordinary.",
    source="Statutory guidance on children who run away or go missing from home or care (2014); Kent and Medway procedure on missing children.",
    owner=OWNER,
    review_on=date(2027, 6, 30),
    equality_note=(
        "Boys and girls, and children of every background, are asked about alike: the rule counts episodes and knows nothing else of the child. "
        "Children in care are reported missing more readily than children at home, so they are asked about more often; read the number with that in mind."
    ),
    asks=PostKind.MISSING_COORDINATOR,
    deputy=PostKind.EXPLOITATION_COORDINATOR,
    due_working_days=DUE,
    feed_reaches_within_days=FEED_WITHIN_DAYS,
    settings=(EPISODES, WITHIN_DAYS),
    explain=explain,
    could_be=(
        "staying with family or friends who did not tell the carer",
        "a placement or home that reports every late return",
        "unhappiness at home or in the placement, bereavement or bullying",
    ),
    does_not_see=(
        "episodes that nobody reported",
        "what was said in a return home interview",
        "episodes the council lists as away from placement: their place was known",
    ),
)
