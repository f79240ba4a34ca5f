"""The answer to a question joins a concern that is open already: only one the answerer may know of, and whoever has it is told."""

from uuid import uuid4

import pytest
from django.urls import reverse

from rowan.agencies.rules.posts import PostKind
from rowan.audit_trail.models import Entry as Line
from rowan.concerns.actions import triage
from rowan.concerns.actions.joining import IS_ABOUT_ANOTHER, JOINED, NOT_THERE, join_concern
from rowan.concerns.models import Concern, JoinedAnswer
from rowan.questions.actions import answer
from rowan.refusals import NothingThere, NotPossible, SomebodyWasFirst
from tests import people_in_tests as invented

from .test_the_form import signed_in

TWENTY_TWO = {"absent": 22, "possible": 40, "weeks": 4, "weeks_to": str(invented.days_ago(3)), "past_weeks": 16, "past_absent": 9, "past_possible": 160, "expected": 3}  # fmt: skip


def answered(hub, *, text="Her absence worries us."):
    asked = invented.question(
        hub.girl, "absence_risen", rows=[(invented.SCHOOL, invented.days_ago(3), "Absent on Friday")],
        audience=invented.SCHOOL, at_post=invented.post(PostKind.SCHOOL_LEAD, hub.school, hub.lead), figures=TWENTY_TWO,
    )  # fmt: skip
    answer(asked, kind="concern", text=text, by=hub.lead, now=hub.now)
    return asked


def about_the_girl(hub, concern: Concern, person=None) -> Concern:
    newest = concern.matched.last()
    triage.say_who(
        concern.pk,
        person_id=(person or hub.girl).pk,
        how_known="Same name and school",
        opened_on=str(newest.pk) if newest else "none",
        by=hub.triage,
        now=hub.now,
    )
    concern.refresh_from_db()
    return concern


def page(asked) -> str:
    return reverse("concerns:join_from", args=[asked.pk])


def test_the_answer_and_its_evidence_land_on_the_colleagues_concern_and_whoever_has_it_is_told(hub):
    concern, asked, client = about_the_girl(hub, hub.raised()), answered(hub), signed_in(hub.lead)
    assert page(asked) in client.get(f"/questions/{asked.pk}/").content.decode()
    assert concern.reference in client.get(page(asked)).content.decode()
    for _ in range(2):
        assert client.post(page(asked), {"concern": concern.pk}).status_code == 302
    assert Concern.objects.count() == 1
    owed = asked.answers.get().owed.get()
    assert owed.outcome == f"It joined concern {concern.reference}."
    assert hub.triage.notices.filter(about=JOINED).count() == 1
    shown = signed_in(hub.triage).get(reverse("concerns:triage_one", args=[concern.pk])).content.decode()
    for words in ("Her absence worries us.", "Absent on Friday", hub.lead.display_name):
        assert words in shown
    line = Line.objects.get(did="joined a concern", refused_because="")
    assert (line.about_person, line.particulars["question"]) == (hub.girl.pk, str(asked.pk))


def test_nobody_joins_a_concern_that_they_may_not_know_of(hub):
    """Raised by a stranger, it is triage's: the school is not shown that it is there, and its number opens nothing."""
    told = hub.told(raises="resident")
    concern = about_the_girl(hub, hub.raised_by_a_stranger(told))
    asked, client = answered(hub), signed_in(hub.lead)
    shown = client.get(page(asked)).content.decode()
    assert concern.reference not in shown
    assert "No concern that you may know of is open about this child." in shown
    for nothing in (concern.pk, uuid4()):
        with pytest.raises(NotPossible, match=NOT_THERE):
            join_concern(asked.pk, concern_id=nothing, by=hub.lead, now=hub.now)
    assert not JoinedAnswer.objects.exists()
    assert asked.answers.get().owed.get().settled_at is None


def test_a_concern_about_a_professional_is_no_colleagues_to_join(hub):
    told = hub.told(about_a_professional=True, professionals_name="Somebody")
    concern = about_a_colleague = hub.raised(told)
    Concern.objects.filter(pk=concern.pk).update(person=hub.girl)
    asked = answered(hub)
    assert about_a_colleague.reference not in signed_in(hub.lead).get(page(asked)).content.decode()


def test_a_decided_concern_and_another_childs_are_not_offered(hub):
    concern, other = about_the_girl(hub, hub.raised()), hub.raised()
    about_the_girl(hub, other, invented.child("Rosa", "Thorn", sex="F", age=14, school=hub.school))
    Concern.objects.filter(pk=concern.pk).update(step="referrer_told")
    asked = answered(hub)
    shown = signed_in(hub.lead).get(page(asked)).content.decode()
    assert concern.reference not in shown and other.reference not in shown


def test_nothing_is_chosen_and_nothing_joins(hub):
    about_the_girl(hub, hub.raised())
    asked = answered(hub)
    shown = signed_in(hub.lead).post(page(asked), {}).content.decode()
    assert "Choose a concern" in shown and not JoinedAnswer.objects.exists()


def test_a_colleague_who_joins_another_learns_who_was_first(hub):
    first, second = (about_the_girl(hub, hub.raised()) for _ in range(2))
    asked = answered(hub)
    join_concern(asked.pk, concern_id=first.pk, by=hub.lead, now=hub.now)
    with pytest.raises(SomebodyWasFirst):
        join_concern(asked.pk, concern_id=second.pk, by=hub.lead, now=hub.now)
    assert JoinedAnswer.objects.get().concern == first


def test_a_question_that_owes_no_concern_joins_none(hub):
    concern = about_the_girl(hub, hub.raised())
    with pytest.raises(NothingThere):
        join_concern(uuid4(), concern_id=concern.pk, by=hub.lead, now=hub.now)


def test_found_to_be_about_another_child_it_shows_no_answer_and_whoever_joined_is_told(hub):
    concern, asked = about_the_girl(hub, hub.raised()), answered(hub)
    join_concern(asked.pk, concern_id=concern.pk, by=hub.lead, now=hub.now)
    about_the_girl(hub, concern, invented.child("Rosa", "Thorn", sex="F", age=14, school=hub.school))
    shown = signed_in(hub.triage).get(reverse("concerns:triage_one", args=[concern.pk])).content.decode()
    assert "Her absence worries us." not in shown
    assert hub.lead.notices.filter(about=IS_ABOUT_ANOTHER).count() == 1
