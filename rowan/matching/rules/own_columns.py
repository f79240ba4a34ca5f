"""The columns that a file of somebody's own may have, for trying what matching would do with it."""

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
