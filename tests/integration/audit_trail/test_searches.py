"""What was searched for stands apart from the chain, can be erased, and the chain still verifies."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from rowan.audit_trail.actions import OPERATOR, ROWAN
from rowan.audit_trail.checking import check_trail
from rowan.audit_trail.models import Entry, SearchText
from rowan.audit_trail.searches import erase_searches, record_search, searched_for
from rowan.refusals import NotPossible

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


def run(*words: str) -> str:
    out = StringIO()
    call_command("audit_trail", *words, stdout=out)
    return out.getvalue()


def test_an_operator_erases_the_words_of_searches_before_a_day_and_the_trail_is_still_whole():
    for text in ("An old name", "A new name"):
        record_search(by=ROWAN, text=text)
    SearchText.objects.filter(text="An old name").update(searched_at=timezone.now() - timedelta(days=2))
    said = run("forget-searches", "--before", str(timezone.localdate()), "--why", "A subject asked")
    assert "words of 1 search" in said
    assert [kept.text for kept in SearchText.objects.all()] == ["A new name"]
    line = Entry.objects.get(did="erased search words")
    assert (line.by_kind, line.why, line.particulars) == ("operator", "A subject asked", {"searches": 1})
    assert "Whole." in run("verify")


def test_the_words_of_one_search_are_read_by_its_line_with_a_reason_that_stays():
    record_search(by=ROWAN, text="Invented Name")
    line = Entry.objects.get()
    assert run("searched-for", str(line.pk), "--why", "An inquiry").strip() == "Invented Name"
    read = Entry.objects.get(did="read the words of a search")
    assert (read.by_kind, read.about_id, read.why) == ("operator", str(line.pk), "An inquiry")
    assert "Invented" not in str(list(Entry.objects.values()))


def test_words_that_are_not_there_are_said_not_to_be_and_the_asking_stays():
    record_search(by=ROWAN, text="Invented Name")
    searched = Entry.objects.get().pk
    erase_searches(before=timezone.now() + timedelta(minutes=1), by=OPERATOR, why="asked for")
    for line, said in (
        (searched, "were erased"),
        (searched + 1, "not of a search"),
        (999, "not of a search"),
    ):
        with pytest.raises(NotPossible, match=said):
            run("searched-for", str(line), "--why", "An inquiry")
    assert Entry.objects.refused().filter(did="read the words of a search").count() == 3


def test_neither_is_done_without_a_reason():
    for words in (("searched-for", "1"), ("forget-searches", "--before", "2026-06-03")):
        with pytest.raises(CommandError):
            run(*words)
        with pytest.raises(NotPossible):
            run(*words, "--why", " ")
    assert not Entry.objects.exists()
