"""A hub's web database as a bench finds it: a county's people, and fifty at the desk who work with a thousand of them.

    python -m tests.bench.a_hub_at_work PEOPLE USERS

Writes straight into the database that DATABASE_URL names, and prints as JSON who may be signed in and what they may look at.
"""

import json
import os
import random
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rowan.website.settings")
SEED = 4711
CHILDREN_EACH = 20
QUESTIONS_EACH = 15
SEARCHED_FOR = 400
LINES_OF_A_CHILD_WORKED_WITH = 40
LINES_OF_ANYBODY = 3


def main(people: int, users: int) -> None:
    django.setup()
    from rowan.agencies.models import Agency
    from tests import people_in_tests as invented
    from tests import told_of

    invented.finished_run(as_of=told_of.UNTIL)
    agencies = invented.three_agencies()
    Agency.objects.bulk_create(
        Agency(code=f"school-{number}", name=f"Invented School {number}", kind="school")
        for number in range(90)
    )
    told = told_of.write_index(people, SEED, ask_about=SEARCHED_FOR)
    chance = random.Random(SEED)
    _lines_of_everybody(chance)
    at_the_desk = _at_the_desk(users, agencies[invented.COUNCIL], invented)
    worked_with = _work(at_the_desk, agencies, chance, invented)
    print(
        json.dumps(
            {
                "users": _signed_in(at_the_desk, worked_with),
                "searches": [_as_typed(each.sought) for each in told],
            }
        )
    )


def _at_the_desk(users: int, council, invented) -> list:
    from rowan.agencies.rules.posts import PostKind
    from rowan.agencies.rules.roles import Role

    people = [
        invented.practitioner(
            f"desk-{number}", Role.EXPLOITATION_COORDINATOR, council, f"Desk Number {number}"
        )
        for number in range(users)
    ]
    invented.post(PostKind.TRIAGE, council, people[0])
    invented.post(PostKind.EXPLOITATION_COORDINATOR, council, people[1])
    return people


def _lines_of_everybody(chance: random.Random) -> None:
    """A few lines for each child of the county, as a night would have left them."""
    from rowan.people.models import Person

    ids = Person.objects.order_by("pk").values_list("pk", flat=True)
    _write_lines(((person_id, LINES_OF_ANYBODY) for person_id in ids.iterator()), chance)


def _write_lines(wanted, chance: random.Random, salt: str = "") -> None:
    from rowan.chronology.models import Entry, EntrySource
    from tests import people_in_tests as invented
    from tests import told_of

    kinds = [
        ("arrest", "Arrested", "core"),
        ("missing", "Missing overnight", "core"),
        ("school_move", "Changed school", "education"),
    ]
    entries, sources = [], []
    for person_id, lines in wanted:
        for number in range(lines):
            kind, title, compartment = kinds[chance.randrange(len(kinds))]
            on = told_of.UNTIL - timedelta(days=chance.randrange(1, 720))
            key = invented.digest(salt, person_id, number)
            of = {"person_id": person_id, "since_run": 1, "agency_code": invented.COUNCIL}
            entries.append(
                Entry(
                    **of,
                    key=key,
                    happened_on=on,
                    known_on=on,
                    kind=kind,
                    title=title,
                    compartment=compartment,
                )
            )
            sources.append(
                EntrySource(
                    **of, key=invented.digest("source", key), entry_key=key, record_kind=kind, source="council:person", record_id=key[:12],
                    rid=key[:32], file="an-agency/a-file.csv", line=number + 2, received_on=on,
                )
            )  # fmt: skip
        if len(entries) > 5_000:
            _flush(entries, sources)
    _flush(entries, sources)


def _flush(entries: list, sources: list) -> None:
    from rowan.chronology.models import Entry, EntrySource

    Entry.objects.bulk_create(entries, batch_size=1_000)
    EntrySource.objects.bulk_create(sources, batch_size=1_000)
    entries.clear()
    sources.clear()


def _work(desk: list, agencies: dict, chance: random.Random, invented) -> dict[int, list[str]]:
    """Each works with some children, whom the hub has open; some of them bring a question to each."""
    from django.db import transaction

    from rowan.people.models import Person

    ids = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    chosen = chance.sample(ids, len(desk) * CHILDREN_EACH)
    people, school = Person.objects.in_bulk(chosen), agencies[invented.SCHOOL]
    worked_with: dict[int, list[str]] = {}
    for number, worker in enumerate(desk):
        mine = [people[pk] for pk in chosen[number * CHILDREN_EACH : (number + 1) * CHILDREN_EACH]]
        # One commit for all that one works with: the disk is asked fifty times, not fifty thousand.
        with transaction.atomic():
            _one_desk(worker, mine, school, invented)
        worked_with[worker.pk] = [child.pk for child in mine]
    _write_lines(((pk, LINES_OF_A_CHILD_WORKED_WITH) for pk in chosen), chance, salt="worked with")
    return worked_with


def _one_desk(worker, children: list, school, invented) -> None:
    from uuid import uuid4

    from django.utils import timezone

    from rowan.access.models import Why
    from rowan.assessments.actions import open_strand

    for order, child in enumerate(children):
        invented.involve(child, worker.agency, Why.ALLOCATED_WORKER, worker.display_name, practitioner=worker)
        invented.involve(child, school, Why.ON_ROLL)
        invented.attendance(child, school)
        open_strand(
            token=uuid4(), person_id=child.pk, lead=worker, why="A teacher is worried", by=worker, now=timezone.now()
        )  # fmt: skip
        if order < QUESTIONS_EACH:
            rows = [(invented.POLICE, invented.days_ago(days), "Missing overnight") for days in (4, 11)]
            figures = {
                "episodes": 2,
                "overnight": 2,
                "first_on": rows[1][1].isoformat(),
                "last_on": rows[0][1].isoformat(),
            }
            invented.question(child, "missing_again", rows=rows, to=worker, figures=figures)


def _signed_in(desk: list, worked_with: dict[int, list[str]]) -> list[dict]:
    from tests.signing_in import signed_in_session

    return [{"session": signed_in_session(each), "children": worked_with[each.pk]} for each in desk]


def _as_typed(sought) -> dict[str, str]:
    return {
        "first_name": sought.first_name or "", "surname": sought.surname or "",
        "birth_date_day": str(sought.birth_date.day), "birth_date_month": str(sought.birth_date.month), "birth_date_year": str(sought.birth_date.year),
        "postcode": sought.postcode or "", "why": "A school rang about a child",
    }  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
