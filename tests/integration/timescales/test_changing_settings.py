"""A setting is changed from a day on, by those who may, with the reason; and old questions keep the value they used."""

from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.concerns.reading import settings_on
from rowan.concerns.rules.settings import CLOSES_AT, OPENS_AT
from rowan.refusals import NotAllowed, NotPossible, SomebodyWasFirst
from rowan.timescales.changing_settings import change, stands_at
from rowan.timescales.declared import declared_settings
from rowan.timescales.models import SettingValue
from rowan.timescales.shown import shown_settings
from tests import people_in_tests as invented

pytestmark = pytest.mark.django_db
EPISODES = "questions.missing_again.episodes"
LASTS = "sharing.approval_lasts_hours"  # information governance's own


@pytest.fixture
def agencies():
    return invented.three_agencies()


@pytest.fixture
def coordinator(agencies):
    return invented.practitioner("co", Role.EXPLOITATION_COORDINATOR, agencies[invented.COUNCIL], "Cora Lind")


@pytest.fixture
def governance(agencies):
    return invented.practitioner("ig", Role.INFORMATION_GOVERNANCE, agencies[invented.COUNCIL], "Gwen Farrow")


def changed(by, name=EPISODES, value=4, *, days=0, why="Agreed by the panel", opened_on=None):
    today = timezone.localdate()
    opened_on = stands_at(name) if opened_on is None else opened_on
    return change(
        name, value=value, from_on=today + timedelta(days=days), why=why, opened_on=opened_on, by=by, today=today
    )  # fmt: skip


def test_a_value_holds_from_its_day_and_stands_with_its_reason(client, coordinator):
    client.force_login(coordinator)
    today = timezone.localdate()
    ahead = today + timedelta(days=9)
    page = client.get(reverse("timescales:setting", args=[OPENS_AT.name])).content.decode()
    assert "08:30" in page and "The head of the front door" in page
    answer = client.post(
        reverse("timescales:setting", args=[OPENS_AT.name]),
        {"value": "07:45", "from_on_day": ahead.day, "from_on_month": ahead.month, "from_on_year": ahead.year, "why": "Earlier calls"},
    )  # fmt: skip
    assert answer.status_code == 302
    assert settings_on(today)[OPENS_AT.name] == "08:30"
    assert settings_on(ahead)[OPENS_AT.name] == "07:45"
    listed = client.get(reverse("timescales:settings")).content.decode()
    assert "Earlier calls" in listed, "what changes on a day ahead stands with what was changed"


def test_the_overview_says_what_is_not_as_rowan_comes_and_leads_to_a_page_for_each_room(client, coordinator):
    client.force_login(coordinator)
    page = client.get(reverse("timescales:settings")).content.decode()
    assert "every setting is as Rowan comes" in page and page.count("<tr") == 0
    changed(coordinator)
    page = client.get(reverse("timescales:settings")).content.decode()
    assert "Rowan comes with 3" in page and "Agreed by the panel" in page and page.count("<tr") == 2
    rooms = {each.name.partition(".")[0] for each in declared_settings()}
    said = [page.count(reverse("timescales:settings_of_room", args=[room])) for room in rooms]
    assert said == [1] * len(rooms)


def test_every_setting_stands_on_its_rooms_page_and_no_page_is_long(client, coordinator):
    client.force_login(coordinator)
    for room in {each.name.partition(".")[0] for each in declared_settings()}:
        here, shown, number = reverse("timescales:settings_of_room", args=[room]), set(), 1
        while number:
            page = client.get(here, {"page": number})
            rows = page.context["rows"]
            assert len(rows) <= 20
            shown |= {row[0].declared.name for row in rows}
            number = number + 1 if page.context["page"].has_next() else 0
        assert shown == {each.name for each in declared_settings() if each.name.startswith(f"{room}.")}
    assert client.get("/settings/of/nowhere/").status_code == 404


def test_no_two_settings_read_alike(client, coordinator):
    _, shown = shown_settings(declared_settings(), timezone.localdate())
    said = [(each.declared.name.partition(".")[0], each.part_of, each.declared.explanation) for each in shown]
    assert [each for each, times in Counter(said).items() if times > 1] == []
    client.force_login(coordinator)
    for page in ("timescales:setting", "timescales:try_setting"):
        assert "Missing again</span>" in client.get(reverse(page, args=[EPISODES])).content.decode()
    listed = client.get(reverse("timescales:settings_of_room", args=["questions"])).content.decode()
    assert "<strong>Missing again</strong>" in listed and "<strong>Away again</strong>" in listed


def test_a_setting_is_found_by_words_in_any_order_and_none_is_said_plainly(client, coordinator):
    client.force_login(coordinator)
    found = client.get(reverse("timescales:settings"), {"words": "EPISODES missing_again"})
    assert EPISODES in {row[0].declared.name for row in found.context["found"]}
    assert len(found.context["found"]) < 20
    many = client.get("/settings/", {"words": "working days", "page": 2})
    assert len(many.context["found"]) <= 20 and many.context["page"].number == 2
    assert "No setting says this" in client.get("/settings/", {"words": "zebra"}).content.decode()


def test_who_may_change_what(agencies, coordinator, governance):
    triage = invented.practitioner("desk", Role.TRIAGE_OFFICER, agencies[invented.COUNCIL])
    with pytest.raises(NotAllowed, match="exploitation co-ordinator or information governance"):
        changed(triage)
    with pytest.raises(NotAllowed, match="governance’s to change"):
        changed(coordinator, LASTS, 12)
    assert changed(governance, LASTS, 12).value == 12
    assert not SettingValue.objects.filter(name=EPISODES).exists()
    assert Entry.objects.filter(about_kind="setting").exclude(refused_because="").count() == 2


def test_a_law_is_dated_on_its_own_page(governance):
    with pytest.raises(NotPossible, match="page of laws"):
        changed(governance, "sharing.law.children_act_2004_s16la.in_force_from", "2027-04-01")
    assert changed(governance, "concerns.law.section_45.in_force_from", "2015-07-31").value == "2015-07-31"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        (EPISODES, 1, "at least 2"),
        (EPISODES, 2.5, "whole number"),
        (EPISODES, "many", "is a number"),
        (OPENS_AT.name, "8.30", "a time such as 08:30"),
        (OPENS_AT.name, "17:00", "must lie after"),
        (CLOSES_AT.name, "08:30", "must lie after"),
        ("concerns.label_red", " ", "must be words"),
        ("concerns.law.section_45.in_force_from", "July 2015", "a date such as"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_changes(governance, name, value, says):
    with pytest.raises(NotPossible, match=says):
        changed(governance, name, value)
    assert not SettingValue.objects.exists()


def test_no_past_day_and_no_distant_one(coordinator):
    for days in (-1, 400):
        with pytest.raises(NotPossible, match="from today"):
            changed(coordinator, days=days)
    with pytest.raises(NotPossible, match="Say why"):
        changed(coordinator, why=" ")
    assert not SettingValue.objects.exists()


def test_sent_twice_it_is_changed_once_and_of_two_people_the_second_sees_both(coordinator, governance):
    opened_on = stands_at(EPISODES)
    first = changed(coordinator, opened_on=opened_on)
    assert changed(coordinator, opened_on=opened_on) == first
    with pytest.raises(SomebodyWasFirst) as refused:
        changed(governance, value=5, why="Too many questions", opened_on=opened_on)
    assert ("Why", "Agreed by the panel", "Too many questions") in [
        (both.what, both.now, both.typed) for both in refused.value.both
    ]
    assert [row.value for row in SettingValue.objects.filter(name=EPISODES)] == [4]
    changed(governance, value=5, why="Too many questions")
    assert [row.value for row in SettingValue.objects.filter(name=EPISODES)] == [4, 5]


def test_a_setting_nobody_declares_is_not_there(client, coordinator):
    client.force_login(coordinator)
    assert client.get(reverse("timescales:setting", args=["no.such.setting"])).status_code == 404
