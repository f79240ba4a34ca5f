"""The columns that a file of somebody's own may have, for trying what matching would do with it."""

from difflib import get_close_matches

from rowan.records.rules.headings import normalised

# The columns it may have, and what matching calls them. Sex may stand in the file; matching reads it as little as at night.
COLUMNS = {
    "record_id": "source_id",
    "agency": "agency",
    "first_name": "first_name",
    "surname": "surname",
    "date_of_birth": "birth_date",
    "sex": "",
    "postcode": "postcode",
    "address": "address",
    "nhs_number": "nhs_number",
    "upn": "upn",
}
SAYS_WHO = ("first_name", "surname", "date_of_birth", "nhs_number", "upn")

# What other people's systems call these columns, as their headings read without blanks, hyphens and capitals.
ALSO_CALLED = {
    "record_id": ("id", "recordno", "recordnumber", "reference", "ref", "personid", "personref", "uniqueid"),
    "agency": ("agencyname", "organisation", "organization", "source", "service"),
    "first_name": ("forename", "forenames", "firstname", "givenname", "givennames", "christianname", "fname", "preferredname"),
    "surname": ("lastname", "familyname", "secondname", "sname", "lname"),
    "date_of_birth": ("dob", "birthdate", "dateofbirth", "birthday", "born", "bornon", "personbirthdate"),
    "postcode": ("postalcode", "homepostcode", "addresspostcode", "pcode", "zip", "zipcode"),
    "address": ("homeaddress", "fulladdress", "addressline1", "address1", "street"),
    "nhs_number": ("nhs", "nhsno", "nhsnum"),
    "upn": ("uniquepupilnumber", "pupilnumber", "pupilno", "upnnumber"),
}  # fmt: skip


def meant(heading: str) -> str:
    """The column that somebody's heading probably stands for, or nothing. Nobody's column is read on a guess: it is asked about."""
    plain = normalised(heading)
    for name, others in ALSO_CALLED.items():
        if plain in others:
            return name
    close = get_close_matches(plain, [normalised(name) for name in ALSO_CALLED], n=1, cutoff=0.8)
    return next((name for name in ALSO_CALLED if close and normalised(name) == close[0]), "")
