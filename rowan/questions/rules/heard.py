"""Who may read the words of a question that joins what several agencies said."""

from collections.abc import Collection

from rowan.access.rules.seeing import Seen
from rowan.chronology.rules.compartments import compartment_of

from .register import rule_named


def heard_whole(rule_name: str, rows: Collection[tuple[str, str]], seen: Seen) -> bool:
    """Of a rule that joins what agencies said: whether the reader may see at least a heading of each (agency, kind of row).

    The rule's name and words would tell a reader of the one agency's rows what the other one said.
    """
    rule = rule_named(rule_name)
    if rule is None or not rule.joins_agencies:
        return True
    return all(seen.shows(agency, compartment_of(kind)) for agency, kind in rows)
