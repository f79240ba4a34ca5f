"""Restricted records and people kept out: hidden means the same status, the same bytes and the same queries as nothing there."""

import re
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rowan.access.actions import join_records, owner_of_restricted, seen_by
from rowan.access.hiding import (
    heard_of_restricted,
    keep_out,
    let_back,
    lift,
    restrict,
)
from rowan.access.models import KeptOut, LetIn, Restriction, Why
from rowan.access.restricted import hand_over, let_in
from rowan.access.rules.seeing import what_is_seen
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.agencies.sign_in_models import SignedIn
from rowan.audit_trail.models import Entry as Line
from rowan.notices.models import Notice
from rowan.questions.models import EvidenceRow
from rowan.questions.shown import reasons_of
from rowan.questions.waiting import for_me
from rowan.refusals import NotAllowed, NothingThere, NotPossible
from rowan.timescales.models import Clock
from tests import people_in_tests as invented

ago = invented.days_ago
NOWHERE = "f" * 32


@pytest.fixture
def agencies(db):
    invented.finished_run()
    return invented.three_agencies()


@pytest.fixture
def people(agencies):
    council = agencies[invented.COUNCIL]
    made = {
        name: invented.practitioner(name, role, council)
        for name, role in {
            "worker": Role.LEAD_PROFESSIONAL,
            "triage": Role.TRIAGE_OFFICER,
            "missing": Role.MISSING_COORDINATOR,
            "coordinator": Role.EXPLOITATION_COORDINATOR,
            "manager": Role.APPROVING_MANAGER,
            "owner": Role.LEAD_PROFESSIONAL,
        }.items()
    }
    invented.post(PostKind.TRIAGE, council, made["triage"])
    return made


@pytest.fixture
def child(agencies, people):
    """Worked with by the worker, the manager and the desk that was asked about her."""
    council, school = agencies[invented.COUNCIL], agencies[invented.SCHOOL]
    child = invented.child("Amina", "Larkfield", sex="F", age=14, school=school)
    invented.involve(child, council, Why.ALLOCATED_WORKER, practitioner=people["worker"])
    invented.involve(child, council, Why.WORKING_WITH, practitioner=people["manager"])
    child.sign = invented.happened(
        child,
        ago(6),
        "sign_of_harm",
        "Found far away",
        by=invented.POLICE,
        compartment="police",
        observed="S",
    )
    post = invented.post(PostKind.MISSING_COORDINATOR, council, people["missing"])
    child.asked = invented.question(
        child,
        "missing_again",
        rows=[(invented.POLICE, ago(6), "Reported missing")],
        at_post=post,
        figures={"episodes": 3, "first_on": str(ago(80)), "last_on": str(ago(6))},
    )
    return child


def hide(child, people, **more):
    said = {"kind": "staff_family", "why": "Family of somebody here", "owner": people["owner"]} | more
    return restrict(person_id=child.id, by=people["worker"], now=timezone.now(), **said)


def addresses(person_id: str, question_id, evidence_id, entry_key) -> list[str]:
    return [
        f"/children/{person_id}/",
        f"/children/{person_id}/emergency-access/",
        f"/children/{person_id}/why-look/",
        f"/children/{person_id}/documents/",
        f"/children/{person_id}/restrict/",
        f"/children/{person_id}/keep-out/",
        f"/children/{person_id}/restriction/",
        f"/children/{person_id}/restriction/let-in/",
        f"/children/{person_id}/restriction/hand-over/",
        f"/children/{person_id}/restriction/take-off/1/",
        f"/children/{person_id}/lift-restriction/",
        f"/questions/{question_id}/",
        f"/questions/{question_id}/answer/",
        f"/questions/not-this-child/{evidence_id}/",
        f"/questions/strategy/{entry_key}/",
    ]


def answered(client, address: str, data=None) -> tuple[int, str, int]:
    """Status, bytes (but for the token that is new every time) and number of queries."""
    SignedIn.objects.update(last_seen_at=timezone.now())  # noted once a minute, by a query of its own
    with CaptureQueriesContext(connection) as queries:
        page = client.post(address, data) if data else client.get(address)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', "", page.content.decode())
    return page.status_code, text + str(page.headers.get("Location")), len(queries)


@pytest.mark.parametrize("who", ["worker", "triage", "missing", "manager"])
@pytest.mark.parametrize("how", ["restricted", "kept out"])
def test_what_is_hidden_answers_in_status_bytes_and_queries_as_what_is_not_there(
    client, child, people, who, how
):
    if how == "restricted":
        hide(child, people)
    else:
        keep_out(
            person_id=child.id,
            practitioner=people[who],
            why="A niece of theirs",
            by=people["worker"],
            now=timezone.now(),
        )
    row = EvidenceRow.objects.get()
    client.force_login(people[who])
    client.get("/questions/")
    hidden = addresses(child.id, child.asked.id, row.pk, child.sign.key)
    nothing = addresses(NOWHERE, uuid4(), row.pk + 1, "0" * len(child.sign.key))
    for there, nowhere in zip(hidden, nothing, strict=True):
        assert answered(client, there) == answered(client, nowhere), there
    why = {"why": "Seen at the station tonight"}
    for there, nowhere in zip(hidden[1:3], nothing[1:3], strict=True):
        assert answered(client, there, why) == answered(client, nowhere, why), there
    # The accesses that were asked for in vain open nothing, and look alike in doing so.
    assert answered(client, hidden[0])[0] == 404
    for there, nowhere in zip(hidden, nothing, strict=True):
        assert answered(client, there) == answered(client, nowhere), there


def test_without_a_restriction_the_same_addresses_open(client, child, people):
    client.force_login(people["worker"])
    row = EvidenceRow.objects.get()
    for address in addresses(child.id, child.asked.id, row.pk, child.sign.key)[:6]:
        assert client.get(address).status_code == 200, address


def test_a_restricted_child_is_on_no_list_and_in_no_count_but_her_owners(client, child, people):
    hide(child, people)
    for who in ("missing", "worker", "triage"):
        client.force_login(people[who])
        page = client.get("/questions/").content.decode()
        assert "Amina" not in page and "No question is waiting" in page
        assert not for_me(people[who], today=timezone.localdate())
    client.force_login(people["owner"])
    page = client.get("/questions/").content.decode()
    assert "Amina" in page and "strategy discussion" in page
    assert client.get(f"/questions/{child.asked.id}/").status_code == 200
    said = {"kind": "concern", "concern_text": "Known to me"}
    assert client.post(f"/questions/{child.asked.id}/answer/", said).status_code == 302
    assert child.asked.answers.count() == 1


def test_those_it_names_are_let_in_and_nobody_else(child, people):
    hide(child, people, let_in=[people["triage"]])
    today = timezone.localdate()
    let = {name for name, who in people.items() if child.id in seen_by(who, [child.id], today)}
    assert let == {"owner", "triage"}


def test_of_two_joined_records_both_restrictions_must_name_the_reader(child, people):
    hide(child, people, let_in=[people["triage"]])
    other = Restriction.objects.create(person_id=NOWHERE, why="adoption", set_by="test")
    LetIn.objects.create(restriction=other, practitioner=people["owner"], by="test")
    join_records([(NOWHERE, child.id)])
    today = timezone.localdate()
    assert {name for name, who in people.items() if seen_by(who, [child.id], today)} == {"owner"}


def test_evidence_stands_in_the_compartment_of_its_file(child, people):
    shown = {
        role: sum(
            len(reason.evidence)
            for reason in reasons_of(child.asked, what_is_seen(role, invented.COUNCIL, "council"))
        )
        for role in ("triage_officer", "education_welfare_officer")
    }
    assert shown == {"triage_officer": 1, "education_welfare_officer": 0}


def test_clocks_that_run_about_her_pass_to_the_owner(child, people):
    Clock.objects.create(
        what="a question",
        about_kind="question",
        about_id=str(child.asked.pk),
        about_person=child.id,
        owner=people["missing"],
        started_at=timezone.now(),
        due_on=timezone.localdate(),
    )
    hide(child, people)
    assert Clock.objects.get().owner == people["owner"]


def test_somebody_always_answers_for_it(child, people):
    hide(child, people, let_in=[people["triage"]])
    assert owner_of_restricted(child.id) == people["owner"]
    for leaver, next_one in (("owner", "triage"), ("triage", "manager")):
        people[leaver].is_active = False
        people[leaver].save()
        assert owner_of_restricted(child.id) == people[next_one]
    assert owner_of_restricted(NOWHERE) is None


def test_news_of_a_restricted_child_reaches_its_owner_within_a_clock_and_the_writer_learns_nothing(
    child, people
):
    saturday = datetime(2026, 11, 28, 22, 0, tzinfo=timezone.get_current_timezone())
    news = {"about_kind": "concern", "about_id": 1, "now": saturday}
    assert heard_of_restricted(person_id=child.id, **news) is None
    hide(child, people)
    for _ in range(2):
        heard_of_restricted(person_id=child.id, **news)
    clock = Clock.objects.get(what="news of a restricted child")
    # The same working day; at a weekend, the next.
    assert (clock.owner, clock.due_on, clock.about_person) == (people["owner"], date(2026, 11, 30), child.id)
    notice = Notice.objects.get(practitioner=people["owner"])
    assert notice.urgent and "Amina" not in notice.about
    # It reaches the owner of a record that was joined with hers, too, and stays with whoever answers for the record.
    join_records([(NOWHERE, child.id)])
    assert heard_of_restricted(person_id=NOWHERE, about_kind="concern", about_id=2, now=saturday) == people["owner"]  # fmt: skip
    hand_over(
        person_id=child.id, practitioner=people["triage"], why="Off on leave soon", by=people["owner"], now=saturday
    )  # fmt: skip
    assert {row.owner for row in Clock.objects.filter(what="news of a restricted child")} == {people["triage"]}  # fmt: skip


def test_lifting_takes_a_manager_whom_it_lets_in_and_a_reason_and_leaves_it_on_record(child, people):
    now = timezone.now()
    hide(child, people, let_in=[people["manager"], people["triage"]])
    for who, refusal in (("coordinator", NothingThere), ("worker", NothingThere), ("triage", NotAllowed)):
        with pytest.raises(refusal):
            lift(person_id=child.id, why="No longer needed here", by=people[who], now=now)
    with pytest.raises(NotPossible, match="Say why"):
        lift(person_id=child.id, why="", by=people["manager"], now=now)
    lift(person_id=child.id, why="No longer needed here", by=people["manager"], now=now)
    assert child.id in seen_by(people["worker"], [child.id], timezone.localdate())
    assert Restriction.objects.get().lifted_because == "No longer needed here"
    hide(child, people)
    assert Restriction.objects.count() == 2


def test_restricting_takes_a_part_a_role_and_a_reason_and_each_refusal_is_on_the_trail(child, people):
    said = {"kind": "refuge", "why": "A refuge nobody may know", "owner": people["owner"]}
    now = timezone.now()
    with pytest.raises(NothingThere):
        restrict(person_id=child.id, by=people["coordinator"], now=now, **said)
    with pytest.raises(NotAllowed, match="its worker, triage"):
        restrict(person_id=child.id, by=people["missing"], now=now, **said)
    with pytest.raises(NotPossible, match="Say why"):
        restrict(person_id=child.id, by=people["worker"], now=now, **said | {"why": "x"})
    administrator = invented.practitioner("admin", Role.ADMINISTRATOR, people["worker"].agency)
    with pytest.raises(NotPossible, match="whose role opens records"):
        restrict(person_id=child.id, by=people["worker"], now=now, **said | {"owner": administrator})
    assert not Restriction.objects.exists()
    assert Line.objects.refused().filter(about_person=child.id).count() == 4


def test_a_restricted_record_is_let_to_one_more_and_who_is_kept_out_is_let_back(child, people):
    now, today = timezone.now(), timezone.localdate()
    hide(child, people, let_in=[people["manager"]])
    let_in(
        person_id=child.id, practitioner=people["triage"], why="Takes calls about her", by=people["manager"], now=now
    )  # fmt: skip
    assert seen_by(people["triage"], [child.id], today)
    with pytest.raises(NotPossible, match="answer for this"):
        keep_out(
            person_id=child.id,
            practitioner=people["owner"],
            why="A cousin of hers",
            by=people["manager"],
            now=now,
        )
    kept = keep_out(
        person_id=child.id,
        practitioner=people["triage"],
        why="A cousin of hers",
        by=people["manager"],
        now=now,
    )
    assert not seen_by(people["triage"], [child.id], today)
    let_back(kept, why="Not a cousin after all", by=people["manager"], now=now)
    assert seen_by(people["triage"], [child.id], today)
    assert KeptOut.objects.get().lifted_by == people["manager"].display_name


def test_the_pages_restrict_and_keep_out(client, child, people):
    client.force_login(people["manager"])
    page = client.post(f"/children/{child.id}/restrict/", {"why": "x", "owner": "nobody"}).content.decode()
    assert "Choose a kind" in page and "Nobody signs in as nobody" in page
    said = {"kind": "refuge", "why": "In a refuge since May", "owner": "owner", "let_in": "manager\ntriage"}
    assert client.post(f"/children/{child.id}/restrict/", said).status_code == 302
    page = client.get(f"/children/{child.id}/restrict/", follow=True).content.decode()
    assert "In a refuge since May" in page and "Triage" in page
    said = {"user_name": "worker", "why": "A niece of hers"}
    client.post(f"/children/{child.id}/keep-out/", said)
    kept = KeptOut.objects.get()
    assert "A niece of hers" in client.get(f"/children/{child.id}/keep-out/").content.decode()
    client.post(f"/children/{child.id}/keep-out/{kept.pk}/", {"why": "It was somebody else"})
    client.post(f"/children/{child.id}/lift-restriction/", {"why": "She has moved again"})
    assert not KeptOut.objects.standing().exists() and not Restriction.objects.standing().exists()
