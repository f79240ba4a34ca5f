"""Why questions were asked, and whose rows stand behind each reason: looked up for many questions at once."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from rowan.asked_alike import asked_alike

from .models import EvidenceRow, Reason


def reasons_of(question_ids: Iterable[UUID]) -> list[Reason]:
    """The newest first."""
    ids = list(question_ids)
    return _reasons(ids=ids) if ids else []


def who_is_behind(reason_ids: Iterable[int]) -> dict[int, set[tuple[str, str]]]:
    """By reason: each agency and the kind of record that it sent."""
    behind: dict[int, set[tuple[str, str]]] = defaultdict(set)
    ids = list(reason_ids)
    for reason, agency, kind in _behind(ids=ids) if ids else ():
        behind[reason].add((agency, kind))
    return behind


@asked_alike
def _reasons(ids):
    return Reason.objects.filter(question__among=ids)


@asked_alike
def _behind(ids):
    rows = EvidenceRow.objects.filter(reason__among=ids).order_by()
    return rows.values_list("reason", "agency_code", "record_kind").distinct()
