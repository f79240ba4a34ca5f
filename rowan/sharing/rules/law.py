"""The law a decision to share may rest on, as data. What waits for a commencement date is held as not known to be in force.

Sources: UK GDPR Articles 6, 9 and 10 with the Data Protection Act 2018, Schedule 1; Information sharing advice for safeguarding
practitioners (HM Government, 2024); the Acts named line by line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    ARTICLE_6 = "article6"  # every decision to share names one
    CONDITION = "condition"  # Article 9 or 10: health, sex life, ethnicity, religion; criminal offences
    DUTY = "duty"  # the duty or power that the work rests on


@dataclass(frozen=True)
class Law:
    key: str
    kind: Kind
    name: str
    says: str
    # The setting that holds the day it came into force; empty for law that has been in force for years.
    from_setting: str = ""


S16LA_SETTING = "sharing.law.children_act_2004_s16la.in_force_from"
REPORTING_SETTING = "sharing.law.duty_to_report_child_sexual_abuse.in_force_from"
RECOGNISED_SETTING = "sharing.law.recognised_legitimate_interests.in_force_from"

LAWS = (
    Law(
        "public_task",
        Kind.ARTICLE_6,
        "Public task: Article 6(1)(e)",
        "Councils, police, schools and the NHS doing what the law gives them to do. The usual one for safeguarding.",
    ),
    Law(
        "legal_obligation",
        Kind.ARTICLE_6,
        "Legal obligation: Article 6(1)(c)",
        "A law or a court order says that it must be shared.",
    ),
    Law(
        "vital_interests",
        Kind.ARTICLE_6,
        "Vital interests: Article 6(1)(d)",
        "Somebody’s life or safety is in danger now.",
    ),
    Law(
        "legitimate_interests",
        Kind.ARTICLE_6,
        "Legitimate interests: Article 6(1)(f)",
        "For voluntary bodies, not for public authorities doing their tasks.",
    ),
    Law(
        "recognised_legitimate_interests",
        Kind.ARTICLE_6,
        "Recognised legitimate interest, safeguarding: Data (Use and Access) Act 2025",
        "For bodies that are not public authorities, to safeguard somebody vulnerable.",
        RECOGNISED_SETTING,
    ),
    Law(
        "safeguarding_children",
        Kind.CONDITION,
        "Safeguarding of children: Article 9(2)(g), Data Protection Act 2018 Schedule 1 paragraph 18",
        "Protecting somebody under 18 from neglect or harm, without waiting for agreement where asking would put her at risk.",
    ),
    Law(
        "health_or_social_care",
        Kind.CONDITION,
        "Health or social care: Article 9(2)(h)",
        "Giving or managing care and treatment.",
    ),
    Law(
        "vital_interests_special",
        Kind.CONDITION,
        "Vital interests: Article 9(2)(c)",
        "Somebody’s life is in danger and she cannot agree.",
    ),
    Law(
        "preventing_crime",
        Kind.CONDITION,
        "Preventing or detecting unlawful acts: Article 10, Schedule 1 paragraph 10",
        "Information about offences, for the police or a body that prevents crime.",
    ),
    Law(
        "law_enforcement",
        Kind.CONDITION,
        "Law enforcement processing: Data Protection Act 2018 Part 3",
        "Police and other competent authorities: facts apart from opinions, suspects apart from victims and witnesses.",
    ),
    Law(
        "ca1989_s47",
        Kind.DUTY,
        "Children Act 1989 section 47",
        "Enquiring into suspected significant harm, and helping those who do.",
    ),
    Law("ca1989_s17", Kind.DUTY, "Children Act 1989 section 17", "Services for a child in need."),
    Law("ca1989_s27", Kind.DUTY, "Children Act 1989 section 27", "Authorities help one another."),
    Law(
        "ca2004_s10",
        Kind.DUTY,
        "Children Act 2004 section 10",
        "Working together to improve children’s well-being.",
    ),
    Law(
        "ca2004_s11",
        Kind.DUTY,
        "Children Act 2004 section 11",
        "Having regard to the need to safeguard children.",
    ),
    Law(
        "ca2004_s16la",
        Kind.DUTY,
        "Children Act 2004 section 16LA",
        "What may help another body safeguard a child must be disclosed to it, and only so far, unless disclosing would be more "
        "detrimental to the child than not disclosing.",
        S16LA_SETTING,
    ),
    Law(
        "duty_to_report",
        Kind.DUTY,
        "Duty to report child sexual abuse: Crime and Policing Act 2026",
        "Adults in relevant activity tell the police or the council as soon as practicable; it overrides confidence.",
        REPORTING_SETTING,
    ),
    Law(
        "cda1998_s115",
        Kind.DUTY,
        "Crime and Disorder Act 1998 section 115",
        "Disclosing to the police, councils, probation and health to prevent crime and disorder.",
    ),
    Law("ea2002_s175", Kind.DUTY, "Education Act 2002 section 175", "Schools safeguard their pupils."),
    Law(
        "msa2015_s52",
        Kind.DUTY,
        "Modern Slavery Act 2015 section 52",
        "Telling the Home Office of a possible victim.",
    ),
    Law(
        "police_power",
        Kind.DUTY,
        "Common law power of the police",
        "Sharing to prevent crime and protect life.",
    ),
    Law(
        "public_interest",
        Kind.DUTY,
        "Public interest, weighed against confidence",
        "A confidence may be broken where protecting a child outweighs keeping it.",
    ),
)
_BY_KEY = {law.key: law for law in LAWS}


# What is usual for an agency of this kind: filled in, to be changed where it is different. Other bodies choose for themselves.
USUAL_DUTY = {
    "school": "ea2002_s175",
    **dict.fromkeys(("council", "district", "police", "health", "youth_justice"), "ca2004_s11"),
}


def usual_ground(agency_kind: str) -> dict[str, str]:
    usual = {"condition": "safeguarding_children"}
    if duty := USUAL_DUTY.get(agency_kind):
        usual |= {"article6": "public_task", "duty": duty}
    return usual


def law_named(key: str) -> Law | None:
    return _BY_KEY.get(key)


def in_force_from(law: Law, settings: Mapping[str, object]) -> date | None:
    """The day somebody recorded, or None when nobody has. What cannot be read as a date is not a date."""
    try:
        return date.fromisoformat(str(settings.get(law.from_setting, "")).strip())
    except ValueError:
        return None


def is_in_force(law: Law, settings: Mapping[str, object], day: date) -> bool:
    if not law.from_setting:
        return True
    since = in_force_from(law, settings)
    return since is not None and since <= day


def standing_of(law: Law, settings: Mapping[str, object], day: date) -> str:
    """How a page says whether this law holds: never more than is known."""
    if not law.from_setting:
        return "In force"
    since = in_force_from(law, settings)
    if since is None:
        return "Enacted, not known to be in force"
    if since > day:
        return f"Comes into force on {since.day} {since:%B %Y}"
    return f"In force since {since.day} {since:%B %Y}"


def to_choose_from(kind: Kind, settings: Mapping[str, object], day: date) -> list[Law]:
    return [law for law in LAWS if law.kind == kind and is_in_force(law, settings, day)]


def names_of(keys: Iterable[str]) -> list[str]:
    return [_BY_KEY[key].name for key in keys if key in _BY_KEY]
