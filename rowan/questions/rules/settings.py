"""The settings of every rule, and those that hold for all of them."""

from rowan.timescales.rules.settings import Setting

from .register import PUBLISHED, RULES

OWNER = "The hub's exploitation co-ordinator"

PUBLISHED_WITHIN_DAYS = Setting(
    name="questions.published_within_days",
    unit="days",
    default=28,
    least=1,
    most=365,
    source="The hub's own choice: an older occasion is history, for the child's page, not for a question tonight.",
    owner=OWNER,
    explanation="A question is put only about what happened in this many days before the night.",
)
OLD_SIGNS_DUE = Setting(
    name="questions.known_and_acted_on_due_working_days",
    unit="working days",
    default=10,
    least=1,
    most=20,
    source="The hub's own choice: a worker can read through a first file's old signs of harm in two weeks.",
    owner=OWNER,
    explanation="How soon the list of older signs of harm that a first file brought wants its answer.",
)
OPEN_AT_ONCE = Setting(
    name="questions.open_at_once",
    unit="open questions a person",
    default=40,
    least=5,
    most=500,
    source="The hub's own choice, until practice shows how many one person can answer well: two a working day for a month.",
    owner=OWNER,
    explanation=(
        "Nobody is put another question while this many wait for them, by name, by the posts they hold or by one they stand in for; what "
        "waits for several is shared out among them. It goes to the deputies in their order, for the hub then to triage, within a school "
        "to the school's own; where everybody has as many it waits at its post, counted, until there is room. Only a restricted "
        "child's goes to whoever answers for the record, however many they have."
    ),
)
FOR_ALL = (PUBLISHED_WITHIN_DAYS, OLD_SIGNS_DUE, OPEN_AT_ONCE)
SETTINGS = [*FOR_ALL, *[setting for rule in PUBLISHED for setting in rule.all_settings]]
# The numbers of rules about children that say when a rule asks. Of the others a past year shows nothing.
MAY_BE_TRIED = frozenset(setting.name for rule in RULES for setting in rule.settings)
