"""Posts and leads: who makes a post, seats somebody from a day and ends the seat, names a deputy, orders the chain; and what passes on."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from rowan.agencies import posts
from rowan.agencies.leads import lead_now
from rowan.agencies.models import LeadPlace, Post, PostHolding
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.refusals import NotAllowed, NotPossible, SomebodyWasFirst
from rowan.timescales.actions import start_clock
from rowan.timescales.models import HandOver
from rowan.timescales.passing_on import pass_on
from tests import people_in_tests as invented

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=ZoneInfo("Europe/London"))
LONG_AGO = TODAY - timedelta(days=100)


def in_days(days):
    return TODAY + timedelta(days=days)


@pytest.fixture
def agencies(db):
    return invented.three_agencies()


@pytest.fixture
def council(agencies):
    return agencies[invented.COUNCIL]


@pytest.fixture
def admin(council):
    return invented.practitioner("administrator", Role.ADMINISTRATOR, council)


@pytest.fixture
def ann(council):
    return invented.practitioner("ann", Role.SAFEGUARDING_LEAD, council)


@pytest.fixture
def bea(council):
    return invented.practitioner("bea", Role.SAFEGUARDING_LEAD, council)


@pytest.fixture
def lead(council, admin):
    return posts.make_post(agency=council, kind="lead", title="Head of Community Services", by=admin)


@pytest.fixture
def deputy(council, admin):
    return posts.make_post(agency=council, kind="lead", title="Centre Manager", by=admin)


def sits(post, person, from_on=LONG_AGO, **more):
    return PostHolding.objects.create(post=post, practitioner=person, from_on=from_on, **more)


def a_clock(*, owner=None, post=None, number=1, started=NOW):
    return start_clock(
        what="a question", about_kind="invented", about_id=number, due_on=in_days(30), now=started, owner=owner, owner_post=post
    )  # fmt: skip


def owner_of(clock):
    clock.refresh_from_db()
    return clock.owner


def lines(did):
    return Entry.objects.filter(did=did, refused_because="")


def test_a_real_home_makes_its_chain_and_somebody_answers(council, admin, lead, deputy, ann, bea):
    posts.seat(lead, ann, from_on=TODAY, by=admin, now=NOW)
    posts.seat(deputy, bea, from_on=TODAY, by=admin, now=NOW)
    posts.order_chain(council, [lead, deputy], from_on=TODAY, by=admin, now=NOW)
    assert lead_now(council, TODAY).practitioner == ann
    posts.order_chain(council, [deputy, lead], from_on=in_days(7), by=admin, now=NOW)
    assert lead_now(council, in_days(6)).practitioner == ann
    assert lead_now(council, in_days(7)).practitioner == bea
    assert lines("made a post").count() == 2
    assert lines("gave a post").count() == 2
    assert lines("ordered a chain of leads").last().particulars == {
        "posts": [deputy.pk, lead.pk],
        "from_on": "2026-06-08",
    }


def test_a_second_press_does_nothing_more(council, admin, lead, deputy, ann):
    def all_of_it():
        posts.make_post(agency=council, kind="lead", title=lead.title, by=admin)
        posts.name_deputy(lead, deputy, by=admin)
        posts.order_chain(council, [lead, deputy], from_on=TODAY, by=admin, now=NOW)
        return posts.seat(lead, ann, from_on=TODAY, by=admin, now=NOW)

    def stored():
        return [list(kind.objects.order_by("pk").values()) for kind in (Post, PostHolding, LeadPlace)], Entry.objects.count()  # fmt: skip

    holding = all_of_it()
    once = stored()
    all_of_it()
    assert stored() == once
    for _ in range(2):
        posts.end_seat(holding, from_on=in_days(3), by=admin, now=NOW)
    assert lines("ended a seat").count() == 1


def test_a_seat_that_ends_gives_its_clocks_to_whoever_is_there_in_the_same_act(admin, lead, deputy, ann, bea):
    posts.name_deputy(lead, deputy, by=admin)
    holding = sits(lead, ann)
    sits(deputy, bea)
    by_name, at_post, her_own = a_clock(owner=ann, post=lead), a_clock(post=lead, number=2), a_clock(owner=ann, number=3)  # fmt: skip
    posts.end_seat(holding, from_on=TODAY, by=admin, now=NOW)
    holding.refresh_from_db()
    assert holding.until_on == in_days(-1)
    assert (owner_of(by_name), owner_of(at_post)) == (bea, bea)
    assert owner_of(her_own) == ann, "what came to her by name, and not with the post"
    assert lines("ended a seat").get().particulars["passed on"] == 2
    assert HandOver.objects.get(clock=by_name).because == "because Ann holds the post of Head of Community Services no longer"  # fmt: skip


def test_what_came_this_morning_passes_on_too(admin, lead, ann, bea):
    holding = sits(lead, ann)
    sits(lead, bea, order=1)
    clock = a_clock(owner=ann, post=lead, started=NOW)
    posts.end_seat(holding, from_on=TODAY, by=admin, now=NOW)
    assert owner_of(clock) == bea


def test_a_seat_does_not_end_while_a_clock_would_be_left_with_nobody(admin, lead, deputy, ann, bea):
    holding = sits(lead, ann)
    clocks = [a_clock(owner=ann, post=lead), a_clock(post=lead, number=2)]
    for day in (TODAY, in_days(7)):
        with pytest.raises(
            NotPossible, match="2 pieces of work with a date would be left with nobody.*seat somebody else"
        ):
            posts.end_seat(holding, from_on=day, by=admin, now=NOW)
    holding.refresh_from_db()
    assert holding.until_on is None
    assert [owner_of(clock) for clock in clocks] == [ann, None]
    assert not lines("ended a seat").exists() and not HandOver.objects.exists()
    assert Entry.objects.refused().filter(did="ended a seat", about_id=str(lead.pk)).count() == 2
    sits(lead, bea)
    posts.end_seat(holding, from_on=TODAY, by=admin, now=NOW)
    assert owner_of(clocks[0]) == bea


def test_an_end_that_was_entered_ahead_passes_the_clocks_on_when_its_day_has_come(admin, lead, ann, bea):
    holding = sits(lead, ann)
    sits(lead, bea, order=1)
    clock = a_clock(owner=ann, post=lead)
    later_by_name = a_clock(owner=ann, post=lead, number=2, started=NOW + timedelta(days=8))
    posts.end_seat(holding, from_on=in_days(7), by=admin, now=NOW)
    assert owner_of(clock) == ann
    assert pass_on(now=NOW + timedelta(days=6)) == 0
    assert pass_on(now=NOW + timedelta(days=7)) == 1
    assert owner_of(clock) == bea
    assert pass_on(now=NOW + timedelta(days=9)) == 0
    assert owner_of(later_by_name) == ann, "put to her by name since then"


def test_who_sits_there_again_keeps_what_is_theirs(admin, lead, ann, bea):
    sits(lead, ann, until_on=in_days(-10))
    sits(lead, ann, from_on=in_days(-9))
    sits(lead, bea, order=1)
    a_clock(owner=ann, post=lead, started=NOW - timedelta(days=50))
    assert pass_on(now=NOW) == 0


def test_a_seat_that_never_began_is_taken_back(admin, lead, ann, bea):
    sits(lead, bea)
    holding = posts.seat(lead, ann, from_on=in_days(7), by=admin, now=NOW)
    assert holding.order == 1
    posts.end_seat(holding, from_on=in_days(2), by=admin, now=NOW)
    assert [seat.practitioner for seat in lead.holdings.all()] == [bea]


def test_the_administrator_gives_herself_no_post(council, admin, lead):
    admin.role = Role.SAFEGUARDING_LEAD
    with pytest.raises(NotAllowed, match="Only an administrator"):
        posts.seat(lead, admin, from_on=TODAY, by=admin, now=NOW)
    admin.refresh_from_db()
    with pytest.raises(NotAllowed, match="Nobody gives herself or himself a post"):
        posts.seat(lead, admin, from_on=TODAY, by=admin, now=NOW)
    mine = sits(lead, admin)
    with pytest.raises(NotAllowed, match="ends the seat"):
        posts.end_seat(mine, from_on=TODAY, by=admin, now=NOW)
    assert Entry.objects.refused().count() == 3


@pytest.mark.parametrize(
    "role", [Role.INFORMATION_GOVERNANCE, Role.SAFEGUARDING_LEAD, Role.APPROVING_MANAGER]
)
def test_nobody_else_keeps_posts(council, lead, deputy, ann, role):
    other = invented.practitioner("other", role, council)
    holding = sits(lead, ann)
    for act in (
        lambda: posts.make_post(agency=council, kind="lado", title="Officer", by=other),
        lambda: posts.seat(deputy, ann, from_on=TODAY, by=other, now=NOW),
        lambda: posts.end_seat(holding, from_on=TODAY, by=other, now=NOW),
        lambda: posts.name_deputy(lead, deputy, by=other),
        lambda: posts.order_chain(council, [lead], from_on=TODAY, by=other, now=NOW),
    ):
        with pytest.raises(NotAllowed, match="Only an administrator makes posts"):
            act()
    assert Entry.objects.refused().filter(by_id=str(other.pk)).count() == 5
    holding.refresh_from_db()
    assert holding.until_on is None and not LeadPlace.objects.exists()


def test_who_cannot_sit_in_a_post(agencies, council, admin, lead, ann):
    police = invented.practitioner("police", Role.POLICE_EXPLOITATION_TEAM, agencies[invented.POLICE])
    officer = invented.practitioner("officer", Role.INFORMATION_GOVERNANCE, council)
    left = invented.practitioner("left", Role.SAFEGUARDING_LEAD, council, is_active=False)
    for person, why in ((police, "of the agency itself"), (officer, "every child’s record"), (left, "account is open")):  # fmt: skip
        with pytest.raises(NotPossible, match=why):
            posts.seat(lead, person, from_on=TODAY, by=admin, now=NOW)
    for day in (in_days(-32), in_days(367)):
        with pytest.raises(NotPossible, match="must be within"):
            posts.seat(lead, ann, from_on=day, by=admin, now=NOW)
    sits(lead, ann)
    with pytest.raises(NotPossible, match="sit in this post already"):
        posts.seat(lead, ann, from_on=TODAY, by=admin, now=NOW)


def test_what_cannot_be_in_a_chain_or_stand_in(agencies, council, admin, lead):
    chief = posts.make_post(agency=council, kind="chief_officer", title="Chief Executive", by=admin)
    theirs = posts.make_post(agency=agencies[invented.POLICE], kind="lead", title="Inspector", by=admin)
    for chain in ([lead, lead], [chief], [theirs]):
        with pytest.raises(NotPossible, match="chain"):
            posts.order_chain(council, chain, from_on=TODAY, by=admin, now=NOW)
    for deputy in (lead, theirs):
        with pytest.raises(NotPossible, match="stand in for itself|same agency"):
            posts.name_deputy(lead, deputy, by=admin)
    with pytest.raises(NotPossible, match="Choose a kind"):
        posts.make_post(agency=council, kind=PostKind.ALLOCATED_WORKER, title="Worker", by=admin)


def test_the_second_of_two_sees_both_versions(council, admin, lead, deputy, ann, bea):
    holding, before = sits(lead, ann), posts.chain_version(council)
    sits(lead, bea, order=1)
    posts.end_seat(holding, from_on=in_days(5), by=admin, now=NOW)
    with pytest.raises(SomebodyWasFirst) as seat:
        posts.end_seat(holding, from_on=in_days(9), by=admin, now=NOW, opened_on="open")
    assert seat.value.may_send and "until 5 June 2026" in seat.value.both[0].now
    posts.order_chain(council, [lead], from_on=TODAY, by=admin, now=NOW)
    with pytest.raises(SomebodyWasFirst) as chain:
        posts.order_chain(council, [deputy], from_on=TODAY, by=admin, now=NOW, opened_on=before)
    assert (chain.value.both[0].now, chain.value.both[0].typed) == (lead.title, deputy.title)
    posts.name_deputy(lead, deputy, by=admin)
    with pytest.raises(SomebodyWasFirst):
        posts.name_deputy(lead, None, by=admin, opened_on="7")
    with pytest.raises(SomebodyWasFirst, match="has this post already"):
        for title in ("Officer", "Designated officer"):
            posts.make_post(agency=council, kind="lado", title=title, by=admin)
    lead.refresh_from_db()
    assert lead.deputy == deputy


def test_what_was_planned_later_gives_way(council, admin, lead, deputy):
    posts.order_chain(council, [lead], from_on=TODAY, by=admin, now=NOW)
    posts.order_chain(council, [deputy], from_on=in_days(10), by=admin, now=NOW)
    posts.order_chain(council, [lead, deputy], from_on=in_days(5), by=admin, now=NOW)
    chains = [[post.title for post in posts.chain_of(council, in_days(day))] for day in (0, 4, 5, 10)]
    assert chains == [[lead.title], [lead.title], [lead.title, deputy.title], [lead.title, deputy.title]]
    posts.order_chain(council, [lead], from_on=TODAY, by=admin, now=NOW)
    assert posts.chain_of(council, in_days(10)) == [lead]


# ---- the pages


def typed(day, **more):
    return {"from_on_day": day.day, "from_on_month": day.month, "from_on_year": day.year} | more


def test_it_is_all_done_on_the_pages(client, council, admin, ann, bea):
    client.force_login(admin)
    here, today = f"/posts/{council.pk}/", timezone.localdate()
    assert "Posts and leads" in client.get("/who-answers/").content.decode()
    assert council.name in client.get("/posts/").content.decode()
    for kind, title in (("lead", "Head of Services"), ("lead", "Centre Manager")):
        assert client.post(f"{here}new/", {"kind": kind, "title": title}).status_code == 302
    lead, deputy = Post.objects.order_by("pk")
    client.post(f"/posts/post/{lead.pk}/seat/", typed(today, practitioner=ann.pk))
    client.post(f"/posts/post/{deputy.pk}/seat/", typed(today, practitioner=bea.pk))
    client.post(f"/posts/post/{lead.pk}/deputy/", {"deputy": deputy.pk, "opened_on": "none"})
    places = {f"place_{lead.pk}": 1, f"place_{deputy.pk}": 2}
    assert "a place of its own" in client.post(f"{here}chain/", typed(today, **places | {f"place_{deputy.pk}": 1})).content.decode()  # fmt: skip
    client.post(f"{here}chain/", typed(today, **places, opened_on=posts.chain_version(council)))
    assert lead_now(council, today).practitioner == ann
    page = client.get(here).content.decode()
    assert f"Ann, since {today.day}" in page and "Centre Manager" in page
    seat = ann.holdings.get()
    answer = client.post(f"/posts/seat/{seat.pk}/end/", typed(today + timedelta(days=3), opened_on="open"))
    assert answer.status_code == 302
    assert f"until {(today + timedelta(days=2)).day}" in client.get(here).content.decode()


def test_nobody_chooses_herself_or_whose_role_sees_no_child(client, council, admin, lead, ann):
    client.force_login(admin)
    page = client.get(f"/posts/post/{lead.pk}/seat/").content.decode()
    assert "Ann</option>" in page and "Administrator</option>" not in page


def test_the_pages_are_for_those_who_keep_accounts(client, council, lead, ann):
    holding = sits(lead, ann)
    changes = [f"/posts/{council.pk}/new/", f"/posts/{council.pk}/chain/", f"/posts/post/{lead.pk}/seat/", f"/posts/post/{lead.pk}/deputy/", f"/posts/seat/{holding.pk}/end/"]  # fmt: skip
    looks = ["/posts/", f"/posts/{council.pk}/"]
    client.force_login(ann)
    assert {client.get(page).status_code for page in changes + looks} == {403}
    assert "Posts and leads" not in client.get("/who-answers/").content.decode()
    client.force_login(invented.practitioner("governance", Role.INFORMATION_GOVERNANCE, council))
    assert {client.get(page).status_code for page in changes} == {403}
    assert {client.get(page).status_code for page in looks} == {200}


# ---- the operator's command


def test_an_operator_does_the_same_by_command(capsys, council, ann, bea):
    def post(*words):
        call_command("agencies", "post", *words, "--agency", council.code)
        return capsys.readouterr().out

    today = timezone.localdate()
    for title in ("Head", "Manager"):
        post("make", title, "--kind", "lead")
    post("seat", "ann", "--title", "Head")
    post("seat", "bea", "--title", "Manager", "--from", today.isoformat())
    post("deputy", "Head", "--deputy", "Manager")
    post("chain", "Head", "Manager")
    assert lead_now(council, today).practitioner == ann
    listed = post("list")
    assert "lead 1  Head" in listed and "ann" in listed and "deputy: Manager" in listed
    post("end-seat", "ann", "--title", "Head", "--from", (today + timedelta(days=1)).isoformat())
    assert ann.holdings.get().until_on == today
    assert set(lines("gave a post").values_list("by_kind", flat=True)) == {"operator"}
    with pytest.raises(CommandError, match="no post called"):
        post("seat", "ann", "--title", "Nowhere")
