"""A hub with its triage desk and its designated officer, a school, a clinic, and what a teacher tells."""

from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.access.models import Why
from rowan.agencies.models import AgencyKind
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import PUBLIC
from rowan.concerns.actions.raising import Door, raise_concern
from rowan.concerns.models.concern import CameBy
from rowan.concerns.rules.told import Referrer, Told
from tests import people_in_tests as invented


class Hub:
    def __init__(self):
        invented.finished_run()
        self.agencies = invented.three_agencies()
        self.council, self.school, self.police = (
            self.agencies[code] for code in (invented.COUNCIL, invented.SCHOOL, invented.POLICE)
        )
        self.clinic = invented.agency("clinic-1", "Invented Clinic", AgencyKind.HEALTH)
        self.triage = invented.practitioner("triage", Role.TRIAGE_OFFICER, self.council, "Tamsin Okoro")
        self.officer = invented.practitioner("lado", Role.APPROVING_MANAGER, self.council, "Lindiwe Fell")
        self.lead = invented.practitioner(
            "school-lead", Role.SCHOOL_SAFEGUARDING_LEAD, self.school, "Sian Blakemore"
        )
        self.teacher = invented.practitioner("teacher", Role.REFERRER, self.school, "Rhys Amoah")
        self.nurse = invented.practitioner("nurse", Role.SEXUAL_HEALTH_CLINICIAN, self.clinic, "Nia Frost")
        self.desk = invented.post(PostKind.TRIAGE, self.council, self.triage)
        self.officers_post = invented.post(PostKind.LADO, self.council, self.officer)
        self.girl = invented.child("Amina", "Larkfield", sex="F", age=14, school=self.school, called="Mina")
        invented.involve(self.girl, self.school, Why.ON_ROLL)
        self.now = timezone.now()

    def told(self, **more) -> Told:
        plain = {
            "about": "child",
            "raises": "school_staff",
            "details": (("name", "Amina Larkfield"), ("age", "14")),
            "what_worries": "She has missed most Fridays since half-term and will not say where she goes.",
        }
        return Told(**{**plain, **more})

    def raised(self, told=None, *, token=None, by=None, now=None, **door):
        return raise_concern(
            told or self.told(),
            token=token or uuid4(),
            door=Door(**{"came_by": CameBy.PRACTITIONER.value, **door}),
            by=by or self.teacher,
            now=now or self.now,
        )

    def raised_by_a_stranger(self, told=None, *, token=None, code="0" * 20, **more):
        told = told or self.told(raises="taxi_driver", about="place", details=(("name", "The car park"),))
        door = {"came_by": CameBy.PUBLIC.value, "referrer": Referrer(), "code": code, **more}
        return self.raised(told, token=token, by=PUBLIC, **door)


@pytest.fixture
def hub(db):
    return Hub()
