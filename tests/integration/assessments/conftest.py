"""A girl and a boy the council, the police and a school know, and those who work with them and look at what is written."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.access.models import Why
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.assessments.actions import approve, ask_to_step_down, decide_step_down, open_strand, write
from rowan.assessments.rules.step_down import Asked
from rowan.assessments.rules.written import Said
from rowan.questions.actions import answer_strategy
from rowan.questions.waiting import unanswered_signs
from rowan.timescales.models import Clock
from tests import people_in_tests as invented

SAYS = {
    "written_as": "screen",
    "narrative": "An adult nobody knows waits for her after school.",
    "child_view": "She says he is a friend.",
    "carer_view": "Her mother is worried.",
    "school_not_sought": "It is half term",
    "state": "significant_concern",
    "why_state": "He gave her a telephone and tells her whom to see.",
    "urgency": "days",
    "confidence": "partly",
    "trend": "not_known",
}
HARM = {"noticed": ("ADU-05", "FAM-01", "PEER-05"), "harm_words": "She told her aunt of a hotel"}


class Hub:
    def __init__(self):
        invented.finished_run()
        self.agencies = invented.three_agencies()
        self.council, self.school = self.agencies[invented.COUNCIL], self.agencies[invented.SCHOOL]
        self.police_force = self.agencies[invented.POLICE]
        council = self.council
        self.worker = invented.practitioner("social-worker", Role.LEAD_PROFESSIONAL, council, "Joan Eccles")
        self.manager = invented.practitioner("manager", Role.APPROVING_MANAGER, council, "Ann Poole")
        self.coordinator = invented.practitioner("coordinator", Role.EXPLOITATION_COORDINATOR, council, "Colm Desai")  # fmt: skip
        self.triage = invented.practitioner("triage", Role.TRIAGE_OFFICER, council, "Tamsin Okoro")
        self.police = invented.practitioner(
            "police", Role.POLICE_EXPLOITATION_TEAM, self.police_force, "Ray Ito"
        )
        self.lead = invented.practitioner(
            "school-lead", Role.SCHOOL_SAFEGUARDING_LEAD, self.school, "Sian Blakemore"
        )
        self.stranger = invented.practitioner("stranger", Role.LEAD_PROFESSIONAL, council, "Priya Vane")
        self.triage_post = invented.post(PostKind.TRIAGE, council, self.triage)
        self.hub_post = invented.post(PostKind.EXPLOITATION_COORDINATOR, council, self.coordinator)
        self.girl = invented.child("Amina", "Larkfield", sex="F", age=14, school=self.school, called="Mina")
        self.boy = invented.child("Kacper", "Holloway", sex="M", age=15, school=self.school)
        for child in (self.girl, self.boy):
            invented.involve(child, self.school, Why.ON_ROLL)
            invented.involve(child, council, Why.ALLOCATED_WORKER, "Joan", practitioner=self.worker)
            for each in (self.manager, self.coordinator, self.police):
                invented.involve(child, each.agency, Why.WORKING_WITH, each.username, practitioner=each)
        self.now, self.today = timezone.now(), timezone.localdate()

    def begin(self, child=None, *, by=None, lead=None, token=None):
        return open_strand(
            token=token or uuid4(), person_id=(child or self.girl).pk, lead=lead or self.worker, why="A teacher is worried", by=by or self.worker, now=self.now,
        )  # fmt: skip

    def said(self, **more) -> Said:
        harm = {"harm_seen_on": self.today} if more.get("noticed") else {}
        return Said(**{**SAYS, "review_on": self.today + timedelta(days=28), **harm, **more})

    def write(self, *, by=None, second=None, child=None, token=None, opened_on=None, **more):
        return write(
            self.said(**more), token=token or uuid4(), person_id=(child or self.girl).pk, second=second or self.manager, by=by or self.worker,
            now=more.get("now", self.now), opened_on=opened_on,
        )  # fmt: skip

    def assessed(self, **more):
        """Screened and assessed, and both approved: the work is reviewed from now on."""
        self.begin()
        approve(self.write(**more), approved=True, by=self.manager, now=self.now)
        version = self.write(**(more | {"written_as": "assessment"}))
        approve(version, approved=True, by=self.manager, now=self.now)
        version.strand.refresh_from_db()
        return version.strand

    def asked(self, **more) -> Asked:
        boxes = {
            "to": "watched", "state": "emerging_concern", "evidence": "Home every night since April; his number is blocked",
            "childs_view": "She feels safe and wants to keep her mentor", "look_back_on": self.today + timedelta(days=60),
        }  # fmt: skip
        return Asked(**(boxes | more))

    def ask(self, *, by=None, second=None, token=None, **more):
        return ask_to_step_down(
            self.asked(**more), token=token or uuid4(), person_id=self.girl.pk, second=second or self.manager, by=by or self.worker, now=self.now,
        )  # fmt: skip

    def stepped_down(self, **more):
        decide_step_down(
            self.ask(**more), agreed=True, words="I spoke to her school", by=self.manager, now=self.now
        )

    def answer_signs(self):
        for sign in list(unanswered_signs()):
            answer_strategy(
                sign,
                held=True,
                reason="Held at two",
                manager="Ann Poole",
                other_children="None",
                by=self.worker,
                now=self.now,
            )

    def clocks(self, strand) -> dict[str, Clock]:
        """Everything that runs about the child for this room, by what is owed."""
        kinds = ["strand", "assessment", "step-down", "statutory"]
        rows = Clock.objects.running().filter(about_kind__in=kinds, about_person=strand.person_id)
        return {clock.what: clock for clock in rows}


@pytest.fixture
def hub(db):
    return Hub()
