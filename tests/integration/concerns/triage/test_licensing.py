"""A look into a licensing register is recorded singly: who looked, why, in which register, what was found."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from rowan.audit_trail.models import Entry as Line
from rowan.concerns.actions import licensing, triage
from rowan.concerns.models import LicensingLookUp
from rowan.refusals import NotAllowed, NotPossible

SAID = {
    "register": "drivers", "kept_by": "The city council", "sought": "Taz", "why": "Two children named the car",
    "found": "found", "details": "Licensed since 2024, no complaints",
}  # fmt: skip


@pytest.fixture
def heard(desk):
    return desk.concern(names=[("Taz", "driver of a silver hatchback")]).names_heard.get()


def recorded(desk, heard, *, token=None, by=None, **more):
    return licensing.record_look_up(
        heard.concern_id, name_id=heard.pk, token=token or uuid4(), looked_on=timezone.localdate(desk.now),
        by=by or desk.officer, now=desk.now, **SAID | more,
    )  # fmt: skip


def test_triage_records_a_look_once_and_the_trail_says_who_why_and_where(client, desk, heard):
    client.force_login(desk.officer)
    day = timezone.localdate(desk.now)
    path = reverse("concerns:licensing", args=[heard.concern_id, heard.pk])
    assert 'value="Taz"' in client.get(path).content.decode()
    sent = SAID | {
        "token": uuid4(),
        "looked_on_day": day.day,
        "looked_on_month": day.month,
        "looked_on_year": day.year,
    }
    for _ in range(2):
        assert client.post(path, sent).status_code == 302
    assert LicensingLookUp.objects.count() == 1
    line = Line.objects.get(did=licensing.DID)
    assert line.why == SAID["why"]
    assert (line.particulars["register"], line.particulars["found"]) == ("drivers", "found")
    shown = client.get(reverse("concerns:triage_one", args=[heard.concern_id])).content.decode()
    for words in (SAID["details"], SAID["why"], "The city council", "Priya Nair"):
        assert words in shown


def test_a_list_is_refused_beside_its_box_with_everything_typed_still_there(client, desk, heard):
    client.force_login(desk.officer)
    path = reverse("concerns:licensing", args=[heard.concern_id, heard.pk])
    day = timezone.localdate(desk.now)
    sent = SAID | {
        "token": uuid4(),
        "sought": "Taz, Jay, Abs",
        "looked_on_day": day.day,
        "looked_on_month": day.month,
        "looked_on_year": day.year,
    }
    shown = client.post(path, sent).content.decode()
    assert "Give one person or one vehicle" in shown and "Two children named the car" in shown
    assert not LicensingLookUp.objects.exists()


def test_her_worker_reads_that_it_was_looked_up_and_not_the_licence(client, desk, heard):
    recorded(desk, heard)
    triage.say_who(
        heard.concern_id, person_id=desk.girl.pk, how_known="Her school", opened_on="none", by=desk.officer, now=desk.now
    )  # fmt: skip
    desk.open_girl()
    client.force_login(desk.worker)
    shown = client.get(reverse("concerns:triage_one", args=[heard.concern_id])).content.decode()
    assert "The city council" in shown and SAID["details"] not in shown
    with pytest.raises(NotAllowed):
        recorded(desk, heard, by=desk.worker)


def test_a_name_of_another_concern_and_a_day_to_come_are_refused(desk, heard):
    other = desk.concern(names=[("Jay", "")])
    with pytest.raises(NotPossible, match="not in this concern"):
        licensing.record_look_up(
            other.pk, name_id=heard.pk, token=uuid4(), looked_on=timezone.localdate(desk.now), by=desk.officer, now=desk.now, **SAID
        )  # fmt: skip
    with pytest.raises(NotPossible, match="has not come"):
        licensing.record_look_up(
            heard.concern_id, name_id=heard.pk, token=uuid4(), looked_on=timezone.localdate(desk.now) + timedelta(days=1),
            by=desk.officer, now=desk.now, **SAID,
        )  # fmt: skip


def test_the_same_form_with_other_words_is_not_taken_for_the_same(desk, heard):
    token = uuid4()
    recorded(desk, heard, token=token)
    with pytest.raises(NotPossible, match="other words"):
        recorded(desk, heard, token=token, why="Another reason")
