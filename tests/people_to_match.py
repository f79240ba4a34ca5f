"""Makes records of people for tests of matching: only what a test is about need be said."""

from datetime import date

from rowan.matching.known_names import known_as
from rowan.matching.rules.identity import READ, identity

BORN = date(2011, 5, 3)
UPN, OTHER_UPN, THIRD_UPN = "W801200001011", "K801200001012", "Z801200001013"
NHS, OTHER_NHS = "9990000018", "9990000026"


def record(source="school-8994001:admission", source_id="100", **said):
    """A record as an agency sent it."""
    blank = dict.fromkeys(READ)
    first = said.get("first_name") or ""
    rid = said.pop("rid", f"{source}/{source_id}/{first}/{said.get('birth_date')}")
    return (
        blank | {"rid": rid, "source": source, "source_id": source_id, "agency": source.split(":")[0]} | said
    )


def person(place=0, source="school-8994001:admission", source_id="100", **said):
    """The same, tidied for comparison."""
    return identity(record(source, source_id, **said), place, known_as())
