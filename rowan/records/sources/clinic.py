"""Sexual-health returns (GUMCAD, SRHAD), recognised so that they are refused: Rowan takes no clinic feed and counts no visits."""

from collections.abc import Sequence

from rowan.records.rules.headings import normalised

# Headings that only these returns have, and headings they share with others that mean them only together.
_ALONE = {"shhapt", "shhapt1", "shhaptcode", "localpatientid", "localpatientidentifier", "gumcadcode"}
_TOGETHER = {
    "clinicid", "clinic", "clinictype", "patientid", "episodeactivity", "genderidentity", "sexori", "sexualorientation",
    "firstattendance", "attendancedate", "countrybirth", "contraceptionmethod", "contraceptionmainmethod",
    "sexassignedatbirth", "initialcontact",
}  # fmt: skip

WHY_REFUSED = (
    "this looks like a sexual-health clinic's return. Rowan takes no clinic feed and counts no visits: a clinician who is "
    "worried about a child raises a concern instead. Nothing of the file was kept"
)


def is_a_clinic_return(headings: Sequence[str]) -> bool:
    found = {normalised(heading) for heading in headings}
    return bool(found & _ALONE) or len(found & _TOGETHER) >= 3
