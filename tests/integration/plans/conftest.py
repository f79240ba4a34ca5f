"""A girl, her worker, the people who do things for her, and an action as somebody sets it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.access.models import Why
from rowan.agencies.models import AgencyKind
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.plans.actions import set_action
from tests import people_in_tests as invented


class Team:
    def __init__(self):
        invented.finished_run()
        agencies = invented.three_agencies()
        self.council, self.police = agencies[invented.COUNCIL], agencies[invented.POLICE]
        self.school = agencies[invented.SCHOOL]
        self.district = invented.agency("district-899", "Invented District", AgencyKind.DISTRICT)
        person = invented.practitioner
        self.worker = person("social-worker", Role.LEAD_PROFESSIONAL, self.council, "Joan Eccles")
        self.colleague = person("colleague", Role.LEAD_PROFESSIONAL, self.council, "Rita Vale")
        self.triage = person("triage", Role.TRIAGE_OFFICER, self.council, "Tamsin Okoro")
        self.officer = person("officer", Role.POLICE_EXPLOITATION_TEAM, self.police, "Ines Crane")
        self.licensing = person("licensing", Role.LICENSING_OFFICER, self.district, "Noor Platt")
        self.stranger = person("stranger", Role.LEAD_PROFESSIONAL, self.council)
        self.councillor = person("councillor", Role.COUNCILLOR, self.council)
        self.desk = invented.post(PostKind.TRIAGE, self.council, self.worker, self.colleague)
        self.girl = invented.child("Amina", "Larkfield", sex="F", age=14, school=self.school)
        invented.involve(
            self.girl, self.council, Why.ALLOCATED_WORKER, "Joan Eccles", practitioner=self.worker
        )
        invented.involve(self.girl, self.council, Why.WORKING_WITH, practitioner=self.triage)
        self.now, self.today = timezone.now(), timezone.localdate()

    def set(self, **more):
        said = {
            "token": uuid4(),
            "person_id": self.girl.pk,
            "what": "Ring her aunt",
            "owner": self.worker,
            "due_on": self.today + timedelta(days=7),
            "by": self.worker,
            "now": self.now,
        }
        return set_action(**{**said, **more})


@pytest.fixture
def team(db):
    return Team()
