"""Founds somebody by day: a child, or an adult, of whom no agency has sent a record. The id is drawn and never changes."""

from datetime import date
from uuid import uuid4

from rowan.access.reading import ROWAN as ROWANS_EYES
from rowan.access.reading import reading_as
from rowan.records.models import OvernightRun

from .models import KnownAs, Name, Person
from .rules.finding import sounds_of


def found_by_day(
    *, first_name: str, surname: str, birth_date: date | None, school_code: str, agency_code: str, today: date
) -> Person:
    """Part of the act that says why, and leaves its line on the trail. No night ends what is written here."""
    run = OvernightRun.current_number()
    person = Person.objects.create(pk=uuid4().hex, founded_run=run, founded_by_day=True)
    called = {
        "person": person,
        "since_run": run,
        "by_day": True,
        "first_name": first_name.strip(),
        "surname": surname.strip(),
    }
    # A row that has to come back from the database is written with Rowan's own eyes (docs/adr: the second wall).
    with reading_as(ROWANS_EYES):
        KnownAs.objects.create(**called, birth_date=birth_date, school_code=school_code)
        Name.objects.create(
            **called,
            key=f"by day {person.pk}",
            agency_code=agency_code,
            kind="as recorded",
            first_on=today,
            sounds=sounds_of(first_name, surname),
        )
    return person
