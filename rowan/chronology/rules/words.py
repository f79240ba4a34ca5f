"""Council, police and school codes in plain English, as a page says them. Nothing here blames a child.

Sources: DfE guides to the children looked after return (SSDA903) and the children in need census, code lists.
"""

PLACEMENT = {
    "K1": "a secure children's home",
    "K2": "a children's home",
    "K3": "supported accommodation",
    "H5": "semi-independent accommodation",
    "P1": "a parent",
    "P2": "independent living",
    "P3": "residential employment",
    "R1": "a residential care home",
    "R2": "an NHS setting",
    "R3": "a family centre",
    "R5": "a young offender institution",
    "S1": "a residential school",
    "U1": "foster carers who are family or friends",
    "U2": "foster carers who are family or friends",
    "U3": "foster carers who are family or friends",
    "U4": "foster carers",
    "U5": "foster carers",
    "U6": "foster carers",
    "T0": "a temporary placement",
    "T1": "a temporary placement",
    "T2": "a temporary placement",
    "T3": "a temporary placement",
    "T4": "a temporary placement",
}
PLACEMENT_OTHER = "another placement"

# Only these say that a child moved to other carers; L changes her legal status and she stays where she is.
STARTED_TO_BE_LOOKED_AFTER = "S"
MOVED = ("P", "T", "B", "U")

# X1: ends and a new one begins the same day.
GOES_ON = "X1"
# Adoption is nowhere shown (formats 2.4): E11 and E12 read as any other way of leaving care.
LEFT_CARE = {
    "E2": "died",
    "E3": "care moved to another council",
    "E4A": "returned home as planned",
    "E4B": "returned home unplanned",
    "E41": "a child arrangements order was made",
    "E45": "a special guardianship order was made",
    "E46": "a special guardianship order was made",
    "E47": "a special guardianship order was made",
    "E48": "a special guardianship order was made",
    "E5": "moved to independent living with support",
    "E6": "moved to independent living",
    "E7": "moved to residential care for adults",
    "E9": "sentenced to custody",
    "E13": "went to live with somebody without parental responsibility",
    "E14": "a remand ended",
    "E15": "assessed to be an adult",
    "E16": "moved abroad",
    "E17": "turned 18 and stays with the carers",
}
WHY_PLACEMENT_CHANGED = {
    "CARPL": "as the care plan said",
    "CLOSE": "the provider closed or resigned",
    "ALLEG": "an allegation was made and looked into",
    "STAND": "the standard of care was a concern",
    "APPRR": "the carers' approval was removed",
    "CREQB": "the carers asked for it to end",
    "CREQO": "the carers asked for it to end",
    "CHILD": "the child asked for it to end",
    "LAREQ": "the council asked for it to end",
    "PLACE": "only the placement's status changed",
    "CUSTOD": "the child went into custody",
}

REFERRED_BY = {
    "1A": "family",
    "1B": "somebody known to the family",
    "1C": "the child",
    "1D": "a member of the public",
    "2A": "school",
    "2B": "education services",
    "3A": "a GP",
    "3B": "a health visitor",
    "3C": "a school nurse",
    "3D": "primary health care",
    "3E": "a hospital emergency department",
    "3F": "a health service",
    "4": "housing",
    "5A": "the council's social care",
    "5B": "another council service",
    "5C": "another council",
    "5D": "early help",
    "6": "police",
    "7": "a court, probation or Cafcass",
    "8": "a voluntary or other organisation",
    "9": "somebody who gave no name",
}
REFERRED_BY_OTHER = "a source that is not known"
WHY_CLOSED = {
    "RC2": "the child died",
    "RC3": "a child arrangements order was made",
    "RC4": "a special guardianship order was made",
    "RC5": "moved to another council",
    "RC6": "moved to adult services",
    "RC8": "closed after assessment",
    "RC9": "closed after assessment, early help goes on",
}
ABUSE_CATEGORY = {
    "NEG": "neglect",
    "PHY": "physical abuse",
    "SAB": "sexual abuse",
    "EMO": "emotional abuse",
    "MUL": "more than one kind of harm",
}

# Factors a social worker found at the end of an assessment (children in need census). They never expire and are never
# graded again: the entry says what was recorded, and when.
ASSESSMENT_FACTOR = {
    "1A": "alcohol misuse by the child",
    "1B": "alcohol misuse by a parent or carer",
    "1C": "alcohol misuse by somebody else at home",
    "2A": "drug misuse by the child",
    "2B": "drug misuse by a parent or carer",
    "2C": "drug misuse by somebody else at home",
    "3A": "domestic abuse of the child",
    "3B": "domestic abuse of a parent or carer",
    "3C": "domestic abuse of somebody else at home",
    "4A": "mental health of the child",
    "4B": "mental health of a parent or carer",
    "4C": "mental health of somebody else at home",
    "5A": "learning disability of the child",
    "5B": "learning disability of a parent or carer",
    "5C": "learning disability of somebody else at home",
    "6A": "physical disability or illness of the child",
    "6B": "physical disability or illness of a parent or carer",
    "6C": "physical disability or illness of somebody else at home",
    "7A": "young carer",
    "8B": "privately fostered",
    "8C": "privately fostered",
    "8D": "privately fostered",
    "8E": "privately fostered",
    "8F": "privately fostered",
    "9A": "unaccompanied asylum-seeking child",
    "10A": "going missing",
    "11A": "child sexual exploitation",
    "12A": "trafficking",
    "13A": "gangs",
    "14A": "how the child is with other people",
    "15A": "self-harm",
    "16A": "neglect",
    "17A": "emotional abuse",
    "18A": "physical abuse",
    "18B": "physical abuse by another child",
    "18C": "physical abuse by an adult",
    "19A": "sexual abuse",
    "19B": "sexual abuse by another child",
    "19C": "sexual abuse by an adult",
    "20": "another factor",
    "21": "no factor",
    "22A": "female genital mutilation",
    "23A": "abuse linked to faith or belief",
    "24A": "child criminal exploitation",
}
# A recorded concern about exploitation: shown as an indicator, for the file cannot tell whether harm happened (formats 3.5).
EXPLOITATION_FACTORS = ("10A", "11A", "12A", "13A", "24A")

# School log categories that are context beside a question: vulnerability or context, with its item (domain 2.2).
LOG_CONTEXT = {
    "Bullying": "PEER-01",
    "Bereavement": "FAM-04",
    "Family breakdown": "FAM-02",
}

COMPANY = {
    "alone": "alone",
    "with other children": "with other children",
    "with adults": "with adults",
}

# A placement that has lasted this long is a strength worth showing beside a question (domain 2.2: protective).
SETTLED_AFTER_DAYS = 365
# The child attended and spoke (PN1), or an advocate spoke for her (PN2, PN5).
SPOKE_AT_REVIEW = ("PN1", "PN2", "PN5")

# Leaving a school for nowhere that is named, or for home education (EDU-05, domain 2.2). In lower case.
LEFT_FOR_NOWHERE_NAMED = ("not known", "unknown", "")
LEFT_FOR_HOME_EDUCATION = ("home educ", "elective home")
