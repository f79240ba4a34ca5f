"""Found far from home, or in another authority's area, after being missing or away."""

from datetime import date

from rowan.agencies.rules.posts import PostKind
from rowan.timescales.rules.settings import Setting

from .declaration import Figures, Rule, Values, day_in_words, listed, plain

OWNER = "The hub's exploitation co-ordinator"

FAR_KM = Setting(
    name="questions.far_from_home.far_km",
    unit="km",
    default=20,
    least=1,
    most=300,
    source="The hub's own choice: the distance that makes a sign of harm when no means of travel is known.",
    owner=OWNER,
    explanation="At or beyond this distance, as the crow flies, a place is far. It must be this far from the family home and from the placement.",
)
DUE = Setting(
    name="questions.far_from_home.due_working_days",
    unit="working days",
    default=1,
    least=0,
    most=10,
    source="The hub's own choice: the child may be taken there again.",
    owner=OWNER,
    explanation="How soon the question wants an answer.",
)
FEED_WITHIN_DAYS = Setting(
    name="questions.far_from_home.feed_reaches_within_days",
    unit="days",
    default=35,
    least=1,
    most=400,
    source="The hub's own choice: a monthly file and a few days' grace.",
    owner=OWNER,
    explanation="The rule asks only when the agency's file reaches to within this many days.",
)

# Why a distance could not be measured, as the rule's own page says it.
NO_FOUND_POSTCODE = "The report gives no postcode for where the child was found."
FOUND_NOT_ON_MAP = "The postcode where the child was found is not on the map."
NO_HOME = "No family home with a postcode on the map is known for that day."
WITHHELD = "The address is withheld: no distance was worked out."
NO_PLACEMENT = "The child was in a placement whose postcode is not on the map."


def explain(figures: Figures, values: Values) -> str:
    distances = [f"{plain(figures.get('km_home'))} km from the family home"]
    if figures.get("km_placement") is not None:
        distances.append(f"{plain(figures['km_placement'])} km from the placement")
    area = (
        " The place lies in another authority's area than home or placement."
        if figures.get("other_authority")
        else ""
    )
    travel = "" if figures.get("travel_known") else " Nobody has said how the child travelled."
    return f"Found on {day_in_words(figures.get('found_on'))}, {listed(distances)}.{area}{travel}"


RULE = Rule(
    name="far_from_home",
    version=1,
    title="Found far from home",
    sentence=(
        "A child who was missing or away is found {far_km} km or more from the family home and from the placement, "
        "or in the area of another authority than both."
    ),
    question="How did this child come to be there, who took them or paid, and who was with them?",
    why="Children are moved to be harmed or to carry for others. A child far from home without family is away from everybody who protects them.",
    source="Home Office guidance on county lines; the children's commissioner and the independent inquiry on children taken across areas.",
    owner=OWNER,
    review_on=date(2027, 6, 30),
    equality_note=(
        "The rule knows where this child lives and was found, and nothing of the neighbourhood. Families spread across the country, "
        "travelling families among them, may be far from home for ordinary reasons: the question says so. Children placed far away are measured from both places, "
        "so that going home is not held against them."
    ),
    asks=PostKind.MISSING_COORDINATOR,
    deputy=PostKind.EXPLOITATION_COORDINATOR,
    due_working_days=DUE,
    feed_reaches_within_days=FEED_WITHIN_DAYS,
    settings=(FAR_KM,),
    explain=explain,
    could_be=(
        "visiting a parent, brother, sister or old friends",
        "an outing, a match or a concert that was not agreed",
        "a wrong or old address in one agency's file",
    ),
    does_not_see=(
        "places without a postcode on the map: then the rule does not ask",
        "journeys on which nobody reported the child missing",
        "distance by road or rail",
    ),
)
