"""What was searched for stands apart from the chain, can be erased, and the chain still verifies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rowan.audit_trail.actions import OPERATOR, ROWAN
from rowan.audit_trail.checking import check_trail
from rowan.audit_trail.models import Entry, SearchText
from rowan.audit_trail.searches import erase_searches, record_search, searched_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.ROWAN_HOME, settings.ROWAN_ANCHORS = tmp_path, None


def test_the_chain_holds_a_salted_digest_and_each_child_shown_and_never_the_words():
    record_search(by=ROWAN, text="Invented Name", person_ids=["a" * 32, "b" * 32], why="asked by her school")
    record_search(by=ROWAN, text="Invented Name")
    assert "Invented" not in str(list(Entry.objects.values()))
    first, last = Entry.objects.filter(did="searched")
    assert first.particulars["text"] != last.particulars["text"]  # the same words twice cannot be told
    assert searched_for(first.particulars["text"]) == "Invented Name"
    assert Entry.objects.exclude(about_person="").count() == 2


def test_erased_words_are_gone_and_the_chain_still_verifies():
    record_search(by=ROWAN, text="Invented \x00 Name")
    digest = Entry.objects.get().particulars["text"]
    assert erase_searches(before=timezone.now() + timedelta(minutes=1), by=OPERATOR, why="asked for") == 1
    assert searched_for(digest) is None
    assert not SearchText.objects.exists()
    assert check_trail().is_whole
    assert Entry.objects.last().particulars == {"searches": 1}


def test_words_that_were_changed_are_not_taken_for_what_was_searched():
    record_search(by=ROWAN, text="Invented Name")
    SearchText.objects.update(text="Another Name")
    assert searched_for(Entry.objects.get().particulars["text"]) is None
