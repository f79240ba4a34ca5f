"""Beginning the work, handing it over, looking back and a disagreement say in which place of the chain of leads somebody decided."""

from uuid import uuid4

import pytest

from rowan.assessments.actions import hand_over, look_back, record_dissent
from tests import people_in_tests as invented
from tests.acting_as import acting_on_the_trail, page


@pytest.fixture
def words(hub):
    return invented.acting_lead(hub.worker)


def test_beginning_the_work_and_handing_it_over_say_it(hub, words):
    strand = hub.begin()
    said = {"person_id": hub.girl.pk, "lead": hub.coordinator, "why": "He knows her", "by": hub.worker}
    hand_over(**said, now=hub.now)
    assert [step.acting_as for step in strand.steps.all()] == [words, words]
    assert acting_on_the_trail("opened the hub’s work with a child") is True
    assert acting_on_the_trail("handed the hub’s work with a child over") is True
    assert f"Joan Eccles ({words}); lead professional" in page(hub.worker, f"/assessments/children/{hub.girl.pk}/")  # fmt: skip


def test_a_step_that_an_approval_takes_says_whose_place_the_approver_held(hub):
    words = invented.acting_lead(hub.manager)
    strand = hub.assessed()
    assert [step.acting_as for step in strand.steps.all()] == ["", words, words]


def test_looking_back_says_it_and_so_does_the_childs_page(hub, words):
    strand = hub.assessed()
    hub.stepped_down()
    said = {"found": "She is home every night", "works_again": True, "by": hub.worker, "now": hub.now}
    made = look_back(token=uuid4(), person_id=strand.person_id, **said)
    assert made.acting_as == words
    assert acting_on_the_trail("looked back after a step-down or closing") is True
    assert f"Joan Eccles ({words})" in page(hub.worker, f"/assessments/children/{hub.girl.pk}/")


def test_a_disagreement_says_it_and_so_does_the_childs_page(hub, words):
    hub.begin()
    said = {"person_id": hub.girl.pk, "words": "She is in danger", "by": hub.worker, "now": hub.now}
    made = record_dissent(token=uuid4(), **said)
    assert made.acting_as == words
    assert acting_on_the_trail("put a disagreement on record") is True
    assert f"recorded by Joan Eccles ({words})" in page(hub.worker, f"/assessments/children/{hub.girl.pk}/")
