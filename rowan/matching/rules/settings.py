"""How long the second person has, where a link takes two."""

from rowan.timescales.rules.settings import Setting

SECOND_ANSWER_DAYS = Setting(
    name="matching.second_answer_days",
    unit="working days",
    default=2,
    least=1,
    most=10,
    source="The hub's own choice: two records of one child lie apart until then, so it is short.",
    owner="The hub's exploitation co-ordinator",
    explanation="Within so many working days a second person says whether two people with work on them are one; and so long there is to look again where two disagreed.",
)
FULL_EVERY_DAYS = Setting(
    name="matching.full_every_days",
    unit="days",
    default=7,
    least=1,
    most=31,
    source="The hub's own choice. What waits for the full run is measured in docs/matching.md.",
    owner="The hub's exploitation co-ordinator",
    explanation="After so many days a night compares everybody with everybody again; between, only records that are new or changed. With 1, every night.",
)
SETTINGS = [FULL_EVERY_DAYS, SECOND_ANSWER_DAYS]
