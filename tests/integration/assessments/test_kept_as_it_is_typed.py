"""What somebody types of where a child stands keeps itself: a lost page, a time-out, a refusal or a second window loses nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest

from rowan.assessments.actions.drafts import forget_old_drafts
from rowan.assessments.models import Assessment, VersionDraft
from rowan.audit_trail.models import Entry as Trail

from .test_pages import client_of, page, typed

WORDS = "An adult waits for her at the bus station."


@pytest.fixture
def path(hub) -> str:
    hub.begin()
    return f"/assessments/children/{hub.girl.pk}/write/"


def keeps(client, path: str, *, window="a", version=0, time=1, by_itself="yes", **boxes):
    sent = {"token": str(uuid4()), "page": window, "version": version, "time": time, "by_itself": by_itself}
    return client.post(path, sent | boxes)


def test_it_keeps_itself_and_is_there_after_a_session_was_lost(hub, path):
    client = client_of(hub.worker)
    assert "data-rowan-saves-itself" in client.get(path).content.decode()
    kept = keeps(
        client,
        path,
        narrative=WORDS,
        noticed_S=["ADU-05", "MISS-03"],
        review_on_day="3",
        second=hub.manager.pk,
    )
    assert (kept.status_code, kept.json()) == (200, {"version": 1})
    client.logout()
    assert keeps(client, path, narrative="Lost", version=1).status_code == 302
    shown = page(hub.worker, path)
    assert WORDS in shown and 'value="ADU-05" ' in shown and "goes on from what you typed" in shown
    assert 'name="review_on_day" value="3"' in shown
    assert Assessment.objects.count() == 0
    assert Trail.objects.filter(did__startswith="kept what they type", about_person=hub.girl.pk).count() == 1


def test_without_scripts_a_button_keeps_it(hub, path):
    client = client_of(hub.worker)
    answer = keeps(client, path, narrative=WORDS, by_itself="", then="keep", time="")
    assert answer.status_code == 302 and WORDS in page(hub.worker, path)


def test_what_is_refused_is_kept_and_what_is_written_is_let_go(hub, path):
    client = client_of(hub.worker)
    refused = keeps(client, path, narrative=WORDS, by_itself="", then="write")
    assert WORDS in refused.content.decode() and VersionDraft.objects.get().typed
    whole = typed(hub) | {"page": "b", "version": 1, "time": "", "then": "write"}
    assert client.post(path, whole).status_code == 302
    assert Assessment.objects.count() == 1 and not VersionDraft.objects.exists()


def test_an_older_window_writes_over_nothing_and_shows_what_was_typed_in_it(hub, path):
    client = client_of(hub.worker)
    keeps(client, path, narrative=WORDS)
    assert keeps(client, path, window="b", narrative="Older").status_code == 409
    shown = keeps(client, path, window="b", narrative="Older", by_itself="", then="write").content.decode()
    assert "You saved this in another window" in shown and "Older" in shown
    assert WORDS in VersionDraft.objects.get().typed and not Assessment.objects.exists()
    assert keeps(client, path, window="b", version=1, narrative="Older").status_code == 200
    assert "Older" in VersionDraft.objects.get().typed


def test_a_late_saving_does_not_write_over_a_later_one(hub, path):
    client = client_of(hub.worker)
    keeps(client, path, narrative="Second", time=2)
    keeps(client, path, narrative="First", time=1)
    assert "Second" in VersionDraft.objects.get().typed


def test_opened_again_after_a_colleague_wrote_a_version_it_says_so_and_can_be_written(hub, path):
    client = client_of(hub.worker)
    keeps(
        client, path, opened_on="", **{name: value for name, value in typed(hub).items() if name != "token"}
    )
    made = hub.write(by=hub.coordinator)
    shown = client.get(path).content.decode()
    assert "Version 1 was written since you began" in shown and f'value="{made.pk}"' in shown
    whole = typed(hub) | {"page": "b", "version": 1, "time": "", "then": "write", "opened_on": str(made.pk)}
    assert client.post(path, whole).status_code == 302
    assert [row.number for row in Assessment.objects.order_by("number")] == [1, 2]


def test_nobody_else_is_shown_it_and_it_can_be_let_go(hub, path):
    client = client_of(hub.worker)
    keeps(client, path, narrative=WORDS)
    assert WORDS not in page(hub.coordinator, path)
    assert client.post(path, {"token": str(uuid4()), "then": "drop"}).status_code == 302
    assert WORDS not in page(hub.worker, path) and not VersionDraft.objects.exists()


def test_whoever_may_not_write_keeps_nothing(hub, path):
    answer = keeps(client_of(hub.police), path, narrative=WORDS)
    assert not VersionDraft.objects.exists() and answer.status_code == 200


def test_after_four_weeks_it_is_forgotten(hub, path):
    keeps(client_of(hub.worker), path, narrative=WORDS)
    assert forget_old_drafts(hub.now + timedelta(days=27)) == 0
    assert forget_old_drafts(hub.now + timedelta(days=29)) == 1
