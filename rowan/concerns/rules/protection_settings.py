"""The clocks and the law of a child's protections as dated settings: section 45, the National Referral Mechanism, the duties to notify and to report.

Laws and their guidance change: what holds from which day is a value with a date, its source beside it (domain 7.3, 5.3).
"""

from rowan.sharing.rules.law import Kind, Law
from rowan.timescales.rules.settings import Setting

OWNER = "Information governance"
_LOCAL = "The hub’s own choice: the law says “as soon as practicable” or names no time."
NOTIFY_SETTING = "concerns.law.duty_to_notify.in_force_from"
SECTION_45_SETTING = "concerns.law.section_45.in_force_from"


def _within(name: str, default: int, unit: str, source: str, what: str, *, least: int = 1) -> Setting:
    return Setting(
        name=f"concerns.{name}", unit=unit, default=default, least=least, most=400, source=source, owner=OWNER, explanation=what
    )  # fmt: skip


def _from(name: str, default: str, source: str, what: str) -> Setting:
    return Setting(
        name=name, unit="(a date such as 2027-04-01, or nothing)", default=default, source=source, owner=OWNER,
        explanation=f"The day {what} came into force. Empty: enacted, not known to be in force.",
    )  # fmt: skip


CONSIDERED_WITHIN = _within(
    "nrm_considered_within_working_days", 2, "working days", _LOCAL,
    "How soon after a referral to the National Referral Mechanism was first thought of it is made, or not made with the reason.",
)  # fmt: skip
REASONABLE_WITHIN = _within(
    "nrm_reasonable_grounds_within_days", 45, "days",
    "Local panels for children decide on reasonable grounds within 45 days of the referral (domain 7.3).",
    "How soon after a referral the decision on reasonable grounds is asked for.",
)  # fmt: skip
CONCLUSIVE_WITHIN = _within(
    "nrm_conclusive_grounds_within_days", 180, "days",
    "The hub’s own choice: statutory guidance names no longest time.",
    "How soon after reasonable grounds the decision on conclusive grounds is asked for.",
)  # fmt: skip
RECONSIDERED_WITHIN = _within(
    "nrm_reconsidered_within_working_days", 20, "working days", _LOCAL,
    "How soon the answer to a request to look again at a decision is asked for.",
)  # fmt: skip
SECTION_45_WITHIN = _within(
    "section_45_answered_within_working_days", 2, "working days", _LOCAL,
    "How soon after an arrest it is answered whether section 45 could apply, and the defence and the prosecution told.",
)  # fmt: skip
REPORTED_WITHIN = _within(
    "duty_to_report_within_days", 0, "days, Sundays too",
    "Crime and Policing Act 2026: as soon as practicable (domain 5.3).",
    "How soon after it was learned what falls under the duty to report is reported: 0 is the same day.", least=0,
)  # fmt: skip
MAY_WAIT = _within(
    "duty_to_report_may_wait_days", 7, "days", "Crime and Policing Act 2026 (domain 5.3).",
    "How long a report may wait where reporting at once would put the child in danger, and only then.", least=0,
)  # fmt: skip
SECTION_45_FROM = _from(
    SECTION_45_SETTING, "2015-07-31", "Modern Slavery Act 2015, commenced by regulations.",
    "section 45, the defence of a child who was exploited,",
)  # fmt: skip
NOTIFY_FROM = _from(
    NOTIFY_SETTING, "2015-11-01", "Modern Slavery Act 2015 section 52, commenced by regulations.",
    "the duty of the police and councils to notify the Home Office",
)  # fmt: skip
CLOCKS = [CONSIDERED_WITHIN, REASONABLE_WITHIN, CONCLUSIVE_WITHIN, RECONSIDERED_WITHIN, SECTION_45_WITHIN, REPORTED_WITHIN, MAY_WAIT]  # fmt: skip
SETTINGS = [*CLOCKS, SECTION_45_FROM, NOTIFY_FROM]

SECTION_45 = Law(
    "msa2015_s45", Kind.DUTY, "Section 45: Modern Slavery Act 2015",
    "A child is not guilty of many offences that were a direct consequence of exploitation. For a child nobody has to show compulsion.",
    SECTION_45_SETTING,
)  # fmt: skip
DUTY_TO_NOTIFY = Law(
    "msa2015_s52", Kind.DUTY, "Duty to notify the Home Office: Modern Slavery Act 2015 section 52",
    "Police and councils notify the Home Office of a possible victim. A child’s referral to the National Referral Mechanism does it; no consent is asked.",
    NOTIFY_SETTING,
)  # fmt: skip
LAWS = (SECTION_45, DUTY_TO_NOTIFY)
