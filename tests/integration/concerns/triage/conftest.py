"""A triage desk, a school that raises concerns, and a girl whom a social worker works with."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rowan.access.models import Why
from rowan.agencies.models import AgencyKind
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from tests import concerns_in_tests
from tests import people_in_tests as invented


class Desk:
    def __init__(self):
        invented.finished_run()
        agencies = invented.three_agencies()
        self.council, self.school, self.police = (
            agencies[code] for code in (invented.COUNCIL, invented.SCHOOL, invented.POLICE)
        )
        self.health = invented.agency("health-1", "Invented Health Trust", AgencyKind.HEALTH)
        self.officer = invented.practitioner("triage", Role.TRIAGE_OFFICER, self.council, "Priya Nair")
        self.colleague = invented.practitioner("triage-two", Role.TRIAGE_OFFICER, self.council, "Sam Hollis")
        self.manager = invented.practitioner("manager", Role.APPROVING_MANAGER, self.council, "Ruth Amos")
        self.worker = invented.practitioner("worker", Role.LEAD_PROFESSIONAL, self.council, "Joan Eccles")
        self.teacher = invented.practitioner("teacher", Role.SCHOOL_SAFEGUARDING_LEAD, self.school, "Mr Carr")
        self.nurse = invented.practitioner("nurse", Role.HEALTH_LEAD, self.health, "Nurse Obi")
        self.mentor = invented.practitioner("mentor", Role.MENTOR, self.council)
        self.administrator = invented.practitioner("administrator", Role.ADMINISTRATOR, self.council)
        self.triage_post = invented.post(PostKind.TRIAGE, self.council, self.officer)
        self.girl = invented.child("Amina", "Larkfield", sex="F", age=14, school=self.school)
        self.boy = invented.child("Kacper", "Holloway", sex="M", age=15, school=self.school)
        self.now = timezone.now()

    def open_girl(self):
        return invented.involve(
            self.girl, self.council, Why.ALLOCATED_WORKER, "Joan Eccles", practitioner=self.worker
        )

    def concern(self, **more):
        more.setdefault("by", self.teacher)
        more.setdefault("received_at", self.now - timedelta(minutes=9))
        details = {"first_name": "Amina", "surname": "Larkfield", "age": 14, "school": "Larch Hill"}
        return concerns_in_tests.concern(**{"details": details, **more})


@pytest.fixture
def desk(db):
    return Desk()
