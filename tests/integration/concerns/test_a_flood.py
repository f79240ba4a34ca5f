"""Many reports by the public page at once: pictures go first, then reports wait their turn; every one is received, once, with its code."""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rowan.audit_trail.actions import PUBLIC
from rowan.audit_trail.models import Entry
from rowan.concerns.actions import triage
from rowan.concerns.actions.drafts import begin_draft
from rowan.concerns.actions.sent_files import add_file
from rowan.concerns.flooding import flood_now, why_no_pictures
from rowan.concerns.models import Concern, SentFile
from rowan.concerns.rules.flood import NO_PICTURES_NOW, Flood
from rowan.concerns.rules.settings import FLOOD, PICTURES_UP_TO, UNSENT_FILES
from rowan.refusals import NotPossible
from rowan.timescales.actions import change_setting
from tests import concerns_in_tests
from tests.bad_uploads import photograph
from tests.strangers import TELL_US, Stranger


@pytest.fixture(autouse=True)
def smaller_numbers(hub, settings, tmp_path):
    """As an area may set them, so that a few reports are many."""
    settings.ROWAN_HOME = tmp_path
    for setting, value in ((PICTURES_UP_TO, 2), (FLOOD, 5), (UNSENT_FILES, 10)):
        change_setting(setting, value, by=hub.triage, from_on=hub.now.date(), why="A test")


def raised(hub, number: int, told=None, *, first: int = 0) -> list[Concern]:
    return [
        hub.raised_by_a_stranger(told, code=f"{place:020}", now=timezone.now())
        for place in range(first, first + number)
    ]


def in_danger(hub):
    return hub.told(raises="resident", immediate_danger=True)


def references(page: str) -> list[str]:
    table = page[page.index("<table") :]
    return re.findall(r"C-[0-9A-HJKMNP-TV-Z]{8}", table)


# ---- pictures go first


def test_above_the_first_number_the_form_takes_no_pictures_and_says_so_plainly(hub):
    stranger = Stranger().whole().to_files()
    raised(hub, 3)
    assert flood_now(timezone.now()) is Flood.PICTURES_GO
    assert NO_PICTURES_NOW in Client().get(TELL_US).text
    stranger.adds("car.jpg", photograph(), then="check")
    assert NO_PICTURES_NOW in stranger.text
    assert 'type="file"' not in stranger.text and "as_field_group" not in stranger.text
    stranger.send({}, then="to what")
    assert "Cars come at night" in stranger.text
    stranger.send({"immediate_danger": "no", "what_worries": "Cars come at night. I have a picture."})
    for boxes in ({"detail_name": "The mill"}, {}, {}):
        stranger.send(boxes)
    assert NO_PICTURES_NOW in stranger.text and "Add a picture" not in stranger.text
    assert stranger.sent()
    assert Concern.objects.filter(came_in_flood=True).count() == 0
    assert not SentFile.objects.exists()
    assert Entry.objects.get(did="added a file to a concern").refused_because == NO_PICTURES_NOW


def test_a_picture_that_was_taken_before_the_flood_goes_along_and_can_be_taken_off(hub):
    stranger = Stranger().whole().to_files().adds("car.jpg", photograph())
    raised(hub, 3)
    stranger.send({}, then="check")
    assert "car.jpg" in stranger.text and NO_PICTURES_NOW in stranger.text
    assert "Take off" in stranger.to_files().text
    stranger.send({}, then="check").sent()
    assert SentFile.objects.get().concern


def test_ten_minutes_later_pictures_are_taken_again(hub):
    raised(hub, 3)
    assert why_no_pictures(timezone.now()) == NO_PICTURES_NOW
    assert why_no_pictures(timezone.now() + timedelta(minutes=11)) is None


def test_while_too_many_files_of_unsent_reports_lie_there_no_more_are_taken(hub):
    for number in range(10):
        draft = begin_draft(by=PUBLIC, now=hub.now)
        add_file(draft, name="words.txt", content=f"Words {number}".encode(), by=PUBLIC, now=hub.now)
    with pytest.raises(NotPossible, match="We cannot take pictures just now"):
        add_file(draft, name="words.txt", content=b"More", by=PUBLIC, now=hub.now)
    hub.raised_by_a_stranger(token=draft.pk)
    assert why_no_pictures(timezone.now()) is None


# ---- then reports wait their turn, and none is refused


def test_above_the_second_number_reports_wait_their_turn_each_received_once_with_its_code(hub):
    early = raised(hub, 5)
    late = [Stranger().whole() for _ in range(3)]
    check_pages = [stranger.page for stranger in late]
    codes = [stranger.sent() for stranger in late]
    for stranger, page, code in zip(late, check_pages, codes, strict=True):
        assert "Thank you. It has been received" in stranger.text
        assert "Yours is kept, and is read in its turn." in stranger.text
        stranger.page = page
        assert stranger.sent() == code
    assert len(set(codes)) == 3 and Concern.objects.count() == 8
    assert Concern.objects.filter(came_in_flood=True).count() == 3
    assert not any(concern.came_in_flood for concern in early)


def test_what_tells_of_danger_now_a_link_and_a_practitioners_concern_never_wait_their_turn(hub):
    raised(hub, 6)
    [red] = raised(hub, 1, in_danger(hub), first=50)
    mine = hub.raised(now=timezone.now())
    by_link = hub.raised_by_a_stranger(came_by="link", code="7" * 20, now=timezone.now())
    assert [each.came_in_flood for each in (red, mine, by_link)] == [False, False, False]


def test_triage_reads_them_in_a_list_of_their_own_by_date_and_the_rest_before(hub, client):
    raised(hub, 5)
    queued = raised(hub, 3, first=10)
    [red] = raised(hub, 1, in_danger(hub), first=50)
    mine = hub.raised(now=timezone.now())
    client.force_login(hub.triage)
    first = client.get(reverse("concerns:triage")).text
    assert "Many came by the public page at once. 3 still wait in a list of their own, in turn" in first
    shown = references(first)
    assert len(shown) == 7 and shown[0] == red.reference and mine.reference in shown
    turn = client.get(reverse("concerns:triage") + "?list=in-turn").text
    assert references(turn) == [concern.reference for concern in queued]
    assert not set(shown) & {concern.reference for concern in queued}


def test_one_that_is_read_or_turns_red_or_whose_time_has_come_stands_among_the_others(hub):
    raised(hub, 5)
    read, red, late, waits = raised(hub, 4, first=10)
    triage.begin_screening(read.pk, by=hub.triage, now=timezone.now())
    stands = triage.version_of(red.urgencies.last())
    triage.set_urgency(
        red.pk, urgency="red", why="A car is there now", opened_on=stands, by=hub.triage, now=timezone.now()
    )
    Concern.objects.filter(pk=late.pk).update(due_at=timezone.now())
    in_turn = Concern.objects.waiting_for_triage().in_turn(timezone.now())
    others = Concern.objects.waiting_for_triage().not_in_turn(timezone.now())
    assert list(in_turn) == [waits]
    assert {read, red, late} <= set(others) and in_turn.count() + others.count() == 9


def test_a_list_of_its_own_is_no_way_round_who_may_triage(hub, client):
    raised(hub, 7)
    client.force_login(hub.teacher)
    assert client.get(reverse("concerns:triage") + "?list=in-turn").status_code == 403
    client.force_login(hub.triage)
    concerns_in_tests.concern(by=hub.lead)
    assert "Nothing waits its turn." not in client.get(reverse("concerns:triage") + "?list=in-turn").text


def test_no_address_of_a_caller_is_kept_however_many_come(hub):
    raised(hub, 6)
    stranger = Stranger()
    stranger.client.defaults["REMOTE_ADDR"] = "203.0.113.77"
    stranger.whole().to_files().adds("car.jpg", photograph()).send({}, then="check").sent()
    from django.core.management import call_command

    kept = io.StringIO()
    call_command("dumpdata", stdout=kept)
    assert "203.0.113.77" not in kept.getvalue()
    with connection.cursor() as cursor:
        cursor.execute("select cache_key from agencies_remembered")
        assert "203.0.113.77" not in str(cursor.fetchall())
