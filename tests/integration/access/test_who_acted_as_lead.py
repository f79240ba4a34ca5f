"""Hiding, letting in, keeping out and reviewing say in which place of their agency's chain of leads somebody decided."""

import pytest
from django.utils import timezone

from rowan.access.hiding import keep_out, let_back, lift, restrict
from rowan.access.models import KeptOut, Opening, Restriction, RestrictionChange, Why
from rowan.access.openings import open_in_emergency, review
from rowan.access.restricted import hand_over, hand_over_what_leavers_owned, let_in, take_off
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.people.models import Person
from tests import people_in_tests as invented
from tests.acting_as import page

CHILD = "c" * 32


@pytest.fixture
def people(db):
    council = invented.three_agencies()[invented.COUNCIL]
    Person.objects.create(pk=CHILD)
    made = {
        name: invented.practitioner(name, role, council)
        for name, role in {
            "manager": Role.APPROVING_MANAGER,
            "worker": Role.LEAD_PROFESSIONAL,
            "colleague": Role.LEAD_PROFESSIONAL,
            "outside": Role.YOUTH_JUSTICE_WORKER,
        }.items()
    }
    for name in ("manager", "worker"):
        invented.involve(Person(pk=CHILD), council, Why.ALLOCATED_WORKER, name, practitioner=made[name])
    return made


def said(by, **more) -> dict:
    return {"person_id": CHILD, "why": "Her aunt works here", "by": by, "now": timezone.now()} | more


def hide(people, by="manager") -> Restriction:
    return restrict(kind="staff_family", owner=people["manager"], let_in=[people["worker"]], **said(people[by]))  # fmt: skip


def acting_on_the_trail(did: str) -> bool | None:
    return Entry.objects.get(did=did, refused_because="").particulars.get("acting")


def test_a_restriction_says_it_and_so_does_its_page(people):
    words = invented.acting_lead(people["manager"])
    assert hide(people).set_acting_as == words
    assert acting_on_the_trail("restricted a record") is True
    assert f"by Manager ({words})" in page(people["manager"], f"/children/{CHILD}/restriction/")


def test_one_who_leads_nobody_is_recorded_without_a_place(people):
    invented.acting_lead(people["manager"])
    assert hide(people, by="worker").set_acting_as == ""
    assert acting_on_the_trail("restricted a record") is False


def test_lifting_says_it(people):
    hide(people)
    words = invented.acting_lead(people["manager"])
    lift(**said(people["manager"]))
    assert Restriction.objects.get().lifted_acting_as == words
    assert acting_on_the_trail("lifted a restriction") is True


def test_each_change_of_who_is_let_in_says_it(people):
    hide(people)
    words, by = invented.acting_lead(people["manager"]), people["manager"]
    let_in(practitioner=people["colleague"], **said(by))
    take_off(practitioner=people["colleague"], **said(by))
    hand_over(practitioner=people["worker"], **said(by))
    assert {change.acting_as for change in RestrictionChange.objects.all()} == {words}
    for did in (
        "let somebody into a restricted record",
        "took somebody off a restricted record",
        "handed a restricted record to another owner",
    ):
        assert acting_on_the_trail(did) is True
    assert page(by, f"/children/{CHILD}/restriction/").count(f"Manager ({words})") == 3


def test_what_rowan_passes_on_itself_is_done_in_nobodys_place(people):
    hide(people)
    invented.acting_lead(people["worker"])
    people["manager"].is_active = False
    people["manager"].save()
    assert hand_over_what_leavers_owned(timezone.now()) == 1
    assert RestrictionChange.objects.get().acting_as == ""


def test_keeping_out_and_letting_back_say_it_and_so_does_the_page(people):
    words, by = invented.acting_lead(people["manager"]), people["manager"]
    kept = keep_out(practitioner=people["outside"], **said(by))
    assert kept.set_acting_as == words
    assert f"Manager ({words})" in page(by, f"/children/{CHILD}/keep-out/")
    let_back(kept, why="She has left", by=by, now=timezone.now())
    assert KeptOut.objects.get().lifted_acting_as == words
    assert acting_on_the_trail("kept somebody out of a record") is True
    assert acting_on_the_trail("let somebody back to a record") is True


def test_the_review_of_an_emergency_access_says_it_and_so_does_the_list_of_reviews(people):
    by = people["manager"]
    words = invented.acting_lead(by)
    opening = open_in_emergency(**said(people["outside"]))
    review(opening, justified=True, words="The station rang", by=by, now=timezone.now())
    assert Opening.objects.get().reviewed_acting_as == words
    assert acting_on_the_trail("reviewed an emergency access") is True
    reads = invented.practitioner("governance", Role.INFORMATION_GOVERNANCE, by.agency)
    assert f"Manager ({words})" in page(reads, "/emergency-access/")
