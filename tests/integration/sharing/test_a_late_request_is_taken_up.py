"""A late request opens to the one it is taken to, as far as their role sees, and to nobody else, until it is closed."""

from datetime import timedelta

import pytest

from rowan.access.hiding import keep_out, restrict
from rowan.access.models import Involvement, Why
from rowan.agencies.absences import enter_absence
from rowan.agencies.models import AgencyKind, LeadPlace, Post, PostHolding
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.notices.models import Notice
from rowan.refusals import NothingThere
from rowan.sharing.actions import requests
from rowan.sharing.models import Request
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import pass_on
from rowan.timescales.rules.working_days import add_working_days
from tests import people_in_tests as invented

from .test_asking_agencies import ask, chase_on


class Chain:
    """The police's lead, their deputy and their chief officer; the council's chief officer; a colleague with no part in it."""

    def __init__(self, hub):
        self.hub = hub
        self.lead = self.seat("police-lead", hub.police, "lead", "Detective Superintendent", 1)
        self.deputy = self.seat("police-deputy", hub.police, "lead", "Detective Chief Inspector", 2)
        self.chief = self.seat("chief-constable", hub.police, "chief_officer", "Chief Constable")
        self.hubs_chief = self.seat("chief-executive", hub.council, "chief_officer", "Chief Executive")
        self.colleague = invented.practitioner("colleague", Role.SAFEGUARDING_LEAD, hub.police)

    def seat(self, username, agency, kind, title, place=None, role=Role.SAFEGUARDING_LEAD):
        person, since = invented.practitioner(username, role, agency), invented.days_ago(30)
        post = Post.objects.create(kind=kind, agency=agency, title=title)
        PostHolding.objects.create(post=post, practitioner=person, from_on=since)
        if place:
            LeadPlace.objects.create(post=post, place=place, from_on=since)
        return person

    def late(self, **more) -> Request:
        """Asked some days ago, due since, and taken to a lead today."""
        days_late = next(n for n in range(3, 12) if add_working_days(self.due(n), 3) <= self.hub.today)
        asked = ask(self.hub, **{"asked_agency": self.hub.police, **more})
        Request.objects.filter(pk=asked.pk).update(due_on=self.due(days_late))
        chase_on(self.hub.today)
        return Request.objects.get(pk=asked.pk)

    def due(self, days: int):
        return self.hub.today - timedelta(days=days)

    def away(self, person):
        enter_absence(person, from_on=self.hub.today, until_on=None, by=person, now=self.hub.now)


@pytest.fixture
def chain(hub):
    return Chain(hub)


def opens(asked, by) -> bool:
    try:
        requests.open_request(asked.pk, by=by, today=asked.at.date())
    except NothingThere:
        return False
    return True


def taken_to():
    return Clock.objects.running().get(what=requests.LEADS_CLOCK).owner


def test_it_opens_to_the_lead_and_to_nobody_else_of_the_agency(hub, chain):
    asked = ask(hub, asked_agency=hub.police)
    assert not opens(asked, chain.lead)
    asked = chain.late()
    assert taken_to() == chain.lead
    assert opens(asked, chain.lead)
    assert not any(
        opens(asked, who) for who in (chain.deputy, chain.chief, chain.hubs_chief, chain.colleague)
    )
    told = Notice.objects.get(practitioner=chain.lead)
    assert told.urgent and told.path == f"/sharing/requests/{asked.pk}/"
    assert "Amina" not in told.about
    assert Notice.objects.filter(practitioner=hub.worker, path=told.path).count() == 1


def test_they_find_it_in_their_list_and_see_of_the_child_what_their_role_sees(hub, chain, client):
    asked = chain.late()
    client.force_login(chain.lead)
    assert f"/sharing/requests/{asked.pk}/" in client.get("/sharing/requests/").content.decode()
    assert "Her attendance in May" in client.get(f"/sharing/requests/{asked.pk}/").content.decode()
    page = client.get(f"/children/{hub.girl.pk}/").content.decode()
    assert "3 Invented Row" not in page  # a lead carries actions, not files: never an address
    for other in (chain.deputy, chain.colleague):
        client.force_login(other)
        assert client.get(f"/sharing/requests/{asked.pk}/").status_code == 404
        assert str(asked.pk) not in client.get("/sharing/requests/").content.decode()


def test_run_again_it_opens_nothing_more(hub, chain):
    chain.late()
    before = list(Involvement.objects.filter(why=Why.ASKED).values_list("rests_on", flat=True))
    assert chase_on(hub.today) == 0
    assert list(Involvement.objects.filter(why=Why.ASKED).values_list("rests_on", flat=True)) == before


def test_when_the_lead_is_away_it_goes_to_the_deputy(hub, chain):
    chain.away(chain.lead)
    asked = chain.late()
    assert taken_to() == chain.deputy
    assert opens(asked, chain.deputy) and not opens(asked, chain.lead)


def test_when_the_lead_goes_away_afterwards_it_passes_to_the_deputy_and_the_lead_sees_it_no_longer_than_today(
    hub, chain
):
    asked = chain.late()
    chain.away(chain.lead)
    assert taken_to() == chain.deputy
    assert opens(asked, chain.deputy)
    assert Involvement.objects.get(why=Why.ASKED, practitioner=chain.lead).closed_on == hub.today
    assert "has passed to you because" in Notice.objects.get(practitioner=chain.deputy).about


def test_up_the_chain_it_opens_to_somebody_of_neither_agency(hub, chain, client):
    asked = chain.late(asked_agency=hub.school)  # a school without a chain
    assert taken_to() == chain.hubs_chief
    district = invented.agency("district-9", "Alder District", AgencyKind.DISTRICT)
    chain.hubs_chief.agency = district
    chain.hubs_chief.save()
    assert opens(asked, chain.hubs_chief)
    client.force_login(chain.hubs_chief)
    answered = client.post(f"/sharing/requests/{asked.pk}/answer/", {"words": "They rang"}, follow=True)
    assert answered.status_code == 200
    assert Request.objects.get(pk=asked.pk).step == "answered"


def test_closed_it_closes_to_whoever_it_was_taken_to_and_to_nobody_who_works_with_the_child(hub, chain):
    asked = chain.late()
    requests.answer(asked, words="Rang at noon", by=hub.worker, now=hub.now)
    assert Involvement.objects.get(why=Why.ASKED, practitioner=chain.lead).closed_on == hub.today
    with pytest.raises(NothingThere):
        requests.open_request(asked.pk, by=chain.lead, today=hub.today + timedelta(days=1))
    assert requests.open_request(asked.pk, by=hub.worker, today=hub.today + timedelta(days=1))


def test_a_restricted_childs_late_request_goes_to_the_records_owner_and_to_no_lead(hub, chain):
    restrict(
        person_id=hub.girl.pk,
        kind="refuge",
        why="Lives in a refuge",
        owner=hub.worker,
        by=hub.worker,
        now=hub.now,
    )
    asked = chain.late()
    assert taken_to() == hub.worker
    assert not opens(asked, chain.lead) and opens(asked, hub.worker)
    assert asked.events.get(kind="escalated").words == "Whoever answers for this record was told."


def test_restricted_after_it_was_taken_to_the_lead_it_is_the_owners_alone(hub, chain):
    asked = chain.late()
    restrict(
        person_id=hub.girl.pk,
        kind="refuge",
        why="Lives in a refuge",
        owner=hub.worker,
        by=hub.worker,
        now=hub.now,
    )
    assert taken_to() == hub.worker
    assert not opens(asked, chain.lead)


def test_a_lead_who_is_kept_out_is_passed_over_and_the_page_does_not_say_so(hub, chain):
    keep_out(
        person_id=hub.girl.pk,
        practitioner=chain.lead,
        why="Her uncle by marriage",
        by=hub.worker,
        now=hub.now,
    )
    asked = chain.late()
    assert taken_to() == chain.deputy
    assert opens(asked, chain.deputy) and not opens(asked, chain.lead)
    assert asked.events.get(kind="escalated").words == "Detective Chief Inspector answers."
    # Nor does it ever pass to them.
    chain.away(chain.deputy)
    assert taken_to() == chain.chief


def test_a_lead_whose_role_opens_no_record_is_passed_over(hub, chain):
    chain.lead.role = Role.PANEL_CHAIR.value
    chain.lead.save()
    chain.late()
    assert taken_to() == chain.deputy


def test_the_askers_own_clock_passes_with_the_record_too(hub, chain):
    asked = ask(hub, asked_agency=hub.school)
    assert not opens(asked, chain.hubs_chief)
    hub.worker.is_active = False
    hub.worker.save()
    assert pass_on(now=hub.now) == 1
    assert opens(asked, chain.hubs_chief)
    assert not opens(asked, hub.stranger)


def test_every_look_of_the_lead_is_on_the_trail(hub, chain):
    asked = chain.late()
    opens(asked, chain.lead)
    lines = Entry.objects.about(hub.girl.pk).filter(by_id=str(chain.lead.pk))
    assert set(lines.values_list("did", flat=True)) == {"looked at a request"}
