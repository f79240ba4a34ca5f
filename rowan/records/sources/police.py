"""What a police force sends: missing incidents, and arrests of under-18s. There is no national layout: this is the force's own.

Officer-defined ethnicity is an appearance, not an ethnicity, and is never mixed with what people say of themselves.
"""

from collections.abc import Callable
from typing import Any

from rowan.records.rules.dates import DateStyle
from rowan.records.rules.sealing import Place, Purpose

from .agency_codes import of_police
from .looks_across import one_id_two_people
from .person_columns import address, address_withheld, birth_date, postcode, sex, source_id, withholds_home
from .profile import Column, Row, Sealing, Source, Type, all_of, before_birth, codes, where_withheld

FORCE = Column("force", ("Force", "Police force"), key=True)

_PERSON = (
    source_id("PersonRef", "Nominal"),
    Column("surname", ("Surname",)),
    Column("first_name", ("Forename",)),
    birth_date("DOB", "Date of birth", style=DateStyle.ISO),
    sex("Sex"),
    Column("ethnicity_officer_defined", ("OfficerDefinedEthnicity",)),
    address("home_address", "HomeAddress"),
    postcode("home_postcode", ("HomePostcode",), sealed=where_withheld),
    address_withheld(),
)
_SOURCE = Sealing(Purpose.SOURCE)


def _is_the_home(postcode_of_place: str) -> Callable[[Row, bool], bool]:
    """Whether somebody was seen, found or arrested where nobody may be told that she lives."""
    return lambda row, withholds: (
        withholds and row[postcode_of_place] is not None and row[postcode_of_place] == row["home_postcode"]
    )


def _place(name: str, heading: str, postcode_name: str, postcode_heading: str) -> tuple[Column, Column]:
    is_home = _is_the_home(postcode_name)
    return (
        Column(name, (heading,), sealed=Sealing(Purpose.WITHHELD_ADDRESS, is_home, Place.ADDRESS)),
        postcode(postcode_name, (postcode_heading,), sealed=is_home),
    )


def _moment(name: str, *headings: str, **more: Any) -> Column:
    return Column(name, headings, Type.MOMENT, **more)


def found_before_reported_missing(row: Row) -> list[str]:
    """Last seen, found, returned: in that order, whenever it was reported."""
    order = [moment for name in ("last_seen_at", "found_at", "returned_at") if (moment := row[name])]
    return ["last seen, found and returned are out of order"] if order != sorted(order) else []


MISSING_INCIDENTS = Source(
    format="police missing incidents",
    feed="police_missing",
    kind="police_missing",
    agency_kind="police",
    scheme="person",
    columns=(
        Column("incident_ref", ("IncidentRef",), key=True),
        FORCE,
        *_PERSON,
        _moment("reported_at", "ReportedAt", key=True),
        Column("reported_by", ("ReportedBy",), sealed=_SOURCE),
        _moment("last_seen_at", "LastSeenAt"),
        *_place("last_seen_place", "LastSeenPlace", "last_seen_postcode", "LastSeenPostcode"),
        # "Absent" is withdrawn and stays in old rows.
        Column(
            "grade", ("Grade", "Risk"), codes=codes("no apparent risk,low,medium,high,absent", between=",")
        ),
        _moment("found_at", "FoundAt", heading_needed=True),
        *_place("found_place", "FoundPlace", "found_postcode", "FoundPostcode"),
        Column("found_by", ("FoundBy",), sealed=_SOURCE),
        Column("means_of_travel", ("MeansOfTravel",)),
        _moment("returned_at", "ReturnedAt"),
        # Told by whoever reported it, about her and others: held as intelligence, though its line stands with the police's.
        Column("circumstances", ("Circumstances",), sealed=Sealing(Purpose.INTELLIGENCE)),
    ),
    record_id=("incident_ref",),
    happened="reported_at",
    filed_by_event=True,
    own_number="force",
    agency_of=of_police,
    check=all_of(found_before_reported_missing, before_birth("reported_at")),
    withholds=withholds_home("home_address"),
    across=(one_id_two_people("first_name"),),
    order=50,
)
ARRESTS = Source(
    format="police arrests of under-18s",
    feed="police_arrests",
    kind="police_arrests",
    agency_kind="police",
    scheme="person",
    columns=(
        Column("custody_ref", ("CustodyRef",), key=True),
        FORCE,
        *_PERSON,
        _moment("arrested_at", "ArrestedAt", key=True),
        *_place("place", "PlaceOfArrest", "place_postcode", "ArrestPostcode"),
        Column("offence", ("Offence",), heading_needed=True),
        Column("company", ("Company",)),
        Column("disposal", ("Disposal",)),
        Column("charged_on", ("ChargedOn",), Type.DATE, style=DateStyle.ISO),
    ),
    record_id=("custody_ref",),
    happened="arrested_at",
    filed_by_event=True,
    own_number="force",
    agency_of=of_police,
    check=before_birth("arrested_at"),
    withholds=withholds_home("home_address"),
    across=(one_id_two_people("first_name"),),
    order=51,
)
SOURCES = (MISSING_INCIDENTS, ARRESTS)
