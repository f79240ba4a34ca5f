"""Nobody goes from an account or a role while a clock of theirs would be left with nobody; what waits passes on in the same act."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rowan.agencies import accounts
from rowan.agencies.models import Post, PostHolding
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import SEES_NO_CHILD, Role, leaves_the_work
from rowan.audit_trail.models import Entry
from rowan.refusals import NotPossible
from rowan.timescales.actions import start_clock
from rowan.timescales.models import HandOver
from tests import people_in_tests as invented

LEFT = "would be left with nobody.*Posts and leads"


@pytest.fixture
def council(db):
    return invented.three_agencies()[invented.COUNCIL]


@pytest.fixture
def admin(council):
    return invented.practitioner("administrator", Role.ADMINISTRATOR, council)


@pytest.fixture
def officer(council):
    return invented.practitioner("officer", Role.TRIAGE_OFFICER, council)


def a_clock(*, owner=None, post=None, number=1):
    now = timezone.now()
    return start_clock(
        what="a question", about_kind="invented", about_id=number, due_on=timezone.localdate() + timedelta(days=30), now=now,
        owner=owner, owner_post=post,
    )  # fmt: skip


def chief_of(council):
    chief = invented.practitioner("chief", Role.SAFEGUARDING_LEAD, council)
    invented.post(PostKind.CHIEF_OFFICER, council, chief)
    return chief


def end(person, by):
    accounts.end_account(person, why="Has left", by=by, now=timezone.now())


def change(person, role, by):
    accounts.change_role(person, role=role.value, why="Has moved", by=by, now=timezone.now())


GOES = {
    "an account that ends": end,
    "a councillor": lambda person, by: change(person, Role.COUNCILLOR, by),
    "a commissioner": lambda person, by: change(person, Role.COMMISSIONER, by),
}


@pytest.mark.parametrize("goes", GOES.values(), ids=GOES)
def test_where_nobody_could_take_a_clock_nothing_happens_and_the_page_says_what_to_do(
    council, admin, officer, goes
):
    desk = invented.post(PostKind.TRIAGE, council, officer)
    clocks = [a_clock(owner=officer), a_clock(post=desk, number=2)]
    with pytest.raises(NotPossible, match=f"2 pieces of work with a date {LEFT}"):
        goes(officer, admin)
    officer.refresh_from_db()
    assert officer.is_active and officer.role == Role.TRIAGE_OFFICER
    assert not HandOver.objects.exists()
    assert Entry.objects.refused().filter(about_id=str(officer.pk)).count() == 1
    chief = chief_of(council)
    goes(officer, admin)
    officer.refresh_from_db()
    assert not officer.is_active or officer.role in SEES_NO_CHILD
    for clock in clocks:
        clock.refresh_from_db()
        assert clock.owner == chief
    line = Entry.objects.get(
        did__in=["ended an account", "changed a role"], refused_because="", about_id=str(officer.pk)
    )
    assert line.particulars["passed on"] == 2


def test_what_nobody_could_take_before_is_no_reason_to_keep_somebody_else(council, admin, officer):
    other = invented.practitioner("other", Role.MENTOR, council, is_active=False)
    a_clock(owner=other)
    end(officer, admin)
    officer.refresh_from_db()
    assert not officer.is_active


def test_a_change_among_roles_that_work_with_children_leaves_the_clocks(council, admin, officer):
    clock = a_clock(owner=officer)
    change(officer, Role.MENTOR, admin)
    clock.refresh_from_db()
    assert clock.owner == officer and not HandOver.objects.exists()


def test_the_page_shows_the_reason(client, council, admin, officer):
    a_clock(owner=officer)
    client.force_login(admin)
    page = client.post(f"/accounts/{officer.pk}/end/", {"why": "Has left"})
    assert page.status_code == 409 and "seat somebody else in the post" in page.content.decode()


def test_a_seat_of_somebody_whose_role_sees_no_child_is_shown_as_not_asked(client, council, admin, officer):
    invented.post(PostKind.TRIAGE, council, officer)
    change(officer, Role.COUNCILLOR, admin)
    client.force_login(admin)
    assert "Is not asked" in client.get(f"/posts/{council.pk}/").content.decode()
    assert PostHolding.objects.count() == 1 and Post.objects.count() == 1


@pytest.mark.parametrize(
    ("before", "after", "leaves"),
    [
        (Role.TRIAGE_OFFICER, Role.MENTOR, False),
        (Role.TRIAGE_OFFICER, Role.ADMINISTRATOR, True),
        (Role.INFORMATION_GOVERNANCE, Role.ADMINISTRATOR, True),
        (Role.INFORMATION_GOVERNANCE, Role.MENTOR, True),
        (Role.COUNCILLOR, Role.COUNCILLOR, False),
    ],
)
def test_who_leaves_the_work(before, after, leaves):
    assert leaves_the_work(before.value, after.value) is leaves
