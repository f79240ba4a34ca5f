"""How often somebody is mailed."""

from rowan.timescales.rules.settings import Setting

DIGEST_MINUTES = Setting(
    name="notices.digest_minutes",
    unit="minutes",
    default=240,
    least=5,
    most=1440,
    source="The hub's own choice: twice in a working day is soon enough for what is not urgent.",
    owner="The hub's exploitation co-ordinator",
    explanation="Nobody is mailed more often than this, but for what is urgent, which is mailed at once.",
)
SETTINGS = [DIGEST_MINUTES]
