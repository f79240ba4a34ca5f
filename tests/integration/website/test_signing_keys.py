"""What signs drafts' tokens and sessions is a ring of keys: a new one comes first, what the older one signed still opens, and a day later no more."""

import os
from uuid import uuid4

import pytest
from django.conf import settings as settings_now
from django.core import signing
from django.utils import timezone

from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR
from rowan.audit_trail.models import Entry
from rowan.concerns.draft_tokens import held_in, new_code, token_for
from rowan.refusals import NotPossible
from rowan.website.rotation import retire, rotate
from rowan.website.signing_keys import PURPOSE, signing_keys
from tests import people_in_tests as invented

pytestmark = pytest.mark.django_db
A_DAY = 26 * 60 * 60


@pytest.fixture
def start(settings, tmp_path):
    """As each process does when it starts: the settings' own lines, once more."""
    settings.ROWAN_KEYS = tmp_path / "keys"

    def start():
        settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS = signing_keys(
            settings.ROWAN_KEYS, in_service=False
        )

    start()
    return start


def a_day_passes() -> None:
    file = settings_now.ROWAN_KEYS / f"{PURPOSE}.keys"
    before = file.stat().st_mtime - A_DAY
    os.utime(file, (before, before))


def test_a_draft_and_a_session_from_before_the_change_still_open(start, client):
    code, draft = new_code(), uuid4()
    token, was = token_for(draft, code), settings_now.SECRET_KEY
    client.force_login(
        invented.practitioner("worker", Role.MENTOR, invented.three_agencies()[invented.COUNCIL])
    )
    rotate(PURPOSE, by=OPERATOR)
    start()
    assert settings_now.SECRET_KEY != was and settings_now.SECRET_KEY_FALLBACKS == [was]
    assert (held_in(token).draft_id, held_in(token).code) == (draft, code)
    assert client.get("/notices/").status_code == 200
    assert held_in(token_for(draft, code)).code == code
    assert Entry.objects.get(did="rotated a key").about_id == PURPOSE


def test_a_day_later_the_older_key_is_retired_and_opens_nothing_more(start):
    token = token_for(uuid4(), new_code())
    rotate(PURPOSE, by=OPERATOR)
    with pytest.raises(NotPossible, match="less than a day ago"):
        retire(PURPOSE, by=OPERATOR, now=timezone.now())
    start()
    held_in(token)
    a_day_passes()
    assert retire(PURPOSE, by=OPERATOR, now=timezone.now()) == 1
    start()
    with pytest.raises(NotPossible, match="more than a day old"):
        held_in(token)


def test_a_home_from_before_the_ring_keeps_what_its_one_key_signed_until_it_is_retired(start):
    (settings_now.ROWAN_KEYS / f"{PURPOSE}.key").write_text("an-invented-key-of-a-home-made-earlier\n")
    signed = signing.dumps("a draft", key="an-invented-key-of-a-home-made-earlier")
    start()
    assert signing.loads(signed) == "a draft"
    a_day_passes()
    assert retire(PURPOSE, by=OPERATOR, now=timezone.now()) == 1
    start()
    with pytest.raises(signing.BadSignature):
        signing.loads(signed)


def test_a_key_is_long_enough_for_django_and_of_this_home_alone(start, tmp_path):
    assert len(settings_now.SECRET_KEY) == 64
    assert signing_keys(tmp_path / "another", in_service=False) != [settings_now.SECRET_KEY]


def test_a_home_in_service_makes_none_by_itself(tmp_path):
    assert signing_keys(tmp_path / "keys", in_service=True) == []
    assert not (tmp_path / "keys").exists()
