"""A concern about somebody who works with children: they are shut out of it and of the child at once, whatever part they have."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.models import KeptOut, LetIn, Restriction
from rowan.agencies.models import Absence, LeadPlace
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.concerns.actions import deciding, triage
from rowan.concerns.models import Concern
from rowan.concerns.reading import open_concern, to_triage
from rowan.escalation.actions.going_up import take_overdue_up
from rowan.escalation.models import OverdueStep
from rowan.notices.models import Notice
from rowan.questions.waiting import refusal_to_answer_sign, unanswered_signs
from rowan.refusals import NothingThere, NotPossible
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import pass_on
from tests import people_in_tests as invented

pytestmark = pytest.mark.django_db


@pytest.fixture
def lado(desk):
    """Sits in another post than the desk's, in a role that does not triage."""
    officer = invented.practitioner("lado", Role.SAFEGUARDING_LEAD, desk.council, "Lindiwe Fell")
    desk.officers_post = invented.post(PostKind.LADO, desk.council, officer)
    return officer


def about(desk, professional, **more) -> Concern:
    return desk.concern(
        about_a_professional=True,
        professional=professional,
        professionals_agency=professional.agency,
        **more,
    )


def matched(desk, concern, child, by, opened_on="none") -> Concern:
    return triage.say_who(
        concern.pk,
        person_id=child.pk,
        how_known="The school says so",
        opened_on=opened_on,
        by=by,
        now=desk.now,
    )


def test_the_designated_officer_reads_and_sees_to_it_whatever_their_role(desk, lado):
    concern = about(desk, desk.worker)
    assert list(to_triage(lado, timezone.localdate())) == [concern]
    assert open_concern(concern.pk, by=lado, now=desk.now).triages
    assert not to_triage(desk.officer, timezone.localdate()).exists()


def test_the_childs_own_worker_about_whom_it_is_sees_nothing_of_the_child_from_then_on(desk, lado):
    desk.open_girl()
    concern = about(desk, desk.worker, noticed=[("ADU-04", "S")])
    assert open_record(person_id=desk.girl.pk, by=desk.worker, today=timezone.localdate(), did="looked")
    matched(desk, concern, desk.girl, lado)
    with pytest.raises(NothingThere):
        open_record(person_id=desk.girl.pk, by=desk.worker, today=timezone.localdate(), did="looked")
    sign = unanswered_signs().get()
    assert refusal_to_answer_sign(sign, desk.worker, today=timezone.localdate())
    asked = Clock.objects.running().get(about_kind="sign of harm")
    assert (asked.owner, asked.owner_post) == (None, desk.triage_post)
    assert not Notice.objects.filter(practitioner=desk.worker).exists()
    assert deciding.worker_of(Concern.objects.get(), timezone.localdate()) is None


def test_said_to_be_about_another_child_it_lets_them_back(desk, lado):
    desk.open_girl()
    concern = about(desk, desk.worker)
    matched(desk, concern, desk.girl, lado)
    stands = triage.version_of(concern.matched.last())
    matched(desk, concern, desk.boy, lado, opened_on=stands)
    assert {kept.person_id for kept in KeptOut.objects.standing()} == {desk.boy.pk}
    assert open_record(person_id=desk.girl.pk, by=desk.worker, today=timezone.localdate(), did="looked")


def test_while_the_officer_is_away_whoever_has_their_work_reads_it(desk, lado):
    concern, today = about(desk, desk.worker), timezone.localdate()
    chief = invented.practitioner("chief", Role.SAFEGUARDING_LEAD, desk.council, "Chief Officer")
    chiefs_post = invented.post(PostKind.CHIEF_OFFICER, desk.council, chief)
    LeadPlace.objects.create(post=chiefs_post, place=1, from_on=today)
    with pytest.raises(NothingThere):
        open_concern(concern.pk, by=chief, now=desk.now)
    Absence.objects.create(practitioner=lado, from_on=today, entered_by=chief, entered_at=desk.now)
    pass_on(now=desk.now)
    assert Clock.objects.running().get(about_id=str(concern.pk)).owner == chief
    assert open_concern(concern.pk, by=chief, now=desk.now).triages
    assert list(to_triage(chief, today)) == [concern]


def test_no_clock_lets_the_person_themselves_in(desk, lado):
    concern = about(desk, desk.worker)
    Clock.objects.filter(about_id=str(concern.pk)).update(owner=desk.worker)
    with pytest.raises(NothingThere):
        open_concern(concern.pk, by=desk.worker, now=desk.now)
    assert not to_triage(desk.worker, timezone.localdate()).exists()


def test_the_acting_lead_is_not_told_when_it_is_about_them(hub):
    """The officer is away, and whoever leads the council today is the very person."""
    today = timezone.localdate()
    lead = invented.practitioner("lead", Role.SAFEGUARDING_LEAD, hub.council, "Maud Ellery")
    LeadPlace.objects.create(post=invented.post(PostKind.LEAD, hub.council, lead), place=1, from_on=today)
    Absence.objects.create(practitioner=hub.officer, from_on=today, entered_by=lead, entered_at=hub.now)
    hub.raised(
        hub.told(about_a_professional=True, professionals_name="Maud Ellery"),
        professionals_agency=hub.council,
    )
    assert not Notice.objects.filter(practitioner=lead).exists()


def test_its_clock_names_no_child_on_any_list(desk, lado):
    desk.open_girl()
    matched(desk, about(desk, desk.worker), desk.girl, lado)
    matched(desk, desk.concern(), desk.boy, desk.officer)
    named = Clock.objects.running().filter(about_kind="concern").values_list("about_person", flat=True)
    assert sorted(named) == ["", desk.boy.pk]


def test_overdue_it_goes_up_to_nobody_of_the_persons_own_agency(desk):
    today = timezone.localdate()
    head = invented.practitioner("head", Role.SAFEGUARDING_LEAD, desk.school, "Head of School")
    LeadPlace.objects.create(
        post=invented.post(PostKind.LEAD, desk.school, head),
        place=1,
        from_on=today - timedelta(days=90),
    )
    concern, ordinary = about(desk, desk.teacher), desk.concern()
    Clock.objects.filter(about_id__in=[str(concern.pk), str(ordinary.pk)]).update(
        due_on=today - timedelta(days=9), due_at=None, owner=head, owner_post=None
    )
    take_overdue_up(desk.now)
    went_to = dict(OverdueStep.objects.values_list("overdue__clock__about_id", "owner"))
    assert went_to[str(ordinary.pk)] == head.pk
    assert went_to[str(concern.pk)] == desk.manager.pk


def test_the_officer_reads_whom_it_is_about_and_the_desk_does_not(client, desk, lado):
    concern = about(desk, desk.worker, details={"name": "Amina", "professional": "Joan Eccles"})
    address = reverse("concerns:triage_one", args=[concern.pk])
    client.force_login(lado)
    assert "Joan Eccles" in client.get(address).content.decode()
    client.force_login(desk.officer)
    assert client.get(address).status_code == 404


def test_whoever_answers_for_a_restricted_record_is_not_left_in_it_unseen(desk, lado):
    held = Restriction.objects.create(person_id=desk.girl.pk, why="x", owner=desk.worker, set_by="operator")
    for who in (desk.worker, lado):
        LetIn.objects.create(restriction=held, practitioner=who, by="operator")
    concern = about(desk, desk.worker)
    with pytest.raises(NotPossible, match="Hand it to another owner first"):
        matched(desk, concern, desk.girl, lado)
    assert not concern.matched.exists()
