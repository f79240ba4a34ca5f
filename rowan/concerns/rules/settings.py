"""What an area agrees about its front door: when it is open, what it calls each urgency, and how soon each is decided.

Labels, hours and clocks differ by area (domain 1.2): the defaults are like Worcestershire's, and each is a dated setting.
"""

from rowan.timescales.rules.settings import Setting

from .protection_settings import SETTINGS as PROTECTIONS

OWNER = "The head of the front door"
_LOCAL = "The hub’s own choice; published areas differ (Surrey, Merton, London, Luton)."


def _opening(name: str, default: str, what: str, *, later_than: str = "") -> Setting:
    return Setting(
        name=name,
        unit="(a time such as 08:30)",
        default=default,
        source=_LOCAL,
        owner=OWNER,
        explanation=f"When the hub {what} on a working day. Every urgency but red counts these hours only.",
        later_than=later_than,
    )


def _label(urgency: str, default: str) -> Setting:
    return Setting(
        name=f"concerns.label_{urgency}",
        unit="(words)",
        default=default,
        source=_LOCAL,
        owner=OWNER,
        explanation=f"What the area calls the urgency that Rowan names {urgency}.",
    )


def _within(urgency: str, default: int, hours: str) -> Setting:
    return Setting(
        name=f"concerns.{urgency}_decided_within_hours",
        unit="hours",
        default=default,
        least=1,
        most=240,
        source=_LOCAL,
        owner=OWNER,
        explanation=f"How soon after its receipt a concern of urgency {urgency} is decided, in {hours}.",
    )


OPENS_AT = _opening("concerns.hub_opens_at", "08:30", "opens")
CLOSES_AT = _opening("concerns.hub_closes_at", "17:00", "closes", later_than=OPENS_AT.name)
LABELS = {
    "red": _label("red", "Red: today, whatever the hour"),
    "amber": _label("amber", "Amber: within a working day"),
    "green": _label("green", "Green: within three working days"),
    "blue": _label("blue", "Blue: advice"),
}
WITHIN_HOURS = {
    "red": _within("red", 4, "hours of the clock"),
    "amber": _within("amber", 8, "hours the hub is open"),
    "green": _within("green", 25, "hours the hub is open"),
    "blue": _within("blue", 42, "hours the hub is open"),
}
RED_LOOKED_AT_WITHIN = Setting(
    name="concerns.red_looked_at_within_hours",
    unit="hours of the clock",
    default=1,
    least=0.25,
    most=24,
    source=_LOCAL,
    owner=OWNER,
    explanation="How soon after its receipt somebody has begun to look at a red concern, at any hour of any day. After that it goes up by the hour.",
)
TOLD_WITHIN = Setting(
    name="concerns.referrer_told_within_working_days",
    unit="working days",
    default=1,
    least=0,
    most=10,
    source="Working Together to Safeguard Children: a decision within one working day of a referral, and the referrer told.",
    owner=OWNER,
    explanation="How soon after a decision the referrer is told what they may be told.",
)
REFERRED_WITHIN = Setting(
    name="concerns.referral_recorded_within_working_days",
    unit="working days",
    default=0,
    least=0,
    most=5,
    source="The hub’s own choice: Working Together to Safeguard Children has a referral made at once, confirmed in writing within two working days.",
    owner=OWNER,
    explanation="How soon after a decision to refer the referral’s date and reference are recorded here.",
)
ANSWERED_WITHIN = Setting(
    name="concerns.social_care_answers_within_working_days",
    unit="working days",
    default=1,
    least=0,
    most=5,
    source="Working Together to Safeguard Children: within one working day of a referral a social worker decides on the response.",
    owner=OWNER,
    explanation="How soon after a referral children’s social care’s answer is asked for, accepted or not.",
)
CHALLENGE_WITHIN = Setting(
    name="concerns.challenge_answered_within_working_days",
    unit="working days",
    default=2,
    least=1,
    most=10,
    source=_LOCAL,
    owner=OWNER,
    explanation="How soon a referrer’s disagreement is looked at by somebody other than who decided.",
)
CHECK_WITHIN = Setting(
    name="concerns.checks_answered_within_hours",
    unit="hours the hub is open",
    default=4,
    least=1,
    most=40,
    source=_LOCAL,
    owner=OWNER,
    explanation="How soon an agency that is asked for a check at triage is due to answer.",
)
ACKNOWLEDGED_WITHIN = Setting(
    name="concerns.worker_acknowledges_within_hours",
    unit="hours the hub is open",
    default=4,
    least=0.5,
    most=40,
    source=_LOCAL,
    owner=OWNER,
    explanation="How soon the worker of a child who is open already says that a concern has reached them. After that it goes up.",
)
RED_ACKNOWLEDGED_WITHIN = Setting(
    name="concerns.worker_acknowledges_red_within_hours",
    unit="hours of the clock",
    default=1,
    least=0.25,
    most=24,
    source=_LOCAL,
    owner=OWNER,
    explanation="How soon, at any hour of any day, the worker of a child who is open already says that a red concern has reached them. After that it goes up by the hour.",
)
FLOOD = Setting(
    name="concerns.reports_in_ten_minutes_that_are_a_flood",
    unit="reports by the public page",
    default=30,
    least=5,
    most=1000,
    source=_LOCAL,
    owner=OWNER,
    explanation="From how many public reports in ten minutes the desk is told of them once, and not of each, and those that are not red wait their turn in a list of their own. Every report is received.",
)
PICTURES_UP_TO = Setting(
    name="concerns.reports_in_ten_minutes_without_pictures",
    unit="reports by the public page",
    default=15,
    least=1,
    most=1000,
    source=_LOCAL,
    owner=OWNER,
    explanation="From how many public reports in ten minutes the form takes no more photographs and documents. They go first: every report is received.",
)
UNSENT_FILES = Setting(
    name="concerns.files_of_unsent_reports",
    unit="files",
    default=300,
    least=10,
    most=5000,
    source=_LOCAL,
    owner=OWNER,
    explanation="From how many photographs and documents of reports that nobody has sent the form takes no more of them. Unsent, they are forgotten after a day.",
)
LINK_DAYS = Setting(
    name="concerns.one_time_link_days",
    unit="days",
    default=7,
    least=1,
    most=28,
    source=_LOCAL,
    owner=OWNER,
    explanation="How long a one-time link can be used by an agency without an account.",
)
SEARCHES_AN_HOUR = Setting(
    name="concerns.searches_an_hour",
    unit="searches",
    default=40,
    least=5,
    most=200,
    source=_LOCAL,
    owner=OWNER,
    explanation="How often within an hour somebody at the hub may search for a child outside a concern.",
)
SEARCH_WORDS_DAYS = Setting(
    name="concerns.search_words_days",
    unit="days",
    default=90,
    least=28,
    most=366,
    source="The hub’s own choice, as UK GDPR article 5(1)(e) leaves it: as far back as a question about looks may reach, and no longer.",
    owner="Information governance",
    explanation=(
        "How long the words of a search are kept apart from the trail, for whoever looks into a search. Then they are erased; "
        "who searched, when, why, and whom they found stays on the trail."
    ),
)
SETTINGS = [
    OPENS_AT,
    CLOSES_AT,
    *LABELS.values(),
    *WITHIN_HOURS.values(),
    RED_LOOKED_AT_WITHIN,
    TOLD_WITHIN,
    REFERRED_WITHIN,
    ANSWERED_WITHIN,
    CHALLENGE_WITHIN,
    CHECK_WITHIN,
    ACKNOWLEDGED_WITHIN,
    RED_ACKNOWLEDGED_WITHIN,
    FLOOD,
    PICTURES_UP_TO,
    UNSENT_FILES,
    LINK_DAYS,
    SEARCHES_AN_HOUR,
    SEARCH_WORDS_DAYS,
    *PROTECTIONS,
]
