"""Open reference files: the postcode directory (ONSPD, whose column names change each release) and the register of schools (GIAS)."""

from rowan.records.rules.dates import DateStyle
from rowan.records.rules.identifiers import tidy_school_number
from rowan.records.rules.postcodes import tidy_postcode

from .profile import Column, Source, Type

POSTCODES = Source(
    format="postcode directory (ONSPD)",
    feed="places",
    kind="postcodes",
    agency_kind="council",
    scheme="postcode",
    columns=(
        Column("postcode", ("pcds", "pcd7", "pcd8", "pcd", "pcd2"), key=True, tidy=tidy_postcode),
        Column("introduced", ("dointr",), Type.DATE, style=DateStyle.YEAR_MONTH),
        # A terminated postcode is still quoted by people.
        Column("terminated", ("doterm",), Type.DATE, style=DateStyle.YEAR_MONTH),
        # Northings come padded with noughts.
        Column("eastings", ("east1m", "oseast1m"), Type.WHOLE, heading_needed=True),
        Column("northings", ("north1m", "osnrth1m"), Type.WHOLE, heading_needed=True),
        Column("authority", (r"re:lad\d\dcd", "oslaua"), heading_needed=True),
        Column("ward", (r"re:wd\d\dcd", "osward")),
        Column("lsoa", (r"re:lsoa21(cd)?", r"re:lsoa\d\d(cd)?")),
        Column("latitude", ("lat",), Type.NUMBER),
        Column("longitude", ("long",), Type.NUMBER),
    ),
    record_id=("postcode",),
    derive=lambda row: {"source_id": row["postcode"]},
    keeps_raw=False,
    among_many=True,
    order=10,
)
SCHOOLS = Source(
    format="register of schools (GIAS)",
    feed="places",
    kind="schools",
    agency_kind="council",
    scheme="urn",
    columns=(
        Column("urn", ("URN",), key=True),
        Column("la_code", ("LA (code)",), key=True),
        Column("_establishment", ("EstablishmentNumber",), heading_needed=True),
        Column("name", ("EstablishmentName",), heading_needed=True),
        Column("phase", ("PhaseOfEducation (name)",)),
        Column("low_age", ("StatutoryLowAge",), Type.WHOLE),
        Column("high_age", ("StatutoryHighAge",), Type.WHOLE),
        Column("postcode", ("Postcode",), tidy=tidy_postcode),
        Column("town", ("Town",)),
    ),
    record_id=("urn",),
    derive=lambda row: {
        "source_id": row["urn"],
        "laestab": school_number(row["la_code"], row["_establishment"]),
    },
    keeps_raw=False,
    among_many=True,
    order=11,
)
SOURCES = (POSTCODES, SCHOOLS)


def school_number(la_code: str, establishment: str | None) -> str | None:
    """Council and establishment number as one, as everybody else writes it."""
    return tidy_school_number(f"{la_code}{establishment.zfill(4)}") if establishment else None
