"""What the pages of agreements show: what a version says, line by line, and what differs between two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rowan.agencies.models import Agency

from .models import Agreement
from .rules.agreements import HOW_NAMES, Agreed, How, how_it_stands
from .rules.law import names_of
from .shown import Row

LABELS = {
    "name": "Called",
    "parties": "Agencies",
    "other_parties": "Other bodies",
    "purpose": "For",
    "what": "What is shared",
    "article6": "Lawful basis",
    "condition": "Condition",
    "duty": "Duty or power",
    "document_reference": "Signed document",
    "from_on": "First day",
    "until_on": "Last day",
    "review_on": "Review due",
    "owner": "Owner",
}


@dataclass(frozen=True)
class Difference:
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    agreement: Agreement
    changes: list[Difference]  # against the version it replaced


@dataclass(frozen=True)
class Listed:
    agreement: Agreement
    how: How

    @property
    def how_name(self) -> str:
        return HOW_NAMES[self.how]


def rows_of(said: Agreed, owner) -> list[Row]:
    return [
        Row(LABELS[box], says, box) for box, says in _lines(said, owner, _agencies([said])).items() if says
    ]


def differences(before: tuple[Agreed, object], after: tuple[Agreed, object]) -> list[Difference]:
    names = _agencies([before[0], after[0]])
    old, new = (_lines(said, owner, names) for said, owner in (before, after))
    return [Difference(LABELS[box], old[box], new[box]) for box in LABELS if old[box] != new[box]]


def versions_of(series) -> list[Version]:
    """Newest first. Three queries, however many."""
    rows = list(
        Agreement.objects.filter(series=series)
        .select_related("owner__agency", "by__agency")
        .prefetch_related("parties")
        .order_by("-at", "-id")
    )
    by_pk = {row.pk: row for row in rows}
    said = [(row.says, row.owner) for row in rows]
    names = _agencies(each for each, _ in said)
    lines = {row.pk: _lines(each, owner, names) for row, (each, owner) in zip(rows, said, strict=True)}
    return [
        Version(
            row,
            [
                Difference(LABELS[box], lines[row.replaces_id][box], lines[row.pk][box])
                for box in LABELS
                if row.replaces_id in by_pk and lines[row.replaces_id][box] != lines[row.pk][box]
            ],
        )
        for row in rows
    ]


def how(agreement: Agreement, today: date, *, ended: bool) -> How:
    return how_it_stands(
        from_on=agreement.from_on, until_on=agreement.until_on, review_on=agreement.review_on, ended=ended, today=today
    )  # fmt: skip


def _agencies(said: Iterable[Agreed]) -> dict[int, str]:
    wanted = {pk for each in said for pk in each.parties}
    return dict(Agency.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _lines(said: Agreed, owner, names: dict[int, str]) -> dict[str, str]:
    lines = {}
    for box in LABELS:
        if box == "parties":
            says = "; ".join(sorted(names.get(pk, "") for pk in said.parties))
        elif box == "owner":
            says = f"{owner.display_name}, {owner.agency.name}" if owner else ""
        elif box in {"article6", "condition", "duty"}:
            says = "; ".join(names_of([getattr(said, box)]))
        elif box in {"from_on", "until_on", "review_on"}:
            on = getattr(said, box)
            says = f"{on.day} {on:%B %Y}" if on else ""
        else:
            says = getattr(said, box).strip()
        lines[box] = says
    return lines
