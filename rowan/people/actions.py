"""Takes in from a night who there is and who works with whom. Taking the same in twice changes nothing."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from django.db import transaction

from rowan.access.actions import join_records, undo_join
from rowan.access.models import Involvement, Why
from rowan.agencies.models import Agency, Practitioner, Team
from rowan.audit_trail.actions import ROWAN, record
from rowan.matching.models import RecordLink

from .models import Person
from .safe_contact import may_be_sent  # noqa: F401  later rooms ask for it here

ROWS_A_TRANSACTION = 500


def take_in_people(person_ids: Iterable[str], *, run: int) -> int:
    """Make the people a night founded. An id never changes and is never made twice."""
    made = 0
    for chunk in _chunks(person_ids):
        known = set(Person.objects.filter(pk__in=chunk).values_list("pk", flat=True))
        fresh = [Person(pk=person_id, founded_run=run) for person_id in chunk if person_id not in known]
        Person.objects.bulk_create(fresh, ignore_conflicts=True)
        made += len(fresh)
    return made


def take_in_joins(joined: Iterable[tuple[str, str]]) -> int:
    """(was, is now): people whose records all stand with somebody else since this night. Who may see either may then see both: each leaves a line."""
    count = 0
    for chunk in _chunks(joined):
        with transaction.atomic():
            fresh = [
                (was, is_now)
                for was, is_now in chunk
                if Person.objects.filter(pk=was).exclude(now=is_now).update(now=is_now)
            ]
            join_records(fresh)
            for was, is_now in fresh:
                record(
                    by=ROWAN, did="joined two records", about_person=was, about_kind="person", about_id=is_now
                )
            count += len(fresh)
    return count


def take_in_partings(*, run: int) -> int:
    """People who had been joined into somebody and have records of their own again in this run: their joins are undone, each with a line."""
    count = 0
    joined = Person.objects.filter(now__isnull=False).order_by("pk").values_list("pk", flat=True)
    for chunk in _chunks(joined.iterator(chunk_size=ROWS_A_TRANSACTION)):
        held = RecordLink.objects.current(run).filter(person_id__in=chunk)
        for person_id in sorted(set(held.values_list("person_id", flat=True))):
            with transaction.atomic():
                person = Person.objects.select_for_update().get(pk=person_id)
                was_with, person.now = person.now_id, None
                person.save(update_fields=["now"])
                undo_join(person_id)
                record(
                    by=ROWAN,
                    did="parted two records",
                    about_person=person_id,
                    about_kind="person",
                    about_id=was_with,
                )
            count += 1
    return count


def take_in_involvements(cases: Iterable[dict], rolls: Iterable[dict], *, today: date) -> int:
    """Allocated workers from the council's case list, and the school whose roll a child is on, as the grounds of access.

    `cases`: person_id, agency, team, worker, worker_phone, opened_on, closed_on, record_id. `rolls`: person_id, agency, joined_on,
    left_on. What a night no longer holds is closed as of today, never deleted.
    """
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    # Somebody who signs in is the worker when name and agency are the same, and only one answers to it.
    by_name: dict[tuple[str, int], list[Practitioner]] = {}
    for person in Practitioner.objects.filter(is_active=True):
        by_name.setdefault((person.display_name.casefold(), person.agency_id), []).append(person)
    teams = {(team.agency_id, team.name): team for team in Team.objects.all()}
    changed = _take_in(
        Why.ALLOCATED_WORKER,
        (_allocated(row, agencies, teams, by_name) for row in cases if row["agency"] in agencies),
        today,
    )
    changed += _take_in(
        Why.ON_ROLL, (_on_roll(row, agencies) for row in rolls if row["agency"] in agencies), today
    )
    return changed


def _allocated(row: dict, agencies, teams, by_name) -> Involvement:
    agency = agencies[row["agency"]]
    named = by_name.get(((row["worker"] or "").casefold(), agency.pk), [])
    team = _team(agency, row["team"], teams)
    return Involvement(
        person_id=row["person_id"],
        agency=agency,
        team=team,
        practitioner=named[0] if len(named) == 1 else None,
        worker_name=row["worker"] or "",
        worker_phone=row["worker_phone"] or "",
        why=Why.ALLOCATED_WORKER,
        rests_on=f"{agency.code} case {row['record_id']}"[:120],
        opened_on=row["opened_on"],
        closed_on=row["closed_on"],
    )


def _team(agency: Agency, name: str | None, teams) -> Team | None:
    if not name:
        return None
    if (agency.pk, name) not in teams:
        with transaction.atomic():
            team, is_new = Team.objects.get_or_create(agency=agency, name=name)
            if is_new:
                record(by=ROWAN, did="added a team", about_kind="team", about_id=team.pk)
        teams[agency.pk, name] = team
    return teams[agency.pk, name]


def _on_roll(row: dict, agencies) -> Involvement:
    return Involvement(
        person_id=row["person_id"],
        agency=agencies[row["agency"]],
        why=Why.ON_ROLL,
        rests_on=f"{row['agency']} roll {row['joined_on']}"[:120],
        opened_on=row["joined_on"],
        closed_on=row["left_on"],
    )


_DETAILS = [
    "agency_id",
    "team_id",
    "practitioner_id",
    "worker_name",
    "worker_phone",
    "opened_on",
    "closed_on",
]


def _take_in(why: Why, wanted: Iterator[Involvement], today: date) -> int:
    """Write the difference between the involvements that stand for this reason and those a night found."""
    standing = {
        (row.person_id, row.rests_on): row
        for row in Involvement.objects.filter(why=why).iterator(chunk_size=2000)
    }
    seen: set[tuple[str, str]] = set()
    fresh: list[Involvement] = []
    changed: list[Involvement] = []
    for row in wanted:
        name = (row.person_id, row.rests_on)
        if name in seen or row.opened_on is None:
            continue
        seen.add(name)
        old = standing.get(name)
        if old is None:
            fresh.append(row)
        elif any(getattr(old, detail) != getattr(row, detail) for detail in _DETAILS):
            row.pk = old.pk
            changed.append(row)
    gone = [
        row
        for name, row in standing.items()
        if name not in seen and (row.closed_on is None or row.closed_on > today)
    ]
    for row in gone:
        row.closed_on = max(today, row.opened_on)
    done = len(fresh) + len(changed) + len(gone)
    if done:
        # Who may see whom rests on these, and a night's are too many for one transaction: the line goes first.
        particulars = {"why": why.value, "new": len(fresh), "changed": len(changed), "closed": len(gone)}
        record(by=ROWAN, did="took in who works with whom", particulars=particulars)
    for chunk in _chunks(fresh):
        Involvement.objects.bulk_create(chunk, ignore_conflicts=True)
    for chunk in _chunks(changed + gone):
        Involvement.objects.bulk_update(chunk, _DETAILS)
    return done


def _chunks(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while chunk := list(islice(rows, ROWS_A_TRANSACTION)):
        yield chunk
