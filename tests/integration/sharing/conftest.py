"""A girl whom the council, the police and a school know, the people who work with her, and a decision as somebody says it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.access.models import Why
from rowan.agencies.rules.roles import Role
from rowan.sharing.actions import decide, set_up_standing
from rowan.sharing.rules.deciding import Said
from tests import people_in_tests as invented


class Hub:
    def __init__(self):
        invented.finished_run()
        self.agencies = invented.three_agencies()
        council, school = self.agencies[invented.COUNCIL], self.agencies[invented.SCHOOL]
        self.school, self.council, self.police = school, council, self.agencies[invented.POLICE]
        self.worker = invented.practitioner("social-worker", Role.LEAD_PROFESSIONAL, council, "Joan Eccles")
        self.coordinator = invented.practitioner("coordinator", Role.EXPLOITATION_COORDINATOR, council)
        self.lead = invented.practitioner("school-lead", Role.SCHOOL_SAFEGUARDING_LEAD, school)
        self.stranger = invented.practitioner("stranger", Role.LEAD_PROFESSIONAL, council)
        self.governance = invented.practitioner("governance", Role.INFORMATION_GOVERNANCE, council)
        self.manager = invented.practitioner("manager", Role.APPROVING_MANAGER, council)
        self.administrator = invented.practitioner("administrator", Role.ADMINISTRATOR, council)
        self.councillor = invented.practitioner("councillor", Role.COUNCILLOR, council)
        self.girl = invented.child("Amina", "Larkfield", sex="F", age=14, school=school, called="Mina")
        self.boy = invented.child("Kacper", "Holloway", sex="M", age=15, school=school)
        for child in (self.girl, self.boy):
            invented.involve(child, school, Why.ON_ROLL)
            invented.attendance(child, school, weeks=3)
        invented.involve(self.girl, council, Why.ALLOCATED_WORKER, "Joan Eccles", practitioner=self.worker)
        invented.involve(self.girl, council, Why.WORKING_WITH, practitioner=self.coordinator)
        self.now = timezone.now()
        self.today = timezone.localdate()

    def said(self, **more) -> Said:
        return Said(**{**invented.WHOLE, **more})

    def not_shared(self, **more) -> Said:
        return Said(**{**invented.NOT_SHARED, "review_on": self.today + timedelta(days=28), **more})

    def decide(self, said=None, *, by=None, child=None, token=None, **more):
        return decide(
            said or self.said(),
            token=token or uuid4(),
            person_ids=[(child or self.girl).pk],
            recipient_agency=more.pop("recipient_agency", self.police),
            by=by or self.worker,
            now=self.now,
            **more,
        )

    def standing(self, *, by=None, **more):
        changed = {
            "name": "Daily huddle",
            "kind": "meeting",
            "agreement": None,
            "recipient_agency": self.police,
            "families_told": "At the first visit",
            "from_on": self.today,
            "until_on": self.today,
        }
        said = self.said(
            whose=more.pop("whose", "own"),
            items=more.pop("items", ("name_and_birth_date", "missing_episodes")),
        )
        return set_up_standing(
            said, token=uuid4(), by=by or self.coordinator, now=self.now, **{**changed, **more}
        )


@pytest.fixture
def hub(db):
    return Hub()
