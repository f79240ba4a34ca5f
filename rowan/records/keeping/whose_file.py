"""Whose file is this? A number inside it wins; else who was named; else the only agency that has agreed to send this feed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from rowan.records.sources.agency_codes import as_given
from rowan.records.sources.profile import Source
from rowan.refusals import NotPossible

from . import delta_tables

# Of the ids in a flattened piece of a census, how many must be in one council's whole return for it to be a piece of that.
SAME_CHILDREN = 0.9


@dataclass(frozen=True)
class Agreement:
    """An agency's agreement to send a feed."""

    feed: str
    agency: str


@dataclass(frozen=True)
class Sender:
    """The agency a file comes from. One unknown so far is added when the file is taken, in a home not in service."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class KnownAgencies:
    """Agencies by code, and what they have agreed to send."""

    names: dict[str, str]
    kinds: dict[str, str]
    agreements: Sequence[Agreement]

    def by_code_or_name(self, given: str) -> Sender | None:
        plain = given.strip().casefold()
        for code, name in self.names.items():
            if plain in {code.casefold(), name.casefold()}:
                return Sender(code, name, self.kinds[code])
        return None

    def senders_of(self, feed: str) -> list[Sender]:
        codes = dict.fromkeys(agreement.agency for agreement in self.agreements if agreement.feed == feed)
        return [Sender(code, self.names.get(code, code), self.kinds.get(code, "")) for code in codes]


def whose_file(
    *,
    number_inside: str | None,
    agency_of: Callable[[str], tuple[str, str]],
    feed: str,
    agency_kind: str,
    known: KnownAgencies,
    from_agency: str | None,
    in_service: bool,
) -> Sender:
    if number_inside:
        code, name = agency_of(number_inside)
        found = known.by_code_or_name(code)
        return _checked(found or Sender(code, name, agency_kind), found is not None, in_service)
    if from_agency:
        found = known.by_code_or_name(from_agency)
        if found is None:
            code, name = as_given(from_agency, agency_kind)
            found_by_code = known.by_code_or_name(code)
            kind = next(
                (kind for kind in _KINDS if code.startswith(kind.replace("_", "-") + "-")), agency_kind
            )
            return _checked(found_by_code or Sender(code, name, kind), found_by_code is not None, in_service)
        return found
    senders = known.senders_of(feed)
    if len(senders) == 1:
        return senders[0]
    if not senders:
        raise NotPossible(
            "nothing in the file says which agency it is from, and no agency has an agreement for this feed: "
            "say it with --from AGENCY"
        )
    raise NotPossible(
        f"nothing in the file says which agency it is from, and {len(senders)} have an agreement for this feed: "
        "say it with --from AGENCY"
    )


_KINDS = ("council", "police", "school", "health", "youth_justice", "voluntary")


def _checked(sender: Sender, is_known: bool, in_service: bool) -> Sender:
    if in_service and not is_known:
        raise NotPossible(
            f"the agency {sender.code} is not known here, and a home in service adds none by itself"
        )
    return sender


def council_of_the_whole_return(
    connection: duckdb.DuckDBPyConnection, home: Path, source: Source, ids: Sequence[str]
) -> str | None:
    """A piece of a census holds no number. If its children are those of a return that is in, it is that council's."""
    files = delta_tables.files_of(home, source.kind)
    if not source.is_a_piece or not files or not ids:
        return None
    found = connection.execute(
        """
        select agency, count(distinct source_id) / $number as share
        from read_parquet($files, union_by_name=true, hive_partitioning=false)
        where list_contains($ids, source_id) group by agency order by share desc limit 1
        """,
        {"files": files, "ids": list(ids), "number": float(len(ids))},
    ).fetchone()
    return found[0] if found and found[1] >= SAME_CHILDREN else None
