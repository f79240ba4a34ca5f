"""Agreements between agencies: versions side by side, two people at once, review on a clock, and nothing shared once one is over."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.agencies.models import LeadPlace, Post, PostHolding
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.notices.models import Notice
from rowan.refusals import NotAllowed, NotPossible
from rowan.sharing.actions import end_standing, may_leave, share_under
from rowan.sharing.actions.agreements import (
    CLOCK,
    LEADS_CLOCK,
    end_agreement,
    look_again,
    record_agreement,
    see_to_reviews,
)
from rowan.sharing.models import Agreement, AgreementEvent, SharingDecision
from rowan.sharing.rules.agreements import Agreed
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import pass_on
from rowan.timescales.rules.working_days import add_working_days
from tests import people_in_tests as invented


class Agreements:
    def __init__(self, hub):
        self.hub = hub
        self.owner = hub.coordinator
        self.said = Agreed(
            name="Missing children",
            parties=frozenset({hub.council.pk, hub.police.pk}),
            purpose="To find missing children",
            what="Missing reports, each morning",
            article6="public_task",
            condition="safeguarding_children",
            duty="ca2004_s10",
            document_reference="Shared drive, ISA 7",
            from_on=hub.today,
            review_on=hub.today + timedelta(days=300),
            owners_agency=hub.council.pk,
        )

    def record(self, replaces=None, *, by=None, token=None, owner=None, now=None, **more):
        said = {"why": "The police asked for more"} if replaces else {}
        changed = Agreed(**{**vars(self.said), **said, **more})
        return record_agreement(
            changed, token=token or uuid4(), owner=owner or self.owner, replaces=replaces, by=by or self.owner, now=now or self.hub.now,
        )  # fmt: skip

    def standing(self, agreement, **more):
        until = {"until_on": self.hub.today + timedelta(days=90)}
        return self.hub.standing(kind="agreement", agreement=agreement, **{**until, **more})


@pytest.fixture
def isa(hub):
    return Agreements(hub)


def on(day):
    return timezone.make_aware(datetime.combine(day, time(9)))


def test_recorded_it_is_in_force_its_owner_has_the_review_and_pressed_twice_it_is_one(hub, isa):
    token = uuid4()
    made = isa.record(token=token)
    assert isa.record(token=token) == made
    assert list(Agreement.objects.on(hub.today)) == [made]
    assert list(Agreement.objects.on(hub.today - timedelta(days=1))) == []
    clock = Clock.objects.running().get(what=CLOCK)
    assert (clock.owner, clock.due_on, clock.about_id) == (isa.owner, made.review_on, str(made.series))
    assert Entry.objects.filter(did="recorded an agreement", about_id=str(made.series)).count() == 1


def test_who_may_and_what_is_missing(hub, isa):
    for by in (hub.worker, hub.lead, hub.administrator, hub.councillor):
        with pytest.raises(NotAllowed):
            isa.record(by=by)
    with pytest.raises(NotPossible, match="own agency has to be one"):
        isa.record(parties=frozenset({hub.school.pk, hub.police.pk}))
    with pytest.raises(NotPossible, match="at least two"):
        isa.record(parties=frozenset({hub.council.pk}))
    with pytest.raises(NotPossible, match="before it lapses"):
        isa.record(until_on=hub.today + timedelta(days=10))
    with pytest.raises(NotPossible, match="duty or power"):
        isa.record(duty="ca2004_s16la")
    assert not Agreement.objects.exists()
    made = isa.record(by=hub.governance)
    stranger = invented.practitioner("elsewhere", Role.EXPLOITATION_COORDINATOR, hub.school)
    for act in (
        lambda: isa.record(made, by=stranger),
        lambda: end_agreement(made, why="x", by=stranger, now=hub.now),
        lambda: look_again(made, token=uuid4(), review_on=hub.today + timedelta(days=9), why="x", by=hub.worker, now=hub.now),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()
    assert Entry.objects.refused().filter(about_id=str(made.series)).count() == 3


def test_a_new_version_takes_the_place_of_the_old_one_on_its_first_day_and_both_stay(hub, isa):
    first = isa.record()
    begins = hub.today + timedelta(days=30)
    second = isa.record(first, from_on=begins, what="And where they were found", review_on=begins)
    assert list(Agreement.objects.on(hub.today)) == [first]
    assert list(Agreement.objects.on(begins)) == [second]
    assert first.series == second.series
    assert Clock.objects.running().get(what=CLOCK).due_on == begins
    with pytest.raises(TypeError):
        first.save()
    with pytest.raises(NotPossible, match="from before the version"):
        isa.record(second, from_on=hub.today)
    with pytest.raises(NotPossible, match="what changed"):
        isa.record(second, from_on=begins, review_on=begins, why="")


def test_the_page_shows_what_changed_side_by_side(hub, isa, client):
    first = isa.record()
    isa.record(first, what="And where they were found")
    client.force_login(hub.worker)
    page = client.get(f"/sharing/agreements/{first.series}/").content.decode()
    assert "Missing reports, each morning" in page and "And where they were found" in page
    assert "Record a new version" not in page  # she keeps none
    assert page.count("What changed") == 2  # the region and its caption


@pytest.fixture
def typed(hub, isa):
    def typed(**more):
        said, review = isa.said, isa.said.review_on
        days = {f"{box}_{part}": getattr(on, part) for box, on in (("from_on", said.from_on), ("review_on", review)) for part in ("day", "month", "year")}  # fmt: skip
        boxes = {name: getattr(said, name) for name in ("name", "purpose", "what", "article6", "condition", "duty", "document_reference")}  # fmt: skip
        return {
            **boxes,
            **days,
            "parties": sorted(said.parties),
            "owner": isa.owner.pk,
            "token": str(uuid4()),
            **more,
        }

    return typed


def test_two_people_at_once_lose_nothing_and_the_second_sees_both_versions(hub, isa, client, typed):
    first = isa.record()
    path = f"/sharing/agreements/{first.series}/new-version/"
    client.force_login(hub.coordinator)
    token = str(uuid4())
    mine = typed(based_on=first.pk, what="Return interviews too", why="Asked for", token=token)
    theirs = isa.record(first, what="And where they were found", by=hub.governance)
    page = client.post(path, mine).content.decode()
    assert "recorded a new version since you opened this page" in page
    assert "And where they were found" in page and "Return interviews too" in page
    assert Agreement.objects.count() == 2
    assert f'name="based_on" value="{theirs.pk}"' in page
    assert client.post(path, {**mine, "based_on": theirs.pk}).status_code == 302
    assert client.post(path, {**mine, "based_on": theirs.pk}).status_code == 302
    newest = Agreement.objects.newest().get()
    assert (newest.replaces, newest.what, Agreement.objects.count()) == (theirs, "Return interviews too", 3)


def test_somebody_who_looks_again_at_a_version_that_was_replaced_is_shown_the_new_one(hub, isa, client):
    first = isa.record()
    client.force_login(hub.coordinator)
    again = {"based_on": first.pk, "token": str(uuid4()), "why": "Read by all", "review_on_day": 1, "review_on_month": 2, "review_on_year": hub.today.year + 1}  # fmt: skip
    isa.record(first, what="And where they were found", by=hub.governance)
    page = client.post(f"/sharing/agreements/{first.series}/review/", again).content.decode()
    assert "And where they were found" in page and "Read by all" in page
    assert Agreement.objects.count() == 2


def test_recorded_changed_and_ended_by_its_pages(hub, isa, client, typed):
    client.force_login(hub.coordinator)
    assert client.post("/sharing/agreements/new/", typed(what="")).status_code == 200
    assert client.post("/sharing/agreements/new/", typed()).status_code == 302
    series = Agreement.objects.get().series
    assert "Missing children" in client.get("/sharing/agreements/").content.decode()
    client.post(f"/sharing/agreements/{series}/end/", {"why": "Replaced by the county’s"})
    assert "Missing children" not in client.get("/sharing/agreements/").content.decode()
    assert "Missing children" in client.get("/sharing/agreements/?show=past").content.decode()
    again = client.post(f"/sharing/agreements/{series}/new-version/", typed(why="x"))
    assert again.status_code == 409
    client.force_login(hub.lead)
    assert client.get("/sharing/agreements/new/").status_code == 403
    assert client.get(f"/sharing/agreements/{uuid4()}/").status_code == 404


def leaves(hub, decision):
    return may_leave(decision, person_ids=[hub.girl.pk], by=hub.worker, now=hub.now, as_what="a file")


def share(hub, standing, now=None):
    return share_under(standing, person_id=hub.girl.pk, token=uuid4(), by=hub.worker, now=now or hub.now)


def test_when_it_ends_nothing_more_is_shared_under_what_rests_on_it(hub, isa):
    agreement = isa.record()
    standing = isa.standing(agreement)
    decision = share(hub, standing)
    leaves(hub, decision)
    end_agreement(agreement, why="The police left it", by=isa.owner, now=hub.now)
    for act in (lambda: share(hub, standing), lambda: leaves(hub, decision)):
        with pytest.raises((NotPossible, NotAllowed), match="ended or lapsed"):
            act()
    assert SharingDecision.objects.count() == 1
    assert not Clock.objects.running().filter(about_kind="agreement").exists()
    # Protecting her goes on: the full form needs no agreement.
    leaves(hub, hub.decide())


def test_when_it_lapses_nothing_more_is_shared_under_what_rests_on_it(hub, isa, client):
    last = hub.today + timedelta(days=20)
    standing = isa.standing(isa.record(until_on=last, review_on=last), until_on=last)
    decision = share(hub, standing)
    after = on(last + timedelta(days=1))
    with pytest.raises(NotPossible):
        share(hub, standing, now=after)
    with pytest.raises(NotAllowed, match="ended or lapsed"):
        may_leave(decision, person_ids=[hub.girl.pk], by=hub.worker, now=after, as_what="a file")
    assert see_to_reviews(after) == 1
    assert see_to_reviews(after) == 0
    assert "lapsed" in Notice.objects.get(practitioner=isa.owner, about__contains="lapsed").about


def test_when_what_was_agreed_changes_what_rested_on_it_stops_and_a_review_that_changes_nothing_does_not(
    hub, isa, client
):
    agreement = isa.record()
    standing = isa.standing(agreement)
    reviewed = look_again(agreement, token=uuid4(), review_on=hub.today + timedelta(days=60), why="All read it", by=isa.owner, now=hub.now)  # fmt: skip
    decision = share(hub, standing)
    client.force_login(hub.worker)
    two_taps = f"/sharing/standing/{standing.pk}/share/{hub.girl.pk}/"
    assert two_taps in client.get(f"/sharing/children/{hub.girl.pk}/").content.decode()
    isa.record(reviewed, what="Only the date of each report")
    assert two_taps not in client.get(f"/sharing/children/{hub.girl.pk}/").content.decode()
    with pytest.raises(NotPossible, match="has changed"):
        share(hub, standing)
    with pytest.raises(NotAllowed, match="has changed"):
        leaves(hub, decision)


def test_a_standing_decision_somebody_ended_covers_nothing_more_either(hub):
    standing = hub.standing()
    decision = share(hub, standing)
    leaves(hub, decision)
    end_standing(standing, by=hub.coordinator, now=hub.now)
    with pytest.raises(NotAllowed, match="has ended"):
        leaves(hub, decision)


def test_one_under_an_agreement_is_set_up_only_while_it_is_in_force_and_among_its_parties(hub, isa, client):
    client.force_login(hub.coordinator)
    page = client.post("/sharing/standing/new/", {"kind": "agreement"}).content.decode()
    assert "No agreement that your agency is part of is in force" in page
    with pytest.raises(NotPossible, match="Choose the agreement"):
        isa.standing(None)
    agreement = isa.record()
    with pytest.raises(NotPossible, match="not part of the agreement"):
        isa.standing(agreement, recipient_agency=hub.school)
    with pytest.raises(NotPossible, match="not part of this agreement"):
        isa.standing(agreement, by=hub.lead)
    assert isa.standing(agreement).agreement == agreement
    end_agreement(agreement, why="x", by=isa.owner, now=hub.now)
    with pytest.raises(NotPossible, match="not in force"):
        isa.standing(agreement)


@pytest.fixture
def chain(hub):
    since = invented.days_ago(30)
    seated = []
    for place, title in enumerate(("Head of Community Services", "Head of Leisure"), start=1):
        person = invented.practitioner(f"council-chair-{place}", Role.SAFEGUARDING_LEAD, hub.council)
        post = Post.objects.create(kind="lead", agency=hub.council, title=title)
        PostHolding.objects.create(post=post, practitioner=person, from_on=since)
        LeadPlace.objects.create(post=post, place=place, from_on=since)
        seated.append(person)
    return seated


def test_its_owner_is_told_then_chased_then_it_goes_to_the_lead_each_once(hub, isa, chain):
    agreement = isa.record()
    due = agreement.review_on
    assert see_to_reviews(on(due - timedelta(days=40))) == 0
    assert see_to_reviews(on(due - timedelta(days=20))) == 1
    days = [add_working_days(due, n) for n in range(1, 13)]
    for day in days:
        see_to_reviews(on(day))
        assert see_to_reviews(on(day)) == 0
    kinds = list(AgreementEvent.objects.values_list("kind", flat=True))
    assert (kinds.count("told"), kinds.count("chased"), kinds.count("escalated")) == (1, 3, 1)
    assert Clock.objects.running().get(what=LEADS_CLOCK).owner == chain[0]
    # The lead, who keeps no agreement of a right, sees to this one because it was taken to her.
    again = look_again(agreement, token=uuid4(), review_on=days[-1] + timedelta(days=200), why="Read", by=chain[0], now=on(days[-1]))  # fmt: skip
    assert [clock.what for clock in Clock.objects.running().filter(about_kind="agreement")] == [CLOCK]
    assert see_to_reviews(on(days[-1])) == 0
    assert again.owner == isa.owner


def test_when_its_owner_leaves_the_review_passes_to_somebody_who_may_then_see_to_it(hub, isa, chain, client):
    agreement = isa.record()
    hub.coordinator.is_active = False
    hub.coordinator.save()
    assert pass_on(now=hub.now) == 1
    assert Clock.objects.running().get(what=CLOCK).owner == chain[0]
    told = Notice.objects.get(practitioner=chain[0])
    assert told.path == f"/sharing/agreements/{agreement.series}/"
    client.force_login(chain[0])
    page = client.get(told.path).content.decode()
    assert "Its review has passed to" in page and "Look at it again" in page
    new = look_again(agreement, token=uuid4(), review_on=hub.today + timedelta(days=9), why="Read", by=chain[0], now=hub.now)  # fmt: skip
    assert new.owner == chain[0]


def test_the_list_takes_as_many_queries_for_twenty_as_for_two(
    hub, isa, client, django_assert_max_num_queries
):
    for _ in range(20):
        isa.record()
    client.force_login(hub.worker)
    with django_assert_max_num_queries(25):
        page = client.get("/sharing/agreements/").content.decode()
    assert page.count("Missing children") == 20
