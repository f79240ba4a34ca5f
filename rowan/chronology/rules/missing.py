"""When two reports of a missing child are about one episode (design hard case 9; formats 2.3).

The police send moments, a council's 903 return only dates. Reports that overlap are one episode. "Away from placement"
is kept apart from "missing": its carers knew where the child was.
"""

MISSING = "missing"
AWAY = "away"
# 903: M is missing from care, A is away from placement without authorisation.
KIND_BY_903_CODE = {"M": MISSING, "A": AWAY}

# A report without an end is taken to cover this long when it is held against another one.
OPEN_REPORT_COVERS_HOURS = 24

# How a child travelled when nobody knows how.
MEANS_NOT_KNOWN = ("not known", "unknown", "")
