"""Children, carers and adults, and every name, identifier, address and school they have had, with source and dates."""

from typing import ClassVar

from django.db import models

from rowan.encryption import SealedTextField
from rowan.records.models import PublishedRow, WrittenByDayToo

from .rules.finding import sounds_of
from .rules.safe_contact import FLAG_NAMES

NOT_KNOWN = "Name not known"


def join_names(first_name: str, surname: str) -> str:
    return " ".join(part for part in (first_name, surname) if part)


OF_SOMEBODY = ("person", "since_run", "until_run")


def _born_and_called(*names: str, name: str) -> models.Index:
    """Names in the order of their letters' own numbers, so that those beginning alike stand together in any language (`begins_with`)."""
    return models.Index(
        fields=["birth_date", *names, *OF_SOMEBODY],
        name=name,
        # PostgreSQL's words for it; SQLite knows no other order.
        opclasses=["date_ops", *(["varchar_pattern_ops"] * (len(names) + 1)), "int4_ops", "int4_ops"],
    )


class Person(models.Model):
    """Somebody. `matching` minted the id and it never changes; who she is, is in the rows that name her."""

    id = models.CharField(primary_key=True, max_length=32)
    founded_run = models.PositiveIntegerField(default=0)
    founded_by_day = models.BooleanField(default=False)
    # Set when a link joined this person into another; follow it to know who this is now.
    now = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="once")

    def who_now(self) -> "Person":
        person, seen = self, set()
        while person.now_id and person.now_id not in seen:
            seen.add(person.id)
            person = person.now
        return person


class AboutPerson(PublishedRow):
    key = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="%(class)s_rows")
    agency_code = models.CharField(max_length=80)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)

    class Meta:
        abstract = True


class KnownAs(WrittenByDayToo):
    """What a page calls her: the name, birth date and school that the newest good source gives."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="known_as")
    first_name = models.CharField(max_length=120, blank=True)
    surname = models.CharField(max_length=120, blank=True)
    birth_date = models.DateField(null=True)
    # Recorded so that fairness can be checked; no rule and no link reads them.
    sex = models.CharField(max_length=2, blank=True)
    ethnic_group = models.CharField(max_length=4, blank=True)
    disabled = models.BooleanField(null=True)
    school_code = models.CharField(max_length=80, blank=True)
    year_group = models.CharField(max_length=4, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "since_run"], name="one_known_as_a_run")]
        indexes = [
            # With everything that a look-up reads of them, so that it is answered by the indexes alone (`people.answering_to_keys`).
            models.Index(fields=["surname", "first_name", "person"], name="known_as_surname"),
            models.Index(fields=["first_name", "person"], name="known_as_first_name"),
            _born_and_called("surname", "first_name", name="known_as_born_and_surname"),
            _born_and_called("first_name", name="known_as_born_and_first_name"),
            models.Index(
                fields=[*OF_SOMEBODY, "first_name", "surname", "birth_date", "school_code"],
                name="known_as_of_somebody",
            ),
            models.Index(fields=["school_code"]),
        ]

    @property
    def name(self) -> str:
        return join_names(self.first_name, self.surname) or NOT_KNOWN


class Name(WrittenByDayToo, AboutPerson):
    first_name = models.CharField(max_length=120, blank=True)
    middle_names = models.CharField(max_length=120, blank=True)
    surname = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20)  # legal, preferred, as recorded
    # What it is found by at triage, made of the name as the row is written (`people.finding`).
    sounds = models.CharField(max_length=8, default="", db_default="")
    MADE_OF_THE_ROW: ClassVar = {"sounds": lambda row: sounds_of(row["first_name"], row["surname"])}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "since_run"], name="one_name_a_run")]
        indexes = [
            models.Index(fields=["sounds", *OF_SOMEBODY], name="names_by_their_sound"),
            models.Index(fields=[*OF_SOMEBODY, "first_name", "surname"], name="names_of_somebody"),
        ]


class Identifier(AboutPerson):
    kind = models.CharField(max_length=20)  # upn, nhs_number, council_id, child_903, school_id, police_id
    value = models.CharField(max_length=60)
    note = models.CharField(max_length=120, blank=True)  # "check letter is wrong", "temporary"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "since_run"], name="one_identifier_a_run")]
        indexes = [models.Index(fields=["kind", "value"])]


class Address(AboutPerson):
    """Where an agency says somebody lives. A withheld one stands in the sealed fields alone."""

    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    sealed_address = SealedTextField(purpose="withheld-addresses", blank=True, default="")
    sealed_postcode = SealedTextField(purpose="withheld-addresses", blank=True, default="")
    # By the day's word or a file's, for as long as either stands.
    withheld = models.BooleanField(default=False)

    @property
    def in_words(self) -> str:
        parts = (self.address or self.sealed_address, self.postcode or self.sealed_postcode)
        return ", ".join(part for part in parts if part)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "since_run"], name="one_address_a_run")]
        indexes = [
            models.Index(fields=["postcode", "withheld", *OF_SOMEBODY], name="homes_by_their_postcode"),
            models.Index(fields=[*OF_SOMEBODY, "address", "postcode"], name="homes_of_somebody"),
        ]


class SchoolPlace(AboutPerson):
    school_name = models.CharField(max_length=200)
    year_group = models.CharField(max_length=4, blank=True)
    destination = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "since_run"], name="one_school_place_a_run")]


class SafeContact(models.Model):
    """One thing to heed when reaching somebody. Never overwritten: it ends, and a new one begins."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="safe_contact")
    flag = models.CharField(max_length=20, choices=[(flag.value, name) for flag, name in FLAG_NAMES.items()])
    words = models.CharField(max_length=300, blank=True)
    said_by = models.CharField(max_length=200)
    said_on = models.DateField()
    recorded_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        indexes = [models.Index(fields=["person", "ended_at"])]
