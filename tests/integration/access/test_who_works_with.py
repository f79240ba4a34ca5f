"""Somebody is recorded by day as working with a child: from then on, and no further than their role, the record opens to them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rowan.access.actions import join_records, open_record, undo_join
from rowan.access.models import Involvement, KeptOut, Why
from rowan.access.taking_part import begin_part, end_part
from rowan.agencies.models import AgencyKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.notices.models import Notice
from rowan.refusals import NotAllowed, NothingThere, NotPossible, SomebodyWasFirst
from tests import people_in_tests as invented

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


class Hub:
    def __init__(self):
        invented.finished_run()
        agencies = invented.three_agencies()
        self.council, self.school = agencies[invented.COUNCIL], agencies[invented.SCHOOL]
        self.trust = invented.agency("trust-1", "Invented Trust", AgencyKind.HEALTH)
        person = invented.practitioner
        self.worker = person("worker", Role.LEAD_PROFESSIONAL, self.council, "Joan Eccles")
        self.mentor = person("mentor", Role.MENTOR, self.council, "Ade Fenn")
        self.nurse = person("nurse", Role.HEALTH_LEAD, self.trust, "Bea Lunn")
        self.clinician = person("clinician", Role.SEXUAL_HEALTH_CLINICIAN, self.trust, "Nia Frost")
        self.girl = invented.child("Amina", "Larkfield", sex="F", age=14, school=self.school)
        invented.involve(self.girl, self.council, Why.ALLOCATED_WORKER, practitioner=self.worker)
        self.now = timezone.now()

    def begin(self, who, by=None, from_on=TODAY, discreet=False):
        return begin_part(
            person_id=self.girl.pk, practitioner=who, from_on=from_on, discreet=discreet, by=by or self.worker, now=self.now
        )  # fmt: skip

    def opens(self, who, day=TODAY) -> bool:
        try:
            return bool(open_record(person_id=self.girl.pk, by=who, today=day, now=self.now))
        except NothingThere:
            return False


@pytest.fixture
def hub():
    return Hub()


def test_a_mentor_opens_the_record_from_the_first_day_to_the_last_and_is_told(hub):
    assert not hub.opens(hub.mentor)
    part = hub.begin(hub.mentor)
    assert hub.opens(hub.mentor)
    assert Notice.objects.filter(practitioner=hub.mentor).count() == 1
    end_part(part.pk, person_id=hub.girl.pk, until_on=TODAY, by=hub.worker, now=hub.now)
    assert hub.opens(hub.mentor)
    assert not hub.opens(hub.mentor, TODAY + timedelta(days=1))
    did = list(Entry.objects.filter(about_person=hub.girl.pk).values_list("did", flat=True))
    assert "recorded that somebody works with a child" in did
    assert "recorded that somebody no longer works with a child" in did


def test_pressed_twice_it_is_written_once_and_after_the_last_day_it_can_begin_again(hub):
    yesterday = TODAY - timedelta(days=1)
    first = hub.begin(hub.mentor, from_on=yesterday)
    assert hub.begin(hub.mentor, from_on=yesterday) == first
    with pytest.raises(SomebodyWasFirst):
        hub.begin(hub.mentor)
    for _ in range(2):
        end_part(first.pk, person_id=hub.girl.pk, until_on=yesterday, by=hub.worker, now=hub.now)
    with pytest.raises(SomebodyWasFirst):
        end_part(first.pk, person_id=hub.girl.pk, until_on=TODAY, by=hub.worker, now=hub.now)
    assert hub.begin(hub.mentor) != first


def test_nobody_opens_a_record_to_themselves_and_a_mentor_to_nobody(hub):
    with pytest.raises(NotAllowed, match="themselves"):
        hub.begin(hub.worker)
    hub.begin(hub.mentor)
    with pytest.raises(NotAllowed):
        hub.begin(hub.nurse, by=hub.mentor)
    stranger = invented.practitioner("stranger", Role.LEAD_PROFESSIONAL, hub.council)
    with pytest.raises(NotAllowed):
        hub.begin(hub.nurse, by=stranger)


def test_a_health_lead_says_it_of_their_own_people_only(hub):
    hub.begin(hub.nurse)
    assert hub.begin(hub.clinician, by=hub.nurse)
    with pytest.raises(NotAllowed, match="your own agency"):
        hub.begin(hub.mentor, by=hub.nurse)


def test_whoever_is_kept_out_or_opens_no_record_gets_no_part(hub):
    KeptOut.objects.create(person_id=hub.girl.pk, practitioner=hub.mentor, why="x", set_by="operator")
    councillor = invented.practitioner("councillor", Role.COUNCILLOR, hub.council)
    for who in (hub.mentor, councillor):
        with pytest.raises(NotPossible):
            hub.begin(who)
    with pytest.raises(NotPossible, match="has come"):
        hub.begin(hub.nurse, from_on=TODAY + timedelta(days=1))


def test_somebody_says_of_themselves_that_they_have_stopped(hub):
    part = hub.begin(hub.mentor)
    assert (
        end_part(part.pk, person_id=hub.girl.pk, until_on=TODAY, by=hub.mentor, now=hub.now).closed_on
        == TODAY
    )


def test_what_an_agencys_list_says_is_not_ended_here(hub):
    theirs = Involvement.objects.get(why=Why.ALLOCATED_WORKER)
    with pytest.raises(NothingThere):
        end_part(theirs.pk, person_id=hub.girl.pk, until_on=TODAY, by=hub.worker, now=hub.now)


def test_the_page_names_no_clinician_to_a_worker_and_offers_a_mentor_no_form(client, hub):
    hub.begin(hub.clinician, by=hub.worker)
    hub.begin(hub.mentor)
    address = f"/children/{hub.girl.pk}/who-works-with/"
    client.force_login(hub.worker)
    page = client.get(address).content.decode()
    assert "Ade Fenn" in page and "A health professional" in page and "Nia Frost" not in page
    typed = {"from_on_day": TODAY.day, "from_on_month": TODAY.month, "from_on_year": TODAY.year}
    client.post(address, {"called": "Bea Lunn", **typed})
    assert Involvement.objects.filter(practitioner=hub.nurse).exists()
    client.force_login(hub.mentor)
    page = client.get(address).content.decode()
    assert "Record your last day" in page and "Record it" not in page


def test_somebody_who_looks_with_a_reason_alone_does_not_get_the_page(client, hub):
    client.force_login(invented.practitioner("stranger", Role.LEAD_PROFESSIONAL, hub.council))
    assert client.get(f"/children/{hub.girl.pk}/who-works-with/").status_code == 404


def test_of_a_joined_child_nobody_is_recorded_twice_and_whoever_is_kept_out_of_either_gets_nothing(hub):
    other = invented.child("Mina", "Larkfield", sex="F", age=14, school=hub.school)
    part = hub.begin(hub.mentor)
    invented.involve(hub.girl, hub.council, Why.ALLOCATED_WORKER, "Ade Fenn", practitioner=hub.mentor)
    join_records([(hub.girl.pk, other.pk)])
    invented.involve(other, hub.council, Why.WORKING_WITH, "x", practitioner=hub.worker)
    again = begin_part(
        person_id=other.pk, practitioner=hub.mentor, from_on=TODAY, discreet=False, by=hub.worker, now=hub.now
    )
    assert again == part
    KeptOut.objects.create(person_id=other.pk, practitioner=hub.mentor, why="x", set_by="operator")
    by_name = Involvement.objects.filter(person_id=hub.girl.pk, practitioner=hub.mentor)
    assert by_name.exists() and not by_name.not_kept_out().exists()
    undo_join(hub.girl.pk)
    assert by_name.not_kept_out().exists()


def test_begun_again_before_the_last_day_it_says_which_day_that_is(hub):
    part = hub.begin(hub.mentor)
    end_part(part.pk, person_id=hub.girl.pk, until_on=TODAY + timedelta(days=3), by=hub.worker, now=hub.now)
    with pytest.raises(SomebodyWasFirst):
        hub.begin(hub.mentor)
