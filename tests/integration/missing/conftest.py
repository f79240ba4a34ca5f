"""A boy who goes missing, the people who work for him, and what they record of him."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.access.models import Why
from rowan.agencies.models import AgencyKind
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.missing import actions
from rowan.missing.actions.interviews import Heard
from rowan.missing.models import Episode
from rowan.timescales.models import Clock
from tests import people_in_tests as invented


class Hub:
    def __init__(self):
        invented.finished_run()
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.agencies = invented.three_agencies()
        self.council, self.school, self.police = (
            self.agencies[code] for code in (invented.COUNCIL, invented.SCHOOL, invented.POLICE)
        )
        self.home = invented.agency("care-1", "Invented Children’s Home", AgencyKind.CARE)
        self.charity = invented.agency("charity-1", "Invented Charity", AgencyKind.VOLUNTARY)
        self.coordinator = self._person("missing", Role.MISSING_COORDINATOR, self.council, "Mirela Hughes")
        self.triage = self._person("triage", Role.TRIAGE_OFFICER, self.council, "Tamsin Okoro")
        self.worker = self._person("worker", Role.LEAD_PROFESSIONAL, self.council, "Joan Eccles")
        self.interviewer = self._person(
            "interviewer", Role.RETURN_INTERVIEW_WORKER, self.charity, "Ines Novak"
        )
        self.carer = self._person("carer", Role.CHILDRENS_HOME_OR_FOSTER_CARER, self.home, "Pat Lowe")
        self.lead = self._person("school-lead", Role.SCHOOL_SAFEGUARDING_LEAD, self.school, "Sian Blakemore")
        self.stranger = self._person("stranger", Role.LEAD_PROFESSIONAL, self.council)
        self.officer = self._person("officer", Role.POLICE_EXPLOITATION_TEAM, self.police)
        invented.post(PostKind.MISSING_COORDINATOR, self.council, self.coordinator)
        invented.post(PostKind.TRIAGE, self.council, self.triage)
        self.boy = invented.child("Kacper", "Holloway", sex="M", age=15, school=self.school)
        for person, why in (
            (self.worker, Why.ALLOCATED_WORKER),
            (self.carer, Why.WORKING_WITH),
            (self.officer, Why.WORKING_WITH),
        ):
            invented.involve(self.boy, person.agency, why, person.display_name, practitioner=person)
        invented.involve(self.boy, self.school, Why.ON_ROLL)

    def _person(self, username, role, at, name=""):
        return invented.practitioner(username, role, at, name)

    def ago(self, **more) -> datetime:
        return self.now - timedelta(**more)

    def report(self, *, hours=30, by=None, **more) -> Episode:
        return actions.report(
            token=more.pop("token", None) or uuid4(),
            person_id=more.pop("person_id", self.boy.pk),
            began_at=self.ago(hours=hours),
            by=by or self.worker,
            now=more.pop("now", self.now),
            **more,
        )

    def step(self, act, episode: Episode, *, by=None, now=None, **more) -> Episode:
        """As from a page opened just now."""
        episode = Episode.objects.get(pk=episode.pk)
        return act(
            episode,
            token=more.pop("token", None) or uuid4(),
            opened_on=more.pop("opened_on", episode.version),
            by=by or self.coordinator,
            now=now or self.now,
            **more,
        )

    def returned(self, *, hours=20, **more) -> Episode:
        return self.step(actions.say_returned, self.report(**more), at=self.ago(hours=hours))

    def reported_in_a_file(
        self, *, began: datetime, ended: datetime | None, title="Was reported missing", **more
    ):
        """A line of the night's chronology, as the police's file makes it."""
        said = {"grade": more.pop("grade", "medium")}
        if ended:
            said["ended_at"] = timezone.localtime(ended).strftime("%Y-%m-%d %H:%M:%S")
        return invented.happened(
            more.pop("child", self.boy),
            timezone.localdate(began),
            "went_missing",
            title,
            by=invented.POLICE,
            compartment="police",
            observed="I",
            happened_at=began,
            ended_on=timezone.localdate(ended) if ended else None,
            particulars=said,
            **more,
        )

    def clock(self, episode: Episode) -> Clock | None:
        running = Clock.objects.running().filter(about_kind="missing episode", about_id=str(episode.pk))
        assert running.count() <= 1
        return running.first()


def heard(**more) -> Heard:
    words = {"childs_words": "I was fed up.", **more.pop("words", {})}
    return Heard(**{"independent": True, "told_of_harm": "no", **more}, words=words)


@pytest.fixture
def hub(db) -> Hub:
    return Hub()
