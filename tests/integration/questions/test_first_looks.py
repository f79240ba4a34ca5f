"""The register says how long a rule's questions wait until somebody opens them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from rowan.people.models import Person
from rowan.questions.first_looks import first_looks
from rowan.questions.models import Question
from rowan.questions.rules.register import rule_named
from tests.integration.questions.conftest import ADA, BEN, CAL, NOW, TODAY, missing

RULE = rule_named("missing_again")


@pytest.fixture
def asked(hub, night):
    """Put this very hour, so that looks in the test come after."""
    now = timezone.now()
    night([missing(child, "1", "2", "3") for child in (ADA, BEN, CAL)], today=timezone.localdate(), now=now)
    return now


def look(client, somebody, child) -> None:
    client.force_login(somebody)
    question = Question.objects.get(person=child)
    assert client.get(reverse("questions:question", args=[question.pk])).status_code == 200


def test_a_question_counts_from_its_night_to_its_first_opening_and_one_not_opened_goes_on_waiting(
    client, hub, asked
):
    assert first_looks(RULE, asked + timedelta(hours=30)).half == "not yet"
    look(client, hub["missing"], ADA)
    look(client, hub["missing"], ADA)
    look(client, hub["coordinator"], BEN)
    found = first_looks(RULE, asked + timedelta(days=9))
    assert (found.questions, found.not_yet, found.half, found.nine_in_ten) == (
        3,
        1,
        "within 1 hour",
        "not yet",
    )


def test_a_look_that_was_refused_does_not_count(client, hub, asked):
    client.force_login(hub["youth"])
    question = Question.objects.get(person=ADA)
    assert client.get(reverse("questions:question", args=[question.pk])).status_code == 404
    assert first_looks(RULE, asked + timedelta(days=1)).not_yet == 3


def test_the_rules_page_says_so_to_those_who_sign_in(client, hub, asked):
    page = reverse("questions:rule", args=[RULE.name])
    assert "First opened" not in client.get(page).content.decode()
    client.force_login(hub["missing"])
    assert "Of fewer than ten questions in a year this is not told" in client.get(page).content.decode()


def test_of_ten_it_says_how_long_and_never_how_many_nobody_has_opened(client, hub, night):
    many = [f"{n:032d}" for n in range(10)]
    Person.objects.bulk_create([Person(pk=pk) for pk in many])
    now = timezone.now()
    night([missing(child, "1", "2", "3") for child in many], today=timezone.localdate(), now=now)
    look(client, hub["missing"], many[0])
    told = client.get(reverse("questions:rule", args=[RULE.name])).content.decode()
    assert "nine in ten: not yet. Those that nobody has opened yet count" in told


def test_a_year_old_question_counts_no_more(hub, night):
    night([missing(ADA, "1", "2", "3")])
    assert first_looks(RULE, NOW + timedelta(days=364)).questions == 1
    assert first_looks(RULE, NOW + timedelta(days=367)).questions == 0
    assert TODAY == NOW.date()
