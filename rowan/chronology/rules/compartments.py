"""In which compartment a row of an agency's file stands, so that the row and the line made of it are shown to the same people."""

_BY_BEGINNING = {
    "police_": "police",
    "cin_": "social_care",
    "ssda903_": "social_care",
    "council_cases": "core",
    "school_": "education",
    "attendance_marks": "education",
}


def compartment_of(record_kind: str) -> str:
    """The compartment, or an empty word that no cell of the matrix opens: what nobody has placed is shown to nobody."""
    return next(
        (place for beginning, place in _BY_BEGINNING.items() if record_kind.startswith(beginning)), ""
    )
