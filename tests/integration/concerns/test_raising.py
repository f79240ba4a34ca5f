"""A concern that was raised stands received: once, whole, sealed, with a clock at the right desk and a line on the trail."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.concerns.flooding import flood_now
from rowan.concerns.models import Concern, NameHeard, Receipt, UrgencySet
from rowan.concerns.models.concern import CameBy
from rowan.concerns.rules.flood import Flood
from rowan.concerns.rules.pregnancy import Pregnancy
from rowan.concerns.rules.running import TO_BE_DECIDED
from rowan.concerns.rules.told import CHILD_KNOWS, FIRST_HAND, SEEN_OR_HEARD, HeardName, Referrer
from rowan.notices.models import Notice
from rowan.refusals import NotAllowed, NotPossible
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import pass_on, without_anybody
from tests import people_in_tests as invented


def clock_of(concern) -> Clock:
    return Clock.objects.running().get(what=TO_BE_DECIDED, about_id=str(concern.pk))


def told_to(concern) -> set[str]:
    return set(
        Notice.objects.filter(path__contains=str(concern.pk)).values_list("practitioner__username", flat=True)
    )


def test_a_concern_stands_received_with_its_clock_at_the_triage_desk_and_a_line_on_the_trail(hub):
    concern = hub.raised()
    assert (concern.step, concern.urgency, concern.by, concern.agency) == (
        "received", "amber", hub.teacher, hub.school,
    )  # fmt: skip
    clock = clock_of(concern)
    assert (clock.owner_post, clock.about_person) == (hub.desk, "")
    assert clock.due_on >= hub.now.date()
    assert told_to(concern) == {"triage"}
    line = Entry.objects.get(did="raised a concern", about_id=str(concern.pk))
    assert (line.by_id, line.about_person) == (str(hub.teacher.pk), "")
    assert "Fridays" not in str(line.particulars)
    assert UrgencySet.objects.get(concern=concern).by is None


@pytest.mark.parametrize(
    ("field", "answers"),
    [("seen_or_heard", SEEN_OR_HEARD), ("first_hand", FIRST_HAND), ("child_knows", CHILD_KNOWS)],
)
def test_every_answer_of_the_form_has_room_where_it_is_kept(field, answers):
    """PostgreSQL refuses what is too long for its column, and with it the whole concern; SQLite does not."""
    assert max(map(len, answers)) <= Concern._meta.get_field(field).max_length


def test_sent_twice_it_is_one_and_another_persons_form_is_not_theirs(hub):
    token = uuid4()
    assert hub.raised(token=token) == hub.raised(token=token)
    assert (Concern.objects.count(), Clock.objects.running().filter(what=TO_BE_DECIDED).count()) == (1, 1)
    assert Entry.objects.filter(did="raised a concern").count() == 1
    with pytest.raises(NotPossible, match="another concern"):
        hub.raised(token=token, by=hub.lead)


def test_what_was_told_is_sealed_in_the_database(hub):
    hub.raised(
        hub.told(childs_words="He buys me things", names=(HeardName("Jay", "her friend", "J", "a car"),))
    )
    with connection.cursor() as cursor:
        cursor.execute("select details, what_worries, childs_words from concerns_concern")
        stored = str(cursor.fetchone())
        cursor.execute("select as_said, said_by, child_calls_them, description from concerns_nameheard")
        stored += str(cursor.fetchone())
    for words in ("Amina", "Fridays", "buys", "Jay", "friend", "a car"):
        assert words not in stored
    assert NameHeard.objects.get().as_said == "Jay"


@pytest.mark.parametrize(
    ("more", "urgency"),
    [
        ({"immediate_danger": True}, "red"),
        ({"noticed": ("ADU-04",)}, "red"),
        ({"noticed": ("EDU-01", "FAM-07")}, "amber"),
        ({"pregnancy": Pregnancy(True)}, "amber"),
        ({"pregnancy": Pregnancy(True, frozenset({"looked_after_and_missing"}))}, "red"),
        ({"about": "place", "details": (("name", "The car park"),)}, "green"),
        ({"what_worries": "", "cannot_say_why": True}, "amber"),
    ],
)
def test_how_urgent_it_is_at_first_follows_from_what_was_said(hub, more, urgency):
    assert hub.raised(hub.told(**more)).urgency == urgency


def test_a_concern_about_a_colleague_goes_to_the_designated_officer_and_shuts_that_person_and_their_agency_out(
    hub,
):
    told = hub.told(about_a_professional=True, professionals_name="sian blakemore")
    concern = hub.raised(told, professionals_agency=hub.school)
    assert concern.professional == hub.lead
    assert clock_of(concern).owner_post == hub.officers_post
    assert told_to(concern) == {"lado"}
    for shut_out in (hub.lead, hub.teacher):
        assert not Concern.objects.not_about(shut_out).exists()
    assert Concern.objects.not_about(hub.officer).get() == concern


def test_the_designated_officer_does_not_see_to_a_concern_about_themselves(hub):
    told = hub.told(about_a_professional=True, professionals_name="Lindiwe Fell")
    concern = hub.raised(told, professionals_agency=hub.council)
    assert concern.professional == hub.officer
    assert told_to(concern) == set()
    another = invented.practitioner("another-lado", Role.APPROVING_MANAGER, hub.council)
    hub.officers_post.holdings.create(practitioner=another, order=1, from_on=hub.now.date())
    assert told_to(hub.raised(told, professionals_agency=hub.council)) == {"another-lado"}


def test_a_clock_that_passes_on_never_reaches_the_person_or_a_colleague(hub):
    told = hub.told(about_a_professional=True, professionals_name="Sian Blakemore")
    concern = hub.raised(told, professionals_agency=hub.school)
    Clock.objects.filter(pk=clock_of(concern).pk).update(owner_post=None, owner=hub.officer)
    hub.officers_post.holdings.all().delete()
    hub.officers_post.holdings.create(practitioner=hub.lead, from_on=hub.now.date())
    pass_on(leaving=[hub.officer], now=hub.now)
    assert clock_of(concern).owner_id not in {hub.lead.pk, hub.teacher.pk}


def test_without_a_designated_officer_a_councils_post_is_made_and_its_lead_is_told(hub):
    hub.officers_post.holdings.all().delete()
    hub.officers_post.delete()
    concern = hub.raised(hub.told(about_a_professional=True, professionals_name="The caretaker"))
    post = clock_of(concern).owner_post
    assert (post.kind, post.agency) == (PostKind.LADO, hub.council)
    assert without_anybody(hub.now.date()) >= 0


def test_a_clinic_says_please_contact_and_no_more_and_its_name_stays_in_its_compartment(hub):
    told = hub.told(
        raises="sexual_health", please_contact=True, what_worries="", details=(("name", "Amina Larkfield"),), how_to_reach="07700 900123, mornings",
    )  # fmt: skip
    concern = hub.raised(told, by=hub.nurse)
    assert (concern.compartment, concern.please_contact) == ("sexual_health", True)
    with pytest.raises(NotPossible, match="works in health"):
        hub.raised(hub.told(please_contact=True))
    with pytest.raises(NotPossible, match="how you can be reached"):
        hub.raised(hub.told(raises="health", please_contact=True), by=hub.nurse)


def test_that_a_pregnancy_ends_is_never_kept_outside_health(hub):
    for words in ("She had an abortion", "a termination of her pregnancy", "the pregnancy was terminated"):
        with pytest.raises(NotPossible, match="kept in health"):
            hub.raised(hub.told(what_worries=words))
    assert hub.raised(hub.told(what_worries="The placement was terminated"))


def test_somebody_without_an_account_is_kept_apart_from_what_they_told(hub):
    door = {"referrer": Referrer(name="Ola Marsh", phone="07700 900456"), "code": "ABCDE-FGHJK-MNPQR-STVWX"}
    concern = hub.raised_by_a_stranger(**door)
    assert (concern.by, concern.agency, concern.source.name) == (None, None, "Ola Marsh")
    assert (concern.referrer.name, concern.referrer.phone) == ("", "07700 900456")
    assert "Ola" not in str(vars(Concern.objects.get(pk=concern.pk)))
    assert "ABCDE" not in Receipt.objects.get().digest
    assert Entry.objects.get(did="raised a concern").by_kind == "public"


def test_a_strangers_form_sent_twice_is_one_and_sent_with_another_code_is_refused(hub):
    token = uuid4()
    assert hub.raised_by_a_stranger(token=token) == hub.raised_by_a_stranger(token=token)
    with pytest.raises(NotPossible, match="another concern"):
        hub.raised_by_a_stranger(token=token, code="1" * 20)


def test_in_a_flood_every_report_is_received_and_the_desk_is_told_once(hub):
    raised = [hub.raised_by_a_stranger(code=f"{number:020}") for number in range(40)]
    assert len({concern.pk for concern in raised}) == 40
    assert Clock.objects.running().filter(what=TO_BE_DECIDED).count() == 40
    assert flood_now(hub.now) is Flood.REPORTS_QUEUE
    assert (
        Notice.objects.filter(practitioner=hub.triage).count() == 31
    )  # thirty by themselves, the rest in one
    assert flood_now(hub.now + timedelta(minutes=11)) is Flood.NONE
    red = hub.raised_by_a_stranger(hub.told(raises="resident", immediate_danger=True), code="9" * 20)
    assert told_to(red) == {"triage"}


def test_a_refusal_stays_on_the_trail_and_nothing_else_does(hub):
    with pytest.raises(NotPossible, match="Say what worries you"):
        hub.raised(hub.told(what_worries=""))
    assert not Concern.objects.exists()
    assert Entry.objects.get(did="raised a concern").refused_because


def test_a_link_is_used_up_by_sending_and_by_nothing_else(hub):
    from rowan.concerns.actions.links import make_link

    link = make_link(
        token="a-token", agency=hub.clinic, for_whom="Reception", raises="health", by=hub.triage, now=hub.now
    )
    door = {"came_by": CameBy.LINK.value, "agency": hub.clinic, "link": link}
    first = hub.raised_by_a_stranger(hub.told(raises="health"), **door)
    link.refresh_from_db()
    assert (link.used_at, first.agency) == (hub.now, hub.clinic)
    with pytest.raises(NotAllowed, match="has been used"):
        hub.raised_by_a_stranger(hub.told(raises="health"), code="2" * 20, **door)
