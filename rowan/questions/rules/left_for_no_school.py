"""Left school with no school named, together with any fact of another agency near that day.

Leaving alone asks nobody: families move, and home education is lawful and mostly ordinary. A child who leaves every register just as
another agency meets them may have nobody left who sees them every day.
"""

from datetime import date

from rowan.agencies.rules.posts import PostKind
from rowan.timescales.rules.settings import Setting

from .declaration import Figures, Rule, Values, day_in_words, whole
from .facts_elsewhere import ANY_OF_THESE, NOT_AMONG_THEM, others_told

OWNER = "The council's education welfare lead"
OWN_CHOICE = "The hub's own choice"

WITHIN_DAYS = Setting(
    name="questions.left_for_no_school.within_days",
    unit="days",
    default=42,
    least=7,
    most=180,
    source=f"{OWN_CHOICE}: six weeks, about half a term.",
    owner=OWNER,
    explanation="The leaving and the other agency's fact lie within this many days of each other.",
)
DUE = Setting(
    name="questions.left_for_no_school.due_working_days",
    unit="working days",
    default=5,
    least=0,
    most=20,
    source=f"{OWN_CHOICE}: a school week, well inside the twenty school days after which a school may take a child it cannot find off its roll.",
    owner=OWNER,
    explanation="How soon the question wants an answer.",
)
FEED_WITHIN_DAYS = Setting(
    name="questions.left_for_no_school.feed_reaches_within_days",
    unit="days",
    default=35,
    least=1,
    most=400,
    source=f"{OWN_CHOICE}: a monthly file and a few days' grace.",
    owner=OWNER,
    explanation="The rule asks only when one of the two agencies' files reaches to within this many days.",
)


def explain(figures: Figures, values: Values) -> str:
    how = " for home education" if figures.get("home_education") else " with no next school named"
    return (
        f"Left school on {day_in_words(figures.get('left_on'))}{how}; by that file no other school has the child. Within "
        f"{whole(values, WITHIN_DAYS)} days of it another agency told of {others_told(figures)}, last on {day_in_words(figures.get('other_on'))}."
    )


RULE = Rule(
    name="left_for_no_school",
    version=2,
    title="Left school with no school named",
    sentence=(
        "A child leaves a school's roll with no next school named, or for home education, no other school's roll has them, "
        "and within {within_days} days another agency tells of something else about the child, whatever it is: "
        f"{ANY_OF_THESE}."
    ),
    question="Who sees this child now, where do they learn, and has anybody spoken with them since they left?",
    why=(
        "A school is where most children are seen every day. A child who leaves every register while another agency meets them may vanish from the view of everybody "
        "who could notice harm."
    ),
    source="Children missing education (Department for Education, statutory guidance); section 436A of the Education Act 1996.",
    owner=OWNER,
    review_on=date(2027, 6, 30),
    equality_note=(
        "Home education is lawful and asks nothing alone; nor does moving, which some families do often, travelling families among them. "
        "The rule does not know why a family chose it. Only children whom the hub already works with are held against another agency's rows. "
        "Black children are arrested more often than others, and children in care or on a plan have more written about them; read the number with that in mind."
    ),
    asks=PostKind.TRIAGE,
    deputy=PostKind.EXPLOITATION_COORDINATOR,
    due_working_days=DUE,
    feed_reaches_within_days=FEED_WITHIN_DAYS,
    settings=(WITHIN_DAYS,),
    explain=explain,
    could_be=(
        "a move to another county, or to a school that sends Rowan nothing",
        "home education that was planned long before",
        "a leaving form that nobody filled in to the end",
        "one story told twice: the council began to work with the child because they had left, or moved them",
    ),
    does_not_see=(
        "children whom neither the council nor the hub works with",
        "schools that send no roll",
        "whether the council was told, and whether it has visited",
        *NOT_AMONG_THEM,
    ),
    joins_agencies=True,
)
