"""Whether somebody's home is withheld, and which addresses a reader may be told then: those whose role sees addresses whole."""

from collections.abc import Iterable, Mapping

from rowan.access.rules.matrix import Kind, Opens
from rowan.access.rules.seeing import Seen
from rowan.access.standing import Groups
from rowan.asked_alike import asked_alike

from .models import Address, SafeContact
from .rules.safe_contact import Flag


def home_is_withheld(person_id: str) -> bool:
    """By the day's word, or a file's."""
    ids = Groups([person_id]).all_ids
    return (
        SafeContact.objects.filter(person_id__in=ids, flag=Flag.ADDRESS_WITHHELD, ended_at=None).exists()
        or Address.objects.current().filter(person_id__in=ids, withheld=True).exists()
    )


def withheld_by_day() -> set[str]:
    """Ids of everybody whose home somebody withheld by day, under every id they have had."""
    return set(Groups(_withheld()).all_ids)


@asked_alike
def _withheld():
    flagged = SafeContact.objects.filter(flag=Flag.ADDRESS_WITHHELD, ended_at=None)
    return flagged.order_by().values_list("person_id", flat=True)


def may_be_told(rows: Iterable[Address], seen: Seen, *, withheld: bool) -> list[Address]:
    """Of the addresses of one person, those this reader may be told. `withheld`: somebody recorded so by day."""
    whole = seen.whole(Kind.ADDRESSES)
    return [
        row
        for row in rows
        if seen.shows(row.agency_code, Kind.ADDRESSES) and (whole or not (withheld or row.withheld))
    ]


def homes_that_may_be_told(seen: Mapping[str, Seen]) -> set[str]:
    """Of whose home this reader may be told anything at all, and so whether it is another's too.

    That a withheld home is the home of a child whose address one sees tells where it is.
    """
    open_to = {
        person_id
        for person_id, each in seen.items()
        if each.opens(Kind.ADDRESSES) is Opens.EVERYTHING and not each.at_a_school
    }
    limited = [person_id for person_id in open_to if not seen[person_id].whole(Kind.ADDRESSES)]
    return open_to - homes_withheld(limited) if limited else open_to


def homes_withheld(person_ids: Iterable[str]) -> set[str]:
    """As `home_is_withheld`, of several at once."""
    groups = Groups(person_ids)
    ids = list(groups.all_ids)
    flagged = SafeContact.objects.filter(person_id__in=ids, flag=Flag.ADDRESS_WITHHELD, ended_at=None)
    filed = Address.objects.current().filter(person_id__in=ids, withheld=True)
    found = {each for rows in (flagged, filed) for each in rows.values_list("person_id", flat=True)}
    withheld = {groups.now_of[each] for each in found}
    return {person_id for person_id in groups.wanted if groups.now_of[person_id] in withheld}
