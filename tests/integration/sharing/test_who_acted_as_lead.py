"""Every decision about sharing says in which place of their agency's chain of leads somebody decided."""

from uuid import uuid4

import pytest

from rowan.sharing.actions import end_standing, requests, withdraw
from rowan.sharing.actions.agreements import end_agreement
from rowan.sharing.actions.approvals import approve, ask_for_two, refuse_act
from tests import people_in_tests as invented
from tests.acting_as import acting_on_the_trail, page

from .test_agreements import Agreements
from .test_asking_agencies import ask


def test_a_decision_and_its_withdrawal_say_it_and_so_does_the_page(hub):
    words = invented.acting_lead(hub.worker)
    decision = hub.decide()
    assert decision.acting_as == words
    notice = withdraw(decision, words="It was wrong", how_told="By telephone", by=hub.worker, now=hub.now)
    assert notice.acting_as == words
    assert acting_on_the_trail("decided to share") is True
    assert acting_on_the_trail("withdrew what was shared") is True
    assert page(hub.worker, f"/sharing/decisions/{decision.pk}/").count(f"Joan Eccles ({words})") == 2


def test_a_decision_of_one_who_leads_nobody_is_in_nobodys_place(hub):
    invented.acting_lead(hub.coordinator)
    decision = hub.decide()
    assert decision.acting_as == "" and "Lead of Invented Council" in decision.lead
    assert acting_on_the_trail("decided to share") is False


def test_a_correction_tells_the_recipient_in_the_same_place(hub):
    first, words = hub.decide(), invented.acting_lead(hub.worker)
    hub.decide(corrects=first)
    assert first.notices.get().acting_as == words
    assert acting_on_the_trail("corrected a sharing decision") is True


def test_a_standing_decision_and_its_end_say_it_and_so_does_the_page(hub):
    words = invented.acting_lead(hub.coordinator)
    standing = end_standing(hub.standing(), by=hub.coordinator, now=hub.now)
    assert (standing.acting_as, standing.ended_acting_as) == (words, words)
    assert acting_on_the_trail("set up a standing decision") is True
    assert acting_on_the_trail("ended a standing decision") is True
    assert page(hub.coordinator, f"/sharing/standing/{standing.pk}/").count(f"Coordinator ({words})") == 2


@pytest.mark.parametrize("approved", [True, False])
def test_the_second_of_two_people_says_it_and_so_does_the_page(hub, approved):
    words = invented.acting_lead(hub.manager)
    said = {"about_kind": "register", "about_id": "1", "particulars": {}, "why": "Yearly look"}
    asked = ask_for_two("bulk_export", token=uuid4(), by=hub.governance, now=hub.now, **said)
    if approved:
        decided = approve(asked, by=hub.manager, now=hub.now)
    else:
        decided = refuse_act(asked, reason="Too many", by=hub.manager, now=hub.now)
    assert decided.decided_acting_as == words
    assert acting_on_the_trail(f"{'approved' if approved else 'refused'} an act of two people") is True
    assert f"Manager ({words})" in page(hub.governance, f"/sharing/two-people/{asked.pk}/")


def test_an_agreement_and_its_end_say_it_and_so_does_the_page(hub):
    words = invented.acting_lead(hub.coordinator)
    agreement = Agreements(hub).record()
    ended = end_agreement(agreement, why="Nobody needs it", by=hub.coordinator, now=hub.now)
    assert (agreement.acting_as, ended.acting_as) == (words, words)
    assert acting_on_the_trail("recorded an agreement") is True
    assert acting_on_the_trail("ended an agreement") is True
    shown = page(hub.coordinator, f"/sharing/agreements/{agreement.series}/")
    assert shown.count(f"Coordinator ({words})") >= 2


def test_what_became_of_a_request_says_it_and_so_does_the_page(hub):
    words, request = invented.acting_lead(hub.worker), ask(hub)
    requests.answer(request, words="They hold nothing", by=hub.worker, now=hub.now)
    assert request.events.get().acting_as == words
    assert acting_on_the_trail("answered a request") is True
    assert f"Joan Eccles ({words})" in page(hub.worker, f"/sharing/requests/{request.pk}/")
