"""Safe contact stands on every page about the child, is never overwritten, and is asked before anything goes out."""

import pytest
from django.utils import timezone

from rowan.access.models import Why
from rowan.access.openings import look_with_a_reason
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.people.actions import may_be_sent
from rowan.people.models import SafeContact
from rowan.people.safe_contact import end_heeding, heed, safe_contact_of
from rowan.refusals import NotAllowed, NothingThere, NotPossible
from tests import people_in_tests as invented

ago = invented.days_ago


@pytest.fixture
def agencies(db):
    invented.finished_run()
    return invented.three_agencies()


@pytest.fixture
def worker(agencies):
    return invented.practitioner("worker", Role.LEAD_PROFESSIONAL, agencies[invented.COUNCIL])


@pytest.fixture
def child(agencies, worker):
    child = invented.child("Amina", "Larkfield", sex="F", age=14, school=agencies[invented.SCHOOL])
    invented.involve(child, agencies[invented.COUNCIL], Why.ALLOCATED_WORKER, practitioner=worker)
    return child


def said(child, by, flag="do_not_ring_home", words="", **more) -> SafeContact:
    told = {"said_by": "Her mother", "said_on": ago(2), "now": timezone.now()} | more
    return heed(person_id=child.id, flag=flag, words=words, by=by, **told)


def test_what_goes_out_against_a_flag_takes_a_name_and_a_reason(child, worker):
    now = timezone.now()
    asked = {"person_id": child.id, "by": worker, "now": now}
    assert may_be_sent(way="phone", **asked) == []
    said(child, worker)
    assert [row.flag for row in may_be_sent(way="letter", **asked)] == ["do_not_ring_home"]
    with pytest.raises(NotAllowed, match="Do not ring home"):
        may_be_sent(way="phone", **asked)
    with pytest.raises(NotPossible, match="Say why"):
        may_be_sent(way="phone", override_why="must", **asked)
    may_be_sent(way="phone", override_why="She is alone there tonight", **asked)
    line = Entry.objects.get(did="sent by phone against safe contact", refused_because="")
    assert (line.by_name, line.why) == ("Worker", "She is alone there tonight")


def test_nothing_is_overwritten_and_what_is_said_twice_stands_once(child, worker):
    first = said(child, worker, "preferred_name", "Mina")
    assert said(child, worker, "preferred_name", "Mina") == first
    second = said(child, worker, "preferred_name", "Minnie")
    assert [row.words for row in safe_contact_of([child.id])[child.id]] == ["Minnie"]
    end_heeding(second, why="She asked us to", by=worker, now=timezone.now())
    assert safe_contact_of([child.id])[child.id] == []
    assert [(row.words, row.ended_because) for row in SafeContact.objects.order_by("id")] == [
        ("Mina", "Said anew"),
        ("Minnie", "She asked us to"),
    ]


def test_only_those_who_work_with_the_child_record_it(child, agencies):
    triage = invented.practitioner("triage", Role.TRIAGE_OFFICER, agencies[invented.COUNCIL])
    with pytest.raises(NothingThere):
        said(child, triage)
    look_with_a_reason(person_id=child.id, why="A friend of another child", by=triage, now=timezone.now())
    with pytest.raises(NotAllowed, match="those who work with the child"):
        said(child, triage)
    assert not SafeContact.objects.exists()


def test_it_stands_on_top_of_the_childs_page_and_of_every_page_of_a_question(client, child, agencies, worker):
    post = invented.post(PostKind.MISSING_COORDINATOR, agencies[invented.COUNCIL], worker)
    asked = invented.question(
        child,
        "missing_again",
        rows=[(invented.POLICE, ago(6), "Reported missing")],
        at_post=post,
        figures={"episodes": 3, "first_on": str(ago(80)), "last_on": str(ago(6))},
    )
    sign = invented.happened(
        child,
        ago(6),
        "sign_of_harm",
        "Found far away",
        by=invented.POLICE,
        compartment="police",
        observed="S",
    )
    said(child, worker, "trusts", "Her aunt Farida")
    client.force_login(worker)
    row = asked.reasons.get().evidence.get()
    for address in (
        f"/children/{child.id}/",
        f"/questions/{asked.id}/",
        f"/questions/{asked.id}/answer/",
        f"/questions/not-this-child/{row.pk}/",
        f"/questions/strategy/{sign.key}/",
    ):
        assert "Her aunt Farida" in client.get(address).content.decode(), address


def test_a_withheld_address_is_on_nobodys_page_but_those_with_a_plain_yes(client, child, agencies, worker):
    lead = invented.practitioner("lead", Role.SCHOOL_SAFEGUARDING_LEAD, agencies[invented.SCHOOL])
    invented.involve(child, agencies[invented.SCHOOL], Why.ON_ROLL)

    def shown(who) -> bool:
        client.force_login(who)
        return "3 Invented Row" in client.get(f"/children/{child.id}/").content.decode()

    assert shown(worker) and shown(lead)
    said(child, worker, "address_withheld")
    assert shown(worker) and not shown(lead)


def test_the_page_records_it_says_what_is_missing_and_ends_it(client, child, worker):
    client.force_login(worker)
    address = f"/children/{child.id}/safe-contact/"
    on = {"said_on_day": ago(1).day, "said_on_month": ago(1).month, "said_on_year": ago(1).year}
    page = client.post(address, {"flag": "interpreter"}).content.decode()
    assert "Say it in words" in page and "Say who said so" in page and "Enter the date" in page
    said_so = {"flag": "interpreter", "words": "Polish", "said_by": "Her form tutor"} | on
    assert client.post(address, said_so).status_code == 302
    row = SafeContact.objects.get()
    assert "Polish" in client.get(address).content.decode()
    client.post(f"{address}{row.pk}/end/", {"why": "She speaks English well"})
    page = client.get(address).content.decode()
    assert "What held before" in page and "She speaks English well" in page
