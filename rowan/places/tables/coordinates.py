"""Postcodes with co-ordinates, from ONS's directory or the county's own in the same columns."""

from ibis.expr.types import Table


def coordinates(postcodes: Table) -> Table:
    """postcode (one space, upper case), eastings, northings (metres), authority. Postcodes without a place are left out."""
    placed = postcodes.filter(postcodes.eastings.notnull() & postcodes.northings.notnull())
    return placed.select("postcode", "eastings", "northings", "authority").distinct(on="postcode")
