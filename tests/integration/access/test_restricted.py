"""Whom a restricted record lets in: one more, one fewer, another owner; with a reason, on the trail, once, and nobody's change is lost."""

from threading import Thread

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from rowan.access.actions import join_records, owner_of_restricted, seen_by
from rowan.access.hiding import keep_out, restrict
from rowan.access.models import LetIn, Restriction, RestrictionChange, Why
from rowan.access.openings import open_in_emergency
from rowan.access.restricted import hand_over, hand_over_what_leavers_owned, let_in, take_off
from rowan.agencies.models import Practitioner
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.notices.models import Notice
from rowan.people.models import Person
from rowan.refusals import NotAllowed, NothingThere, NotPossible
from rowan.timescales.models import Clock
from tests import people_in_tests as invented

WHY = "Needed for this child"
CHILD, OTHER = "c" * 32, "d" * 32


@pytest.fixture
def people(db):
    council = invented.three_agencies()[invented.COUNCIL]
    Person.objects.create(pk=CHILD)
    made = {
        name: invented.practitioner(name, role, council)
        for name, role in {
            "worker": Role.LEAD_PROFESSIONAL,
            "owner": Role.LEAD_PROFESSIONAL,
            "triage": Role.TRIAGE_OFFICER,
            "manager": Role.APPROVING_MANAGER,
            "mentor": Role.MENTOR,
            "outside": Role.EXPLOITATION_COORDINATOR,
            "governance": Role.INFORMATION_GOVERNANCE,
        }.items()
    }
    invented.involve(Person(pk=CHILD), council, Why.ALLOCATED_WORKER, practitioner=made["worker"])
    return made


@pytest.fixture
def hidden(people):
    return restrict(
        person_id=CHILD, kind="refuge", why="In a refuge since May", owner=people["owner"],
        let_in=[people["manager"], people["triage"]], by=people["worker"], now=timezone.now(),
    )  # fmt: skip


def doing(act, people, whom, by="owner", **more):
    said = {"person_id": CHILD, "why": WHY, "now": timezone.now()} | more
    return act(practitioner=people[whom], by=people[by], **said)


def inside(people) -> set[str]:
    today = timezone.localdate()
    return {name for name, who in people.items() if seen_by(who, [CHILD], today)}


def clock(owner, what="a question", about="1") -> Clock:
    return Clock.objects.create(
        what=what, about_kind="question", about_id=about, about_person=CHILD, owner=owner,
        started_at=timezone.now(), due_on=timezone.localdate(),
    )  # fmt: skip


@pytest.mark.parametrize("by", ["owner", "manager"])
def test_one_more_is_let_in_once_and_taken_off_again_with_a_reason_each(people, hidden, by):
    for _ in range(2):
        doing(let_in, people, "mentor", by)
    assert inside(people) == {"owner", "manager", "triage", "mentor"}
    for _ in range(2):
        doing(take_off, people, "mentor", by)
    assert inside(people) == {"owner", "manager", "triage"}
    changes = list(RestrictionChange.objects.values_list("what", "why", "practitioner", "by"))
    said = [WHY, people["mentor"].pk, people[by].display_name]
    assert [list(change) for change in changes] == [["taken_off", *said], ["let_in", *said]]
    for did in ("let somebody into a restricted record", "took somebody off a restricted record"):
        assert Entry.objects.get(did=did, refused_because="").why == WHY
    assert Notice.objects.get(practitioner=people["mentor"]).about == "You were let into a restricted record"


@pytest.mark.parametrize("act", [let_in, take_off, hand_over])
def test_it_takes_somebody_inside_who_may_and_a_reason(people, hidden, act):
    for by, refusal in (("outside", NothingThere), ("worker", NothingThere), ("triage", NotAllowed)):
        with pytest.raises(refusal):
            doing(act, people, "mentor", by)
    with pytest.raises(NotPossible, match="Say why"):
        doing(act, people, "mentor", why="x")
    assert inside(people) == {"owner", "manager", "triage"} and not RestrictionChange.objects.exists()
    assert Entry.objects.refused().count() == 4


@pytest.mark.parametrize("act", [let_in, hand_over])
def test_only_those_are_named_whose_role_opens_records_who_sign_in_and_are_not_kept_out(people, hidden, act):
    keep_out(
        person_id=CHILD, practitioner=people["mentor"], why="A niece of hers", by=people["manager"], now=timezone.now()
    )  # fmt: skip
    people["worker"].is_active = False
    people["worker"].save()
    for whom, words in (("governance", "role opens"), ("worker", "sign in"), ("mentor", "Let them back")):
        with pytest.raises(NotPossible, match=words):
            doing(act, people, whom)


def test_the_owner_and_the_last_one_inside_are_never_taken_off(people, hidden):
    with pytest.raises(NotPossible, match="Hand it to another owner"):
        doing(take_off, people, "owner", "manager")
    doing(take_off, people, "triage")
    Practitioner.objects.filter(pk=people["owner"].pk).update(is_active=False)
    with pytest.raises(NotPossible, match="last one inside"):
        doing(take_off, people, "manager", "manager")
    assert "manager" in inside(people)


def test_what_somebody_had_in_hand_goes_to_the_owner_when_they_are_taken_off(people, hidden):
    theirs, other = clock(people["triage"]), clock(people["manager"], about="2")
    doing(take_off, people, "triage")
    owners = dict(Clock.objects.values_list("pk", "owner"))
    assert owners == {theirs.pk: people["owner"].pk, other.pk: people["manager"].pk}


def test_handed_to_another_owner_its_clocks_follow_and_the_reviewer_keeps_the_review(people, hidden):
    open_in_emergency(
        person_id=CHILD, why="Seen at the station tonight", by=people["outside"], now=timezone.now()
    )
    running, other = clock(people["owner"]), clock(people["manager"], about="2")
    for _ in range(2):
        doing(hand_over, people, "mentor", "manager", owner_was=people["owner"].pk)
    assert owner_of_restricted(CHILD) == people["mentor"]
    assert inside(people) == {"owner", "manager", "triage", "mentor"}
    owners = {row.pk: row.owner for row in Clock.objects.select_related("owner")}
    assert (owners[running.pk], owners[other.pk]) == (people["mentor"], people["manager"])
    review = Clock.objects.get(what="review of an emergency access")
    assert review.owner == people["governance"]
    assert RestrictionChange.objects.get().what == "handed_to"
    told = set(Notice.objects.filter(about__contains="restricted record").values_list("practitioner__username", flat=True))  # fmt: skip
    assert told == {"mentor", "owner"}
    doing(take_off, people, "owner", "mentor")
    assert "owner" not in inside(people)


def test_restricting_leaves_the_review_of_an_emergency_access_with_its_reviewer(people):
    open_in_emergency(
        person_id=CHILD, why="Seen at the station tonight", by=people["outside"], now=timezone.now()
    )
    restrict(
        person_id=CHILD, kind="refuge", why="In a refuge since May", owner=people["owner"], by=people["worker"], now=timezone.now()
    )  # fmt: skip
    assert Clock.objects.get(what="review of an emergency access").owner == people["governance"]


def test_whoever_hands_over_what_somebody_else_handed_over_meanwhile_is_told_and_changes_nothing(
    people, hidden
):
    doing(hand_over, people, "triage", owner_was=people["owner"].pk)
    with pytest.raises(NotPossible, match="Triage answers for it now"):
        doing(hand_over, people, "mentor", "manager", owner_was=people["owner"].pk)
    assert owner_of_restricted(CHILD) == people["triage"]
    doing(hand_over, people, "mentor", "manager", owner_was=people["triage"].pk)
    assert owner_of_restricted(CHILD) == people["mentor"]


def test_for_two_joined_records_what_is_changed_is_changed_for_both(people, hidden):
    other = Restriction.objects.create(person_id=OTHER, why="adoption", owner=people["manager"], set_by="x")
    for name in ("owner", "manager"):
        LetIn.objects.create(restriction=other, practitioner=people[name], by="x")
    join_records([(OTHER, CHILD)])
    assert inside(people) == {"owner", "manager"}
    with pytest.raises(NotPossible, match="They answer for"):
        doing(take_off, people, "manager", "owner" if owner_of_restricted(CHILD) == people["owner"] else "manager")  # fmt: skip
    doing(let_in, people, "triage", "manager")
    assert inside(people) == {"owner", "manager", "triage"}
    doing(hand_over, people, "triage", "manager")
    assert set(Restriction.objects.values_list("owner__username", flat=True)) == {"triage"}
    doing(take_off, people, "owner", "triage")
    assert inside(people) == {"manager", "triage"}


def test_when_the_owner_leaves_the_record_passes_to_somebody_inside_with_its_clocks(people, hidden):
    running = clock(people["owner"])
    now = timezone.now()
    assert hand_over_what_leavers_owned(now) == 0
    Practitioner.objects.filter(pk=people["owner"].pk).update(is_active=False)
    assert [hand_over_what_leavers_owned(now) for _ in range(2)] == [1, 0]
    owner = Restriction.objects.get().owner
    assert owner in {people["manager"], people["triage"]}
    running.refresh_from_db()
    assert running.owner == owner
    assert Entry.objects.get(did="passed a restricted record on").by_kind == "rowan"


def test_what_somebody_kept_out_was_to_see_to_passes_to_a_colleague(people):
    invented.involve(
        Person(pk=CHILD), people["manager"].agency, Why.WORKING_WITH, practitioner=people["manager"]
    )
    hers, elsewhere = clock(people["worker"]), clock(people["worker"], about="2")
    Clock.objects.update(about_kind="an errand")
    Clock.objects.filter(pk=elsewhere.pk).update(about_person="another")
    invented.post(PostKind.TRIAGE, people["worker"].agency, people["worker"], people["triage"])
    keep_out(
        person_id=CHILD, practitioner=people["worker"], why="A niece of hers", by=people["manager"], now=timezone.now()
    )  # fmt: skip
    hers.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (hers.owner, elsewhere.owner) == (people["triage"], people["worker"])
    assert hers.hand_overs.get().because == "because Worker has no part in it any more"
    assert Entry.objects.get(did="passed a clock on").about_person == CHILD


def test_when_nobody_inside_is_left_an_approving_manager_who_is_not_kept_out_is_let_in(people):
    restrict(
        person_id=CHILD, kind="refuge", why="In a refuge since May", owner=people["owner"], by=people["worker"], now=timezone.now()
    )  # fmt: skip
    second = invented.practitioner("second", Role.APPROVING_MANAGER, people["owner"].agency)
    keep_out(
        person_id=CHILD, practitioner=people["manager"], why="Her own family", by=people["owner"], now=timezone.now()
    )  # fmt: skip
    Practitioner.objects.filter(pk=people["owner"].pk).update(is_active=False)
    hand_over_what_leavers_owned(timezone.now())
    assert inside(people | {"second": second}) - {"owner"} == {"second"}
    assert Notice.objects.filter(practitioner=people["governance"], about__contains="nobody left").exists()


def test_pages_show_those_inside_what_stands_and_take_each_change(client, people, hidden):
    keep_out(
        person_id=CHILD, practitioner=people["worker"], why="A niece of hers", by=people["manager"], now=timezone.now()
    )  # fmt: skip
    client.force_login(people["triage"])
    page = client.get(f"/children/{CHILD}/restriction/").content.decode()
    for words in ("Refuge", "In a refuge since May", "Owner", "Manager", "Triage", "Worker", "said by whoever answers"):  # fmt: skip
        assert words in page, words
    assert "Take off" not in page
    assert client.get(f"/children/{CHILD}/restriction/let-in/").status_code == 403
    client.force_login(people["owner"])
    here = f"/children/{CHILD}/restriction/"
    page = client.post(f"{here}let-in/", {"called": "Nobody At All", "why": WHY}).content.decode()
    assert "Nobody whose role opens records is called Nobody At All" in page and WHY in page
    said = {"called": "mentor", "why": WHY}
    assert [client.post(f"{here}let-in/", said).status_code for _ in range(2)] == [302, 302]
    assert "Mentor is let in." in client.get(here).content.decode()
    stale = {"called": "mentor", "why": WHY, "owner_was": people["manager"].pk}
    page = client.post(f"{here}hand-over/", stale).content.decode()
    assert "Owner answers for it now" in page and WHY in page
    owner = people["owner"].pk
    over = stale | {"owner_was": owner}
    assert [client.post(f"{here}hand-over/", over).status_code for _ in range(2)] == [302, 302]
    assert RestrictionChange.objects.filter(what="handed_to").count() == 1
    client.force_login(people["manager"])
    off = f"{here}take-off/{people['triage'].pk}/"
    assert [client.post(off, {"why": WHY}).status_code for _ in range(2)] == [302, 302]
    # Taking oneself off leads to where one still may be.
    client.post(f"{here}take-off/{people['manager'].pk}/", {"why": WHY})
    assert client.get(here).status_code == 404
    assert inside(people) == {"owner", "mentor"}


def test_of_several_so_called_one_is_chosen(client, people, hidden):
    council = people["owner"].agency
    twins = [
        invented.practitioner(name, Role.MENTOR, council, "Robin Ashdown") for name in ("robin-a", "robin-b")
    ]
    client.force_login(people["owner"])
    address = f"/children/{CHILD}/restriction/let-in/"
    page = client.post(address, {"called": "ashdown", "why": WHY}).content.decode()
    assert "Choose which of them you mean" in page and "robin-a" in page and "robin-b" in page
    wrong = {"called": "ashdown", "why": WHY, "which": people["worker"].pk}
    assert client.post(address, wrong).status_code == 200
    client.post(address, wrong | {"which": twins[1].pk})
    assert inside(people | {"a": twins[0], "b": twins[1]}) >= {"b"}
    assert not seen_by(twins[0], [CHILD], timezone.localdate())


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_neither_loses_what_the_other_did(people, hidden):
    answers = []

    def at_once(act, whom, **more):
        close_old_connections()
        try:
            doing(act, people, whom, "manager", **more)
            answers.append("done")
        except NotPossible as refusal:
            answers.append(refusal.reason[:20])
        finally:
            connection.close()

    owner = people["owner"].pk
    threads = [Thread(target=at_once, args=(hand_over, name), kwargs={"owner_was": owner}) for name in ("triage", "mentor")]  # fmt: skip
    threads += [Thread(target=at_once, args=(take_off, "triage")), Thread(target=at_once, args=(let_in, "worker"))]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    restriction = Restriction.objects.get()
    named = set(LetIn.objects.values_list("practitioner", flat=True))
    # Whoever answers for it is inside, both hand-overs did not happen, and the one let in is in.
    assert restriction.owner_id in named and people["worker"].pk in named
    assert RestrictionChange.objects.filter(what="handed_to").count() == 1
    assert len(answers) == 4
