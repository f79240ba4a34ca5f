"""Who is involved with a child, without content: agency, team, worker, phone, dates. One place says it for every page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rowan.agencies.rules.roles import Role
from rowan.asked_alike import asked_alike

from .models import Involvement, InvolvementQuerySet, Why
from .rules.matrix import Kind
from .rules.seeing import Seen
from .standing import Groups

# Where the agency itself would tell why.
A_HEALTH_PROFESSIONAL = "A health professional"
ASK_HEALTH = "Ask the health lead"


@dataclass(frozen=True)
class Worker:
    who: str
    team: str
    agency: str
    why: str
    phone: str
    opened_on: date
    closed_on: date | None

    @property
    def where(self) -> str:
        return ", ".join(part for part in (self.team, self.agency) if part and part != self.who)

    def ended(self, today: date) -> bool:
        return self.closed_on is not None and self.closed_on < today


def who_works_with(
    seen: Mapping[str, Seen], today: date, *, also_before: bool = False
) -> dict[str, list[Worker]]:
    """Of these children, who works with each now, and with `also_before` who did. Two queries, however many children.

    Being asked a question is not working with a child. Where the agency would tell why, only "a health professional" is said.
    """
    if not seen:
        return {}
    groups = Groups(seen)
    rows = _also_before(ids=groups.all_ids) if also_before else _by_now(ids=groups.all_ids, today=today)
    by_group: dict[str, list[Involvement]] = defaultdict(list)
    for row in rows:
        by_group[groups.now_of[row.person_id]].append(row)
    return {
        person_id: sorted(
            (_worker(row, reader) for row in by_group[groups.now_of[person_id]] if _may_know(row, reader)),
            key=lambda worker: (
                worker.ended(today),
                -(worker.closed_on or worker.opened_on).toordinal() if also_before else 0,
            ),
        )
        for person_id, reader in seen.items()
    }


def named_once(workers: Iterable[Worker]) -> list[Worker]:
    """For a line that does not say why: somebody may have several parts in a child's life, and is rung once."""
    once: dict[tuple[str, str, str], Worker] = {}
    for worker in workers:
        once.setdefault((worker.who, worker.where, worker.phone), worker)
    return list(once.values())


def _at_work(parts: InvolvementQuerySet, ids) -> InvolvementQuerySet:
    those = parts.filter(person_id__among=ids).exclude(why=Why.ASKED)
    return those.select_related("agency", "team", "practitioner", "post").order_by("why", "opened_on")


_also_before = asked_alike(lambda ids: _at_work(Involvement.objects.all(), ids))
_by_now = asked_alike(lambda ids, today: _at_work(Involvement.objects.on(today), ids))


def _may_know(row: Involvement, reader: Seen) -> bool:
    return reader.shows(row.agency.code, Kind.CORE)


def may_be_named(row: Involvement, reader: Seen) -> bool:
    """Whether this reader may know by name who it is."""
    return _may_know(row, reader) and (
        not _is_discreet(row) or reader.shows(row.agency.code, Kind.SEXUAL_HEALTH)
    )


def _is_discreet(row: Involvement) -> bool:
    return row.discreet or bool(
        row.practitioner and row.practitioner.role == Role.SEXUAL_HEALTH_CLINICIAN.value
    )


def _worker(row: Involvement, reader: Seen) -> Worker:
    if _is_discreet(row) and not reader.shows(row.agency.code, Kind.SEXUAL_HEALTH):
        return Worker(
            A_HEALTH_PROFESSIONAL, "", "", Why.WORKING_WITH.label, ASK_HEALTH, row.opened_on, row.closed_on
        )
    holder = row.practitioner
    team, agency = row.team.name if row.team else "", row.agency.name
    who = row.worker_name or (holder.display_name if holder else "") or (row.post.title if row.post else "")
    return Worker(
        who=who or team or agency,
        team=team,
        agency=agency,
        why=row.get_why_display(),
        phone=row.worker_phone or (holder.phone if holder else "") or row.agency.phone,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
    )
