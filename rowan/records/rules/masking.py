"""What a report may show of a cell it could not read: its first character and how long it is, never the cell."""


def masked(cell: str) -> str:
    if not cell:
        return "(empty)"
    length = len(cell)
    how_long = (
        "1 character"
        if length == 1
        else "2 to 5 characters"
        if length <= 5
        else "6 to 10 characters"
        if length <= 10
        else "11 to 40 characters"
        if length <= 40
        else "over 40 characters"
    )
    first = cell[0] if cell[0].isprintable() else "?"
    return f"{first}… ({how_long})"
