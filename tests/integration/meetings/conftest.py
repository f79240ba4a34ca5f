"""A child panel of six people and four children, one of them restricted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.access.models import LetIn, Restriction, Why
from rowan.agencies.models import AgencyKind
from rowan.agencies.rules.roles import Role
from rowan.meetings.actions import decide, draw_up, set_item_action, set_up_series, who_came
from rowan.timescales.actions import start_clock
from tests import people_in_tests as invented


class Panel:
    def __init__(self):
        invented.finished_run()
        agencies = invented.three_agencies()
        self.council, self.police = agencies[invented.COUNCIL], agencies[invented.POLICE]
        self.school = agencies[invented.SCHOOL]
        self.health = invented.agency("health-899", "Invented Trust", AgencyKind.HEALTH)
        person = invented.practitioner
        self.organiser = person("organiser", Role.EXPLOITATION_COORDINATOR, self.council, "Colm Desai")
        self.chair = person("chair", Role.PANEL_CHAIR, self.council, "Wanda Firth")
        self.member = person("member", Role.PANEL_MEMBER, self.council, "Sol Arden")
        self.officer = person("officer", Role.POLICE_EXPLOITATION_TEAM, self.police, "Ines Crane")
        self.nurse = person("nurse", Role.HEALTH_LEAD, self.health, "Bea Lunn")
        self.worker = person("social-worker", Role.LEAD_PROFESSIONAL, self.council, "Joan Eccles")
        self.councillor = person("councillor", Role.COUNCILLOR, self.council)
        self.now, self.today = timezone.now(), timezone.localdate()
        names = ["Amina", "Kacper", "Lena", "Hidden"]
        self.girl, self.boy, self.other, self.hidden = (
            invented.child(name, "Larkfield", sex="F", age=14, school=agencies[invented.SCHOOL]) for name in names
        )  # fmt: skip
        invented.involve(self.girl, self.council, Why.ALLOCATED_WORKER, practitioner=self.worker)
        restriction = Restriction.objects.create(
            person_id=self.hidden.pk, why="staff family", owner=self.worker, set_by="operator"
        )
        LetIn.objects.create(restriction=restriction, practitioner=self.worker, by="operator")
        self.owe(self.girl, kind="sign of harm")
        self.owe(self.boy, due_in=-3)
        self.owe(self.hidden, due_in=-3)

    def owe(self, child, *, what="an answer", kind="question", due_in=2):
        start_clock(
            what=what, about_kind=kind, about_id=str(uuid4()), about_person=child.pk,
            due_on=self.today + timedelta(days=due_in), now=self.now, owner=self.worker,
        )  # fmt: skip

    def series(self, **more):
        said = {
            "token": uuid4(), "name": "Child panel", "kind": "panel", "rhythm": "monthly", "chair": self.chair,
            "organiser": self.organiser, "members": [self.member, self.officer, self.nurse],
            "first_on": self.today, "by": self.organiser, "now": self.now,
        }  # fmt: skip
        return set_up_series(**{**said, **more})

    def meeting(self, **more):
        return self.series(**more).meetings.get()

    def drawn_up(self):
        meeting = self.meeting()
        draw_up(meeting, by=self.organiser, now=self.now)
        return meeting

    def in_session(self, came=None):
        meeting = self.drawn_up()
        came = [self.chair, self.organiser, self.member, self.officer, self.nurse] if came is None else came
        return who_came(meeting, came=came, by=self.organiser, now=self.now)

    def item(self, meeting, child=None):
        return meeting.items.get(person=child or self.girl)

    def decide(self, item, **more):
        said = {
            "decision": "stays", "reason": "She was away again", "review_on": self.today + timedelta(days=28),
            "by": self.chair, "now": self.now,
        }  # fmt: skip
        return decide(item, **{**said, **more})

    def act(self, item, **more):
        said = {
            "token": uuid4(), "what": "Visit her aunt", "owner": self.officer,
            "due_on": self.today + timedelta(days=10), "by": self.chair, "now": self.now,
        }  # fmt: skip
        return set_item_action(item, **{**said, **more})


@pytest.fixture
def panel(db):
    return Panel()
