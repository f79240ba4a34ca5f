"""Two records that might be one person's, for tests of who is who."""

from rowan.matching.models import RecordLink, UnsurePair
from rowan.people.models import Person
from tests import people_in_tests as invented

REASONS = "same pupil number, first name same, different surname, different birth date"


def rid_of(person: Person, code: str = invented.COUNCIL) -> str:
    return RecordLink.objects.current().get(person_id=person.id, agency_code=code).rid


def unsure(one: Person, other: Person, *, weight: float = 2.0, reasons: str = REASONS) -> UnsurePair:
    """The council's record of the one and the police's of the other, as a night leaves them."""
    sides = sorted([(rid_of(one), one.id), (rid_of(other, invented.POLICE), other.id)])
    (left_rid, left), (right_rid, right) = sides
    return UnsurePair.objects.create(
        since_run=1, key=f"{left_rid}|{right_rid}", left_rid=left_rid, right_rid=right_rid, left_person_id=left,
        right_person_id=right, reasons=reasons, weight=weight,
    )  # fmt: skip
