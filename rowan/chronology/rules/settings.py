"""The numbers by which the chronology tells a night away from an evening, and a sign of harm from an indicator."""

from rowan.timescales.rules.settings import Setting

_OWNER = "the exploitation co-ordinator"

OVERNIGHT_HOUR = Setting(
    name="chronology.missing.overnight_hour",
    unit="o'clock",
    default=3,
    least=0,
    most=6,
    source="Rowan's choice: a child away at three in the morning was away overnight, however the date fell",
    owner=_OWNER,
    explanation="A missing episode counts as overnight when the child was away at this hour.",
)
OVERNIGHT_EPISODES = Setting(
    name="chronology.missing_overnight_repeatedly.episodes",
    unit="episodes",
    default=2,
    least=2,
    most=10,
    source="design hard case 8",
    owner=_OWNER,
    explanation="This many overnight missing episodes in the window are a sign of harm (MISS-03).",
)
OVERNIGHT_WITHIN_DAYS = Setting(
    name="chronology.missing_overnight_repeatedly.within_days",
    unit="days",
    default=90,
    least=7,
    most=365,
    source="design hard case 8",
    owner=_OWNER,
    explanation="The window in which overnight missing episodes are counted together.",
)
FOUND_FAR_KM = Setting(
    name="chronology.found_far_away.km",
    unit="km",
    default=20,
    least=5,
    most=200,
    source="design hard case 8",
    owner=_OWNER,
    explanation="Found at least this far from home and from placement, with no known means of travel, is a sign of harm (MISS-03).",
)

SETTINGS = [OVERNIGHT_HOUR, OVERNIGHT_EPISODES, OVERNIGHT_WITHIN_DAYS, FOUND_FAR_KM]
