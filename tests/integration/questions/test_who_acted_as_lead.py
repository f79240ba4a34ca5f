"""That a row is about somebody else is judged in a place of the chain of leads, or in none."""

import pytest
from django.utils import timezone

from rowan.questions import actions
from rowan.questions.models import EvidenceRow, Question
from tests import people_in_tests as invented
from tests.acting_as import acting_on_the_trail, page
from tests.integration.questions.conftest import ADA, missing

DID = "judged a row not to be this child"


@pytest.fixture
def row(hub, night):
    now = timezone.now()
    today = timezone.localdate(now)
    night([missing(ADA, "1", "2", "3", on=today)], today=today, now=now)
    return EvidenceRow.objects.first()


def judge(row, by):
    return actions.not_this_child(row, why="He is her brother", by=by, now=timezone.now())


def test_a_judgement_says_it_and_so_does_the_question(hub, row):
    words = invented.acting_lead(hub["missing"])
    assert judge(row, hub["missing"]).acting_as == words
    assert acting_on_the_trail(DID) is True
    assert f"Mirela ({words}) said on" in page(hub["missing"], f"/questions/{Question.objects.get().pk}/")


def test_judged_where_somebody_else_leads_it_is_in_nobodys_place(hub, row):
    invented.acting_lead(hub["triage"])
    assert judge(row, hub["missing"]).acting_as == ""
    assert acting_on_the_trail(DID) is False
