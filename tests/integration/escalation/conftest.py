"""A council with a worker, a manager, a head of service, a lead, a deputy and a chief officer; a school; and a girl."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.access.models import Why
from rowan.agencies.models import Absence, LeadPlace, Post
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.escalation.actions.disagreements import raise_disagreement
from rowan.escalation.actions.going_up import take_overdue_up
from rowan.escalation.actions.places import set_place
from rowan.escalation.actions.stages import take_stages_up
from rowan.timescales.actions import start_clock
from rowan.timescales.models import Clock
from rowan.timescales.rules.working_days import add_working_days
from tests import people_in_tests as invented


class Council:
    def __init__(self):
        invented.finished_run()
        agencies = invented.three_agencies()
        self.council, self.school = agencies[invented.COUNCIL], agencies[invented.SCHOOL]
        person = invented.practitioner
        self.worker = person("social-worker", Role.LEAD_PROFESSIONAL, self.council, "Joan Eccles")
        self.manager = person("manager", Role.APPROVING_MANAGER, self.council, "Mark Osei")
        self.head = person("head", Role.EXPLOITATION_COORDINATOR, self.council, "Hilde Voss")
        self.lead = person("lead", Role.SAFEGUARDING_LEAD, self.council, "Judith Castell")
        self.deputy = person("deputy", Role.SAFEGUARDING_LEAD, self.council, "Femi Rowntree")
        self.chief = person("chief", Role.APPROVING_MANAGER, self.council, "Aldous Merchant")
        self.teacher = person("school-lead", Role.SCHOOL_SAFEGUARDING_LEAD, self.school, "Sian Blakemore")
        self.stranger = person("stranger", Role.LEAD_PROFESSIONAL, self.council)
        self.now, self.today = timezone.now(), timezone.localdate()
        # Asked as chief officer only: a manager by role, he stands last of them.
        self.chief_post = invented.post(PostKind.CHIEF_OFFICER, self.council, self.chief)
        self.head_post = self.lead_post("Head of Community Services", self.head)
        for place, (title, who) in enumerate(
            [("The safeguarding lead", self.lead), ("The deputy lead", self.deputy)], 1
        ):
            LeadPlace.objects.create(
                post=self.lead_post(title, who), place=place, from_on=self.today - timedelta(days=99)
            )
        set_place(
            token=uuid4(), level="head_of_service", post=self.head_post, order=1,
            from_on=self.today - timedelta(days=1), until_on=None, by=self.head, now=self.now,
        )  # fmt: skip
        self.girl = invented.child("Amina", "Larkfield", sex="F", age=14, school=self.school)
        invented.involve(self.girl, self.council, Why.ALLOCATED_WORKER, practitioner=self.worker)
        invented.involve(self.girl, self.school, Why.ON_ROLL)

    def lead_post(self, title: str, who) -> Post:
        post = Post.objects.create(kind=PostKind.LEAD.value, agency=self.council, title=title)
        post.holdings.create(practitioner=who, order=0, from_on=self.today - timedelta(days=99))
        return post

    def owe(self, *, child=None, due_on=None, owner=None, **more) -> Clock:
        return start_clock(
            what="an answer to a question", about_kind="thing", about_id=str(uuid4()),
            about_person=(child or self.girl).pk, due_on=due_on or self.today, now=self.now, owner=owner or self.worker,
            **more,
        )  # fmt: skip

    def away(self, *people, days=40) -> None:
        for who in people:
            Absence.objects.create(
                practitioner=who, from_on=self.today, until_on=self.today + timedelta(days=days),
                entered_by=who, entered_at=self.now,
            )  # fmt: skip

    def on(self, day: date) -> int:
        return take_overdue_up(timezone.make_aware(datetime.combine(day, time(9))))

    def stages_on(self, day: date) -> int:
        return take_stages_up(timezone.make_aware(datetime.combine(day, time(9))))

    def working_days(self, many: int) -> list[date]:
        return [add_working_days(self.today, n) for n in range(1, many + 1)]

    def disagree(self, **more):
        said = {
            "token": uuid4(), "person_id": self.girl.pk, "about": "threshold", "with_agency": self.school,
            "what": "They say she may go home alone", "sought": "Somebody walks with her",
            "safe_meanwhile": "Her aunt collects her", "by": self.worker, "now": self.now,
        }  # fmt: skip
        return raise_disagreement(**{**said, **more})


@pytest.fixture
def council(db):
    return Council()
