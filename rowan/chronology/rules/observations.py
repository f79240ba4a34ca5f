"""What people may have noticed, as data: vulnerability, indicator, sign of harm, protective; never added up, never mixed.

Codes and kinds are those of the hub's published list (docs: domain 2.2, assembled from the DfE guide of 2017, IICSA's examples and
published tools). A prompt, not a measure: "worried, but cannot say why" is as good a reason as any of these.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The three kinds that are never mixed, and strengths."""

    VULNERABILITY = "V"
    INDICATOR = "I"
    SIGN_OF_HARM = "S"
    PROTECTIVE = "P"


KIND_NAMES = {
    Kind.SIGN_OF_HARM: "Signs that the child may be being harmed, now or before",
    Kind.INDICATOR: "Things that may have an ordinary explanation",
    Kind.VULNERABILITY: "What makes things harder for the child",
    Kind.PROTECTIVE: "What helps the child stay safe",
}


@dataclass(frozen=True)
class Observation:
    code: str
    kind: Kind
    about: str
    words: str


def _of(about: str, *rows: str) -> list[Observation]:
    """A row reads `CODE K words`."""
    found = []
    for row in rows:
        code, kind, words = row.split(" ", 2)
        found.append(Observation(code, Kind(kind), about, words))
    return found


OBSERVATIONS: tuple[Observation, ...] = (
    *_of(
        "Family and home",
        "FAM-01 V Past abuse or neglect",
        "FAM-02 V Family breakdown, separation, conflict at home",
        "FAM-03 V Domestic abuse, or a parent’s substance use, mental ill-health or offending",
        "FAM-04 V Recent bereavement or loss, or looking for a missing parental figure",
        "FAM-05 V Homeless, sofa-surfing, unstable or unsafe housing",
        "FAM-06 V Relatives or close contacts involved in exploitation or adult sex work",
        "FAM-07 P At least one trusted adult at home who notices and acts",
    ),
    *_of(
        "Care",
        "CARE-01 V Looked after: foster, residential or semi-independent placement",
        "CARE-02 V Several placement moves, or placed away from home",
        "CARE-03 V Care leaver, or approaching 18",
        "CARE-04 S Adults waiting outside the placement, or calling there for the child",
    ),
    *_of(
        "Friends",
        "PEER-01 V Bullied, isolated, few friends",
        "PEER-02 I New older friends, or loss of usual friends",
        "PEER-03 V Friends or siblings known to be exploited",
        "PEER-04 I Friends affected by gangs",
        "PEER-05 P A safe group of friends, a club or a hobby",
    ),
    *_of(
        "Adults",
        "ADU-01 I An adult’s name nobody around the child knew",
        "ADU-02 I Contact with a much older or controlling person described as a friend or partner",
        "ADU-03 S Controlled, threatened, followed or monitored by someone",
        "ADU-04 S Collected or dropped off by unknown adults, or getting in or out of their vehicles",
        "ADU-05 S Taken to unknown addresses, hotels or other towns",
    ),
    *_of(
        "Missing",
        "MISS-01 I Late home, short absences nobody can explain",
        "MISS-02 I One or more missing episodes",
        "MISS-03 S Missing overnight, repeatedly, or found far away with no means of travel",
        "MISS-04 I A return interview raises people, places or harm",
    ),
    *_of(
        "School",
        "EDU-01 I Persistent absence (a tenth of sessions or more)",
        "EDU-02 I Severe absence (half of sessions or more)",
        "EDU-03 I A change of pattern: particular days, afternoons, leaving early",
        "EDU-04 V Suspension, exclusion or a part-time timetable",
        "EDU-05 V Missing education, or withdrawn to home education at a worrying time",
        "EDU-06 I A marked fall in progress or engagement",
        "EDU-07 P A good relationship with a named member of school staff",
    ),
    *_of(
        "Health",
        "HLT-01 I A pattern of contact with a health service that worries the clinician",
        "HLT-02 S Recurrent infections or pregnancy concerns where coercion or an age gap is suspected",
        "HLT-03 S Any sexual activity under 13",
        "HLT-04 I Pregnancy under 18",
        "HLT-05 S Injuries that suggest assault",
        "HLT-06 I Self-harm, overdose, marked change in mood, sleep or eating",
        "HLT-07 I Drug or alcohol use, or coming back under the influence",
        "HLT-08 V Learning disability, autism, physical disability or a communication need",
        "HLT-09 P Engaged with a health worker they trust",
    ),
    *_of(
        "Online",
        "ONL-01 I Secrecy about phone or devices, extra phones or SIM cards, distress when offline",
        "ONL-02 I Contact with strangers, or dating apps not meant for children",
        "ONL-03 S Pressured, threatened or blackmailed over images",
        "ONL-04 I An unusual number of calls or messages",
    ),
    *_of(
        "Money and goods",
        "GAIN-01 I Unexplained money, clothes, phone, vapes or travel",
        "GAIN-02 S Says there is a debt, or that someone is “owed”",
    ),
    *_of(
        "Behaviour",
        "BEH-01 I More secrecy, withdrawal or aggression",
        "BEH-02 I Sexual knowledge or behaviour unusual for the age",
        "BEH-03 I A change in appearance or hygiene",
    ),
    *_of(
        "Justice",
        "CJ-01 I An arrest or stop that exploitation may explain",
        "CJ-02 S Found at an address or in a vehicle of a person of concern",
        "CJ-03 S Found with drugs, weapons or cash in circumstances that suggest direction by others",
    ),
    *_of("Places", "LOC-01 I Time spent at a place of concern"),
    *_of(
        "Identity",
        "ID-01 V Unable to explore sexuality or gender identity safely",
        "ID-02 V Unaccompanied, trafficked, insecure immigration status, or a language need",
    ),
    *_of("Money at home", "ECO-01 V Poverty, debt, no recourse to public funds"),
    *_of(
        "The child’s voice",
        "VOICE-01 S The child tells someone: fully, partly, as a joke, through a friend, in writing or by behaviour",
        "VOICE-02 I The child describes a relationship with an adult and sees nothing wrong",
        "VOICE-03 P The child names something or someone that helps them feel safe",
    ),
    *_of("Community", "COM-01 I A report by a resident, business, taxi driver, hotel or park warden"),
)
BY_CODE = {observation.code: observation for observation in OBSERVATIONS}


def observations_of(kind: Kind) -> list[Observation]:
    return [observation for observation in OBSERVATIONS if observation.kind is kind]
