"""What an area agrees about sharing: when laws came into force, and how long things may wait."""

from rowan.timescales.rules.settings import Setting

from .law import RECOGNISED_SETTING, REPORTING_SETTING, S16LA_SETTING

OWNER = "Information governance"


def _starts(name: str, source: str, what: str) -> Setting:
    return Setting(
        name=name,
        unit="(a date such as 2027-04-01, or nothing)",
        default="",
        source=source,
        owner=OWNER,
        explanation=f"The day {what} came into force. Empty: enacted, not known to be in force; nobody can rest a decision on it.",
    )


S16LA_FROM = _starts(
    S16LA_SETTING,
    "Children’s Wellbeing and Schools Act 2026 section 4; starts by regulations.",
    "section 16LA of the Children Act 2004, the duty to share information,",
)
REPORTING_FROM = _starts(
    REPORTING_SETTING,
    "Crime and Policing Act 2026; starts by regulations.",
    "the duty to report child sexual abuse",
)
RECOGNISED_FROM = _starts(
    RECOGNISED_SETTING,
    "Data (Use and Access) Act 2025; starts by regulations.",
    "the recognised legitimate interest of safeguarding vulnerable individuals",
)
NOT_SHARED_REVIEW = Setting(
    name="sharing.not_shared_reviewed_within_days",
    unit="days",
    default=28,
    least=1,
    most=365,
    source="The hub’s own choice: what is held back today may have to be shared next month.",
    owner=OWNER,
    explanation="When a decision not to share, or to wait, is looked at again unless the person deciding says another day.",
)
REQUEST_DUE = Setting(
    name="sharing.request_answered_within_working_days",
    unit="working days",
    default=5,
    least=0,
    most=40,
    source="The hub’s own choice; no law sets a time for an agency to answer another.",
    owner=OWNER,
    explanation="When an agency that was asked for information is due to answer, unless the request says another day.",
)
CHASE_EVERY = Setting(
    name="sharing.request_chased_every_working_days",
    unit="working days",
    default=2,
    least=1,
    most=20,
    source="The hub’s own choice.",
    owner=OWNER,
    explanation="How often a request that is late is chased.",
)
ESCALATE_AFTER = Setting(
    name="sharing.request_escalated_after_working_days",
    unit="working days",
    default=3,
    least=1,
    most=20,
    source="The hub’s own choice.",
    owner=OWNER,
    explanation="How long after its due day a request goes to the lead of the agency that was asked.",
)
APPROVAL_LASTS = Setting(
    name="sharing.approval_lasts_hours",
    unit="hours",
    default=24,
    least=1,
    most=168,
    source="The hub’s own choice: an approval that nobody used by tomorrow is asked for again.",
    owner=OWNER,
    explanation="How long a second person has to approve an act of two people, and how long an approval can be used.",
)
FILE_LASTS = Setting(
    name="sharing.file_kept_by_recipient_days",
    unit="days",
    default=90,
    least=1,
    most=3650,
    source="The hub’s own choice; the recipient’s own retention rule may be shorter.",
    owner=OWNER,
    explanation="After how many days a file says its recipient must have destroyed it, or asked again.",
)
BULK_ROWS = Setting(
    name="sharing.bulk_export_rows",
    unit="rows",
    default=100,
    least=1,
    most=100_000,
    source="The hub’s own choice; any file about more than one child is bulk whatever its rows.",
    owner=OWNER,
    explanation="From how many rows on a file needs two people.",
)
AGREEMENT_REVIEWED_WITHIN = Setting(
    name="sharing.agreement_reviewed_within_days",
    unit="days",
    default=366,
    least=30,
    most=1100,
    source="Data sharing code (ICO): agreements are reviewed regularly; a year is the hub’s own choice.",
    owner=OWNER,
    explanation="The longest an agreement between agencies may run before somebody looks at it again.",
)
AGREEMENT_TOLD_BEFORE = Setting(
    name="sharing.agreement_review_told_days_before",
    unit="days",
    default=28,
    least=1,
    most=180,
    source="The hub’s own choice: agreeing again takes several agencies some weeks.",
    owner=OWNER,
    explanation="How long before its review is due an agreement’s owner is told.",
)
AGREEMENT_CHASED_EVERY = Setting(
    name="sharing.agreement_review_chased_every_working_days",
    unit="working days",
    default=5,
    least=1,
    most=40,
    source="The hub’s own choice.",
    owner=OWNER,
    explanation="How often a review of an agreement that is late is chased.",
)
AGREEMENT_ESCALATED_AFTER = Setting(
    name="sharing.agreement_review_escalated_after_working_days",
    unit="working days",
    default=10,
    least=1,
    most=60,
    source="The hub’s own choice.",
    owner=OWNER,
    explanation="How long after it was due a review goes to the lead of its owner’s agency.",
)
SETTINGS = [
    S16LA_FROM,
    REPORTING_FROM,
    RECOGNISED_FROM,
    NOT_SHARED_REVIEW,
    REQUEST_DUE,
    CHASE_EVERY,
    ESCALATE_AFTER,
    APPROVAL_LASTS,
    FILE_LASTS,
    BULK_ROWS,
    AGREEMENT_REVIEWED_WITHIN,
    AGREEMENT_TOLD_BEFORE,
    AGREEMENT_CHASED_EVERY,
    AGREEMENT_ESCALATED_AFTER,
]
