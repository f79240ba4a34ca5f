"""A school's roll: who is and was a pupil, under which names and numbers."""

from rowan.records.rules.identifiers import tidy_school_number

from .agency_codes import of_school
from .looks_across import one_id_two_people, one_pupil_number_two_ids
from .person_columns import (
    address,
    address_withheld,
    birth_date,
    ethnicity,
    postcode,
    sex,
    source_id,
    upn,
    withholds_home,
)
from .profile import Column, Source, Type, all_of, before_birth, ends_before_it_begins, where_withheld

LAESTAB = Column("laestab", ("LAEstab", "DfE number"), key=True, tidy=tidy_school_number)

SCHOOL_ROLL = Source(
    format="school roll",
    feed="school_roll",
    kind="school_pupils",
    agency_kind="school",
    scheme="admission",
    columns=(
        LAESTAB,
        source_id("AdmissionNumber", "Admission no"),
        upn("UPN"),
        upn("FormerUPN", name="former_upn"),
        Column("surname", ("Surname", "Legal surname"), heading_needed=True),
        Column("first_name", ("Forename", "Legal forename")),
        Column("middle_names", ("MiddleNames", "Middle name")),
        Column("preferred_surname", ("PreferredSurname",)),
        Column("preferred_first_name", ("PreferredForename",)),
        birth_date("DOB", "Date of birth", heading_needed=True),
        sex("Sex", "Gender"),
        ethnicity("Ethnicity"),
        Column("language", ("Language", "First language")),
        Column("year_group", ("YearGroup", "NC year")),
        Column("reg_group", ("RegGroup", "Reg")),
        address("address", "Address"),
        postcode("postcode", ("Postcode",), sealed=where_withheld),
        address_withheld(),
        Column("entry_on", ("EntryDate", "Admission date"), Type.DATE, key=True),
        Column("left_on", ("LeavingDate",), Type.DATE, may_lie_ahead=True),
        Column("leaving_reason", ("LeavingReason",)),
        Column("destination", ("Destination",)),
    ),
    record_id=("source_id", "entry_on"),
    own_number="laestab",
    agency_of=of_school,
    check=all_of(ends_before_it_begins("entry_on", "left_on", "time on roll"), before_birth("entry_on")),
    withholds=withholds_home("address"),
    across=(one_id_two_people("first_name"), one_pupil_number_two_ids()),
    order=20,
)
SOURCES = (SCHOOL_ROLL,)
