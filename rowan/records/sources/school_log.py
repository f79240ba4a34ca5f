"""A school's safeguarding log: what staff noticed, in their words, with what was done."""

from rowan.records.rules.sealing import Purpose, tells_of_health

from .agency_codes import of_school
from .person_columns import birth_date, source_id, upn
from .profile import Column, Row, Sealing, Source, Type, before_birth
from .school_roll import LAESTAB


def _tells_of_health(row: Row, withholds: bool) -> bool:
    return tells_of_health(row.get("category"))


HEALTH = Sealing(Purpose.HEALTH, _tells_of_health)

SCHOOL_LOG = Source(
    format="school safeguarding log",
    feed="school_log",
    kind="school_log",
    agency_kind="school",
    scheme="admission",
    columns=(
        LAESTAB,
        Column("entry_ref", ("EntryRef", "Entry no"), key=True),
        source_id("AdmissionNumber", "Admission no"),
        upn("UPN"),
        Column("surname", ("Surname",)),
        Column("first_name", ("Forename",)),
        birth_date("DOB", "Date of birth"),
        Column("on", ("Date", "Entry date"), Type.DATE, key=True),
        Column("category", ("Category",), heading_needed=True),
        Column("note", ("Note", "Details"), heading_needed=True, sealed=HEALTH),
        Column("recorded_by", ("RecordedBy",)),
        Column("action_taken", ("ActionTaken",), sealed=HEALTH),
    ),
    record_id=("entry_ref",),
    happened="on",
    filed_by_event=True,
    own_number="laestab",
    agency_of=of_school,
    check=before_birth("on"),
    order=61,
)
SOURCES = (SCHOOL_LOG,)
