"""The council's case list: who is open, under which name, and who works with them. 903 and the census hold no names."""

from rowan.records.rules.identifiers import fault_in_nhs_number, tidy_nhs_number

from .looks_across import one_id_two_people, one_pupil_number_two_ids
from .person_columns import address, address_withheld, birth_date, postcode, source_id, upn, withholds_home
from .profile import Column, Source, Type, all_of, before_birth, ends_before_it_begins, where_withheld

CASE_LIST = Source(
    format="council case list",
    feed="council_case_list",
    kind="council_cases",
    agency_kind="council",
    scheme="cin",
    columns=(
        source_id("LAchildID"),
        Column("child_903", ("CHILD",)),
        Column("first_name", ("Forename", "First name", "Given name")),
        Column("surname", ("Surname", "Last name", "Family name"), heading_needed=True),
        Column("preferred_first_name", ("Preferred name", "Known as")),
        birth_date("Date of birth", "DOB", heading_needed=True),
        address("address", "Address"),
        postcode("postcode", ("Postcode",), sealed=where_withheld),
        address_withheld(),
        upn("UPN"),
        Column("nhs_number", ("NHS number", "NHS no"), tidy=tidy_nhs_number, fault=fault_in_nhs_number),
        Column("team", ("Team",)),
        Column("worker", ("Worker", "Allocated worker")),
        Column("worker_phone", ("Worker phone",)),
        Column("opened_on", ("Opened", "Date opened"), Type.DATE, key=True),
        Column("closed_on", ("Closed", "Date closed"), Type.DATE, heading_needed=True),
    ),
    record_id=("source_id", "opened_on"),
    check=all_of(ends_before_it_begins("opened_on", "closed_on", "case"), before_birth("closed_on")),
    withholds=withholds_home("address"),
    across=(one_id_two_people("first_name"), one_pupil_number_two_ids()),
    order=40,
)
SOURCES = (CASE_LIST,)
