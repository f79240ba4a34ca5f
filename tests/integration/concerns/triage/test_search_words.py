"""The words of a search are kept for the days that a setting says, then erased by Rowan itself; the line stays and the trail verifies."""

from datetime import timedelta

from django.utils import timezone

from rowan.audit_trail.actions import OPERATOR
from rowan.audit_trail.checking import check_trail
from rowan.audit_trail.models import Entry, SearchText
from rowan.concerns.actions.searching import forget_search_words, search
from rowan.concerns.rules.settings import SEARCH_WORDS_DAYS
from rowan.people.rules.finding import Sought
from rowan.timescales.actions import change_setting
from rowan.timescales.background import put_what_is_due, work
from rowan.timescales.declared import declared_schedule

ERASED = "erased search words"


def searched(desk, surname: str) -> None:
    search(Sought("Amina", surname, age=14), why="A call to the desk", by=desk.officer, now=desk.now)


def test_words_go_after_the_settings_days_and_the_line_stays(desk, tmp_path, settings):
    settings.ROWAN_HOME, settings.ROWAN_ANCHORS = tmp_path, None
    searched(desk, "Larkfield")
    assert forget_search_words(desk.now + timedelta(days=89)) == 0
    assert not Entry.objects.filter(did=ERASED).exists(), "a day without any leaves no line"
    assert forget_search_words(desk.now + timedelta(days=91)) == 1
    assert not SearchText.objects.exists()
    line = Entry.objects.get(did=ERASED)
    assert (line.by_kind, line.particulars) == ("rowan", {"searches": 1})
    assert Entry.objects.filter(did="searched for a child", why="A call to the desk").exists()
    assert check_trail().is_whole


def test_how_many_days_is_the_areas_to_say_from_a_date(desk):
    searched(desk, "Larkfield")
    later = timezone.localdate() + timedelta(days=10)
    change_setting(SEARCH_WORDS_DAYS, 30, by=OPERATOR, from_on=later, why="Our retention schedule")
    assert forget_search_words(desk.now + timedelta(days=9)) == 0
    assert forget_search_words(desk.now + timedelta(days=29)) == 0
    assert forget_search_words(desk.now + timedelta(days=31)) == 1


def test_the_worker_does_it_once_a_day(desk, settings, tmp_path):
    settings.ROWAN_HOME = tmp_path  # the worker anchors the trail too, and what it anchored is taken back
    assert dict(declared_schedule())["rowan.concerns.actions.searching.forget_search_words"] == 24 * 60
    searched(desk, "Larkfield")
    SearchText.objects.update(searched_at=timezone.now() - timedelta(days=100))
    put_what_is_due(timezone.now())
    work("a worker", stop=lambda: False, until_idle=True)
    assert not SearchText.objects.exists()
