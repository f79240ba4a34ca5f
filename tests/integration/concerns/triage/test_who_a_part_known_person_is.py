"""Who "driver of a silver hatchback" turned out to be: looked for with a reason, chosen by a person, taken back exactly."""

import pytest
from django.urls import reverse
from django.utils import timezone

from rowan.access.models import Restriction
from rowan.audit_trail.models import Entry as Line
from rowan.concerns.actions import part_known, triage
from rowan.concerns.rules.settings import SEARCHES_AN_HOUR
from rowan.people.models import Person
from rowan.people.rules.finding import Sought
from rowan.refusals import NotPossible
from rowan.timescales.models import SettingValue

LOOK = {"then": "search", "first_name": "Amina", "surname": "Larkfield", "why": "Named by two friends"}


@pytest.fixture
def heard(desk):
    """A name that was heard, recorded as somebody of whom only a part is known."""
    concern = desk.concern(names=[("Taz", "driver of a silver hatchback")])
    name = concern.names_heard.get()
    return part_known.found_part_known(concern.pk, name_id=name.pk, by=desk.officer, now=desk.now)


def page(part) -> str:
    return reverse("concerns:resolve", args=[part.pk])


def test_triage_looks_chooses_and_takes_it_back(client, desk, heard):
    client.force_login(desk.officer)
    people = Person.objects.count()
    found = client.post(page(heard), LOOK).content.decode()
    assert "Amina Larkfield" in found and desk.girl.pk in found
    chosen = {"then": "choose", "into": desk.girl.pk, "how_known": "Her cousin says so", "opened_on": "none"}
    assert client.post(page(heard), chosen).status_code == 302
    assert Person.objects.get(pk=heard.person_id).who_now() == desk.girl
    shown = client.get(page(heard)).content.decode()
    assert "Amina Larkfield" in shown and "Her cousin says so" in shown and "silver hatchback" in shown
    back = {"into": "", "how_known": "It was her sister", "opened_on": part_known.version_of(heard)}
    assert client.post(page(heard), back).status_code == 302
    assert Person.objects.get(pk=heard.person_id).who_now() == heard.person
    shown = client.get(page(heard)).content.decode()
    assert "Her cousin says so" in shown and "Nobody after all" in shown
    assert Person.objects.count() == people, "looking and choosing make nobody"


def test_a_look_needs_a_reason_is_on_the_trail_and_has_an_end(client, desk, heard):
    client.force_login(desk.officer)
    without = client.post(page(heard), LOOK | {"why": ""}).content.decode()
    assert "Say why you are looking" in without and desk.girl.pk not in without
    client.post(page(heard), LOOK)
    assert Line.objects.get(did="searched for a child", refused_because="").why == "Named by two friends"
    SettingValue.objects.create(
        name=SEARCHES_AN_HOUR.name,
        value=1,
        from_on=timezone.localdate(desk.now),
        set_by="Nadia Roe",
        why="A test",
    )
    sought = Sought("Amina", "Larkfield")
    with pytest.raises(NotPossible, match="within an hour"):
        part_known.look_for(heard, sought, why="Again", by=desk.officer, now=timezone.now())


def test_a_restricted_person_is_found_by_nobody_and_named_by_no_number(client, desk, heard):
    Restriction.objects.create(
        person_id=desk.girl.pk, why="staff family", owner=desk.manager, set_by="operator"
    )
    client.force_login(desk.officer)
    assert desk.girl.pk not in client.post(page(heard), LOOK).content.decode()
    sent = {"into": desk.girl.pk, "how_known": "A guess", "opened_on": "none"}
    shown = client.post(page(heard), sent).content.decode()
    assert "There is nobody there whom you may name" in shown
    assert "Amina" not in shown.replace("A guess", "")
    assert not heard.resolved.exists()


def test_choosing_nobody_records_nothing(client, desk, heard):
    client.force_login(desk.officer)
    shown = client.post(
        page(heard), {"then": "choose", "how_known": "Her cousin says so", "opened_on": "none"}
    )
    text = shown.content.decode()
    assert "Look again, and choose one of those found" in text and "Her cousin says so" in text
    with pytest.raises(NotPossible):
        part_known.resolve(heard.pk, into="", how_known="x", by=desk.officer, now=desk.now)
    assert not heard.resolved.exists()


def test_whoever_may_not_search_takes_back_and_a_reader_of_the_concern_is_shown_no_name(client, desk, heard):
    said = {"how_known": "Her cousin says so", "by": desk.officer, "now": desk.now}
    part_known.resolve(heard.pk, into=desk.boy.pk, **said)
    client.force_login(desk.manager)
    shown = client.get(page(heard)).content.decode()
    assert "Your role does not search" in shown and "Kacper" in shown and "Take it back" in shown
    triage.say_who(
        heard.concern_id, person_id=desk.girl.pk, how_known="Her school", opened_on="none", by=desk.officer, now=desk.now
    )  # fmt: skip
    desk.open_girl()
    client.force_login(desk.worker)
    shown = client.get(page(heard)).content.decode()
    assert "Somebody Rowan knows" in shown and "Kacper" not in shown and "Take it back" not in shown
