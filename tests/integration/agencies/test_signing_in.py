"""Signing in with a password and a second step, and what opens to somebody who has shown only the first."""

import base64
import json
import re

import pytest
from django.db import connection
from django.test import Client

from rowan.agencies.models import SignedIn
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.encryption import unseal
from tests import people_in_tests as invented
from tests.signing_in import code_now, factors, with_app

PASSWORD = {"login": "triage", "password": invented.PASSWORD}
# One page of each kind: a list, a page of counts, one's own account.
PAGES = ["/", "/questions/", "/records/feeds/", "/components/", "/account/second-factor/codes/"]


@pytest.fixture
def council(db):
    return invented.three_agencies()[invented.COUNCIL]


@pytest.fixture
def officer(council):
    return invented.practitioner("triage", Role.TRIAGE_OFFICER, council, "Tamsin Okoro")


def opens(client: Client) -> list[str]:
    return [address for address in PAGES if client.get(address).status_code == 200]


def test_password_then_code_opens_everything_the_role_may_see(client, officer):
    secret = with_app(officer)
    page = client.post("/sign-in/?next=/components/", PASSWORD | {"next": "/components/"})
    assert page.headers["Location"] == "/sign-in/code/"
    page = client.post("/sign-in/code/", {"code": code_now(secret)})
    assert page.headers["Location"] == "/components/"
    assert client.get("/components/").status_code == 200
    line = Entry.objects.get(did="signed in")
    assert (line.by_name, line.particulars) == ("Tamsin Okoro", {"with": "password and code"})


def test_after_the_password_alone_nothing_opens(client, officer):
    with_app(officer)
    client.post("/sign-in/", PASSWORD)
    assert opens(client) == []
    assert client.get("/questions/").headers["Location"].startswith("/sign-in/?next=")
    assert not Entry.objects.filter(did="signed in").exists()


def test_somebody_without_a_second_step_is_led_to_make_one_and_nothing_else_opens(client, officer):
    assert client.post("/sign-in/", PASSWORD).headers["Location"] == "/"
    assert opens(client) == []
    assert client.get("/questions/").headers["Location"] == "/account/second-factor/"
    page = client.get("/account/second-factor/").content.decode()
    assert "nothing opens until you have made a second step" in page
    assert "Questions for me" not in page


def test_making_an_app_opens_the_pages_and_gives_recovery_codes_once_each(client, officer):
    client.post("/sign-in/", PASSWORD)
    page = client.get("/account/second-factor/app/").content.decode()
    secret = re.search(r'<code class="rowan-key">([A-Z2-7 ]+)</code>', page)[1].replace(" ", "")
    wrong = client.post("/account/second-factor/app/", {"code": "000000"})
    assert "The code is not right" in wrong.content.decode()
    page = client.post("/account/second-factor/app/", {"code": code_now(secret)})
    assert page.headers["Location"] == "/account/second-factor/codes/"
    codes = re.findall(
        r'<code class="rowan-key">(\d{8})</code>', client.get(page.headers["Location"]).content.decode()
    )
    assert len(codes) == 10
    assert client.get("/questions/").status_code == 200
    assert factors(officer) == ["recovery_codes", "totp"]
    assert Entry.objects.filter(did="made a second factor", by_id=str(officer.pk)).count() == 1

    for tries, code in enumerate([codes[0], codes[0], codes[1]]):
        other = Client()
        other.post("/sign-in/", PASSWORD)
        page = other.post("/sign-in/code/", {"code": code})
        assert page.status_code == (200 if tries == 1 else 302), "a recovery code lets in once"
    assert Entry.objects.filter(did="tried to sign in", about_id=str(officer.pk)).count() == 1


def test_a_code_of_the_app_is_taken_once(client, officer):
    secret = with_app(officer)
    code = code_now(secret)
    for expected in (302, 200):
        other = Client()
        other.post("/sign-in/", PASSWORD)
        assert other.post("/sign-in/code/", {"code": code}).status_code == expected


def test_a_session_from_before_the_second_step_was_made_elsewhere_is_worth_nothing(client, officer):
    """Whoever has the password only could otherwise add a passkey of her own to an account that has an app by now."""
    client.post("/sign-in/", PASSWORD)
    with_app(officer)
    assert client.get("/account/second-factor/passkeys/add/").headers["Location"].startswith("/sign-in/")
    assert opens(client) == []
    assert SignedIn.objects.filter(practitioner=officer).count() == 0


def test_a_role_that_reaches_no_person_needs_no_second_step(client, council):
    invented.practitioner("councillor", Role.COUNCILLOR, council)
    client.post("/sign-in/", PASSWORD | {"login": "councillor"})
    assert client.get("/components/").status_code == 200


def test_the_last_second_step_stays(client, officer):
    with_app(officer)
    client.force_login(officer)
    client.post("/account/confirm/", {"password": invented.PASSWORD, "next": "/account/second-factor/"})
    page = client.get("/account/second-factor/app/remove/")
    assert "This is your only second step" in page.content.decode()
    client.post("/account/second-factor/app/remove/")
    assert "totp" in factors(officer)


def test_changing_how_one_signs_in_asks_for_the_password_again(client, officer):
    with_app(officer)
    client.force_login(officer)
    page = client.get("/account/second-factor/passkeys/add/")
    assert page.headers["Location"].startswith("/account/confirm/?next=")


def test_a_password_that_somebody_else_chose_is_changed_first(client, officer):
    officer.password_to_change = True
    officer.save()
    client.post("/sign-in/", PASSWORD)
    assert opens(client) == []
    assert client.get("/account/second-factor/").headers["Location"] == "/account/password/"
    new = "three-unlikely-words-7"
    for common in ("password1234", "short"):
        page = client.post(
            "/account/password/",
            {"oldpassword": invented.PASSWORD, "password1": common, "password2": common},
        )
        assert page.status_code == 200
    client.post("/account/password/", {"oldpassword": invented.PASSWORD, "password1": new, "password2": new})
    officer.refresh_from_db()
    assert officer.check_password(new) and not officer.password_to_change
    assert client.get("/account/second-factor/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "signup/",
        "sign-up/",
        "accounts/signup/",
        "account/email/",
        "email/",
        "password/reset/",
        "account/inactive/",
    ],
)
def test_nobody_makes_an_account_or_changes_an_address_for_herself(client, officer, address):
    assert client.get(f"/{address}").status_code == 404


def test_secrets_lie_in_the_database_sealed(client, officer):
    client.post("/sign-in/", PASSWORD)
    page = client.get("/account/second-factor/app/").content.decode()
    secret = re.search(r'<code class="rowan-key">([A-Z2-7 ]+)</code>', page)[1].replace(" ", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM agencies_signedin")
        kept = " ".join(row[0] for row in cursor.fetchall())
        assert kept and secret not in kept and secret not in _opened(kept)
        with_app(officer)
        cursor.execute("SELECT data FROM mfa_authenticator")
        for row in cursor.fetchall():
            data = json.loads(row[0]) if isinstance(row[0], str) else row[0]
            hidden = data.get("secret") or data["seed"]
            assert hidden.startswith("gAAAA") and unseal(hidden, purpose="sign-in")


def _opened(kept: str) -> str:
    """What a thief could read of it without a key: Django signs sessions and packs them, and does no more."""
    return "".join(
        base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode("latin-1")
        for part in re.findall(r"[\w-]{20,}", kept)
    )


def test_a_stolen_copy_of_the_database_signs_nobody_in(client, officer):
    client.force_login(officer)
    kept = SignedIn.objects.get(practitioner=officer)
    thief = Client()
    thief.cookies["sessionid"] = kept.session_key
    assert opens(thief) == [] and opens(client) != []
