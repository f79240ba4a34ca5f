"""An agency's own sign-in, against a council's real provider in another process: who is let in, and every way nobody is."""

import re
import time
from datetime import timedelta
from functools import cache
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from rowan.agencies import accounts, own_sign_in
from rowan.agencies.models import LinkedPerson, OwnSignIn, Practitioner, SignedIn
from rowan.agencies.rules.own_sign_in import origin_of
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR
from rowan.audit_trail.models import Entry
from rowan.refusals import NotAllowed, NotPossible
from tests import councils_provider
from tests import people_in_tests as invented
from tests.councils_provider import CLIENT_ID, CLIENT_SECRET, LEFT_OUT
from tests.signing_in import code_now, with_app

GO = f"/sign-in/agency/{invented.COUNCIL}/"
BACK = GO + "back/"
EMAIL = "tamsin@council.example"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("council")
    with councils_provider.running(folder, f"http://testserver{BACK}") as provider:
        yield provider


@pytest.fixture
def provider(running):
    running.says(auth_time=int(time.time()), amr=["pwd", "mfa"])
    return running


@pytest.fixture
def agencies(db):
    return invented.three_agencies()


@pytest.fixture
def officer(agencies):
    return invented.practitioner(
        "triage", Role.TRIAGE_OFFICER, agencies[invented.COUNCIL], "Tamsin Okoro", email=EMAIL
    )


@pytest.fixture
def administrator(agencies):
    return invented.practitioner(
        "administrator", Role.ADMINISTRATOR, agencies[invented.COUNCIL], "Ade Morris"
    )


@pytest.fixture
def own(provider, agencies):
    return set_up(provider, agencies[invented.COUNCIL])


def set_up(provider, agency, **other) -> OwnSignIn:
    about = {
        "agency": agency,
        "issuer": provider.issuer,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "domains": ["council.example"],
        "trusted_amr": ["mfa"],
        "by": OPERATOR,
        "now": timezone.now(),
    }
    return own_sign_in.set_up(**about | other)


def at_the_council(address: str, who: str) -> str:
    """Signs in at the provider as a browser does; the address that it sends the browser back to."""
    browser, ours = browser_of(who, origin_of(address)), "http://testserver"
    there = address
    while not there.startswith(ours):
        answer = browser.get(there, allow_redirects=False, timeout=30)
        if answer.status_code == 200:
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)[1]
            typed = {"login": who, "password": councils_provider.PASSWORD, "csrfmiddlewaretoken": token}
            answer = browser.post(there, typed, allow_redirects=False, timeout=30)
        there = urljoin(there, answer.headers["Location"])
    return there.removeprefix(ours)


@cache
def browser_of(who: str, provider: str) -> requests.Session:
    """She stays signed in at the council, as people do."""
    return requests.Session()


def sign_in(client: Client, who: str = "tamsin", then: str = ""):
    """The whole way there and back; the page it ends on."""
    return client.get(at_the_council(client.post(GO, {"next": then}).headers["Location"], who))


def is_open(client: Client) -> bool:
    return client.get("/components/").status_code == 200


def refused() -> list[tuple[str, str]]:
    return [(line.did, line.refused_because) for line in Entry.objects.refused().order_by("pk")]


# ---- it works


def test_somebody_with_an_account_signs_in_and_comes_to_the_page_she_wanted(client, own, officer):
    page = sign_in(client, then="/who-answers/")
    assert (page.status_code, page.headers["Location"]) == (302, "/who-answers/")
    assert client.get("/who-answers/").status_code == 200
    line = Entry.objects.get(did="signed in")
    assert (line.by_name, line.particulars) == (
        "Tamsin Okoro",
        {"with": "own sign-in and its second step"},
    )
    assert Entry.objects.get(did="linked to an own sign-in").about_id == str(officer.pk)
    assert SignedIn.objects.get(practitioner=officer).own_sign_in == own
    assert Practitioner.objects.count() == 1


def test_once_linked_she_is_known_by_her_subject_whatever_her_address_says(client, own, officer, provider):
    sign_in(client)
    Practitioner.objects.filter(pk=officer.pk).update(email="tamsin.new-name@council.example")
    provider.says(auth_time=int(time.time()), amr=["mfa"], email_verified=False)
    again = Client()
    sign_in(again)
    assert is_open(again)
    assert LinkedPerson.objects.count() == 1


def test_what_is_asked_holds_state_nonce_and_proof_of_who_asked(client, own, officer):
    asked = parse_qs(urlsplit(client.post(GO).headers["Location"]).query)
    assert asked["response_type"] == ["code"] and asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) > 40 and len(asked["code_challenge"][0]) == 43 and asked["state"][0]
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"]
    assert set(asked["scope"][0].split()) == {"openid", "email", "profile"}


def test_an_address_told_only_at_the_userinfo_address_is_taken_from_there(client, own, officer, provider):
    provider.says(auth_time=int(time.time()), amr=["mfa"], email=LEFT_OUT, email_verified=LEFT_OUT)
    sign_in(client)
    assert is_open(client)


def test_a_starting_password_that_was_never_changed_stops_working_when_its_person_is_linked(
    client, own, officer
):
    officer.password_to_change = True
    officer.save()
    sign_in(client)
    assert is_open(client)
    officer.refresh_from_db()
    assert not officer.has_usable_password() and not officer.password_to_change


# ---- the second step


@pytest.mark.parametrize(
    "says",
    [
        {"amr": ["pwd"]},
        {"amr": "mfa"},
        {},
        {"amr": ["mfa"], "auth_time": LEFT_OUT},
        {"amr": ["mfa"], "auth_time": "yesterday"},
        {"amr": ["mfa"], "auth_time": 1},
        {"acr": "mfa"},
    ],
)
def test_without_a_second_step_that_is_trusted_rowan_asks_for_its_own(client, own, officer, provider, says):
    secret = with_app(officer)
    provider.says(**({"auth_time": int(time.time())} | says))
    assert sign_in(client, then="/components/").headers["Location"] == "/sign-in/code/"
    assert "Your agency’s sign-in knows you" in client.get("/sign-in/code/").content.decode()
    assert not is_open(client)
    page = client.post("/sign-in/code/", {"code": code_now(secret)})
    assert page.headers["Location"] == "/components/" and is_open(client)
    assert Entry.objects.get(did="signed in").particulars == {"with": "own sign-in and code"}
    assert SignedIn.objects.get(practitioner=officer).own_sign_in == own


def test_whoever_has_no_second_step_yet_is_led_to_make_one_and_nothing_else_opens(
    client, own, officer, provider
):
    provider.says(auth_time=int(time.time()), amr=["pwd"])
    sign_in(client)
    assert client.get("/components/").headers["Location"] == "/account/second-factor/"


def test_whoever_has_no_password_makes_a_second_step_only_just_after_signing_in(
    client, own, officer, monkeypatch
):
    officer.set_unusable_password()
    officer.save()
    sign_in(client)
    for page in ("app", "passkeys/add"):
        assert client.get(f"/account/second-factor/{page}/").status_code == 200
    later = time.time() + 301
    monkeypatch.setattr("rowan.agencies.adapters.time.time", lambda: later)
    for page in ("app", "passkeys/add"):
        assert client.get(f"/account/second-factor/{page}/").status_code == 409


def test_a_trusted_second_step_of_one_sign_in_is_not_that_of_a_password(client, own, officer):
    with_app(officer)
    sign_in(client)
    client.post("/sign-out/")
    page = client.post("/sign-in/", {"login": "triage", "password": invented.PASSWORD})
    assert page.headers["Location"] == "/sign-in/code/"


# ---- who is not let in


def not_let_in(page, because: str) -> None:
    text = page.content.decode()
    assert page.status_code == 403
    assert "Rowan does not let you in" in text and "What to do" in text
    assert refused() == [("tried to sign in", because)]
    assert not is_open(page.client)


def test_nobody_gets_an_account_by_signing_in(client, own, officer):
    page = sign_in(client, "nobody-in-rowan")
    not_let_in(page, own_sign_in.NO_ACCOUNT)
    assert Practitioner.objects.count() == 1 and LinkedPerson.objects.count() == 0
    assert "nobody-in-rowan" not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    "says",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": LEFT_OUT, "email": EMAIL},
        {"email": "tamsin@elsewhere.example"},
        {"email": "tamsin@council.example.elsewhere.example"},
        {"email": "tamsin@elsewhere.example@council.example"},
        {"email": "tamsın@council.example"},
        {"email": ["tamsin@council.example"]},
        {"email": ""},
    ],
)
def test_an_address_that_is_not_vouched_for_or_not_the_agencys_links_nobody(
    client, own, officer, provider, says
):
    provider.says(**says)
    not_let_in(sign_in(client), own_sign_in.NO_ADDRESS)
    assert LinkedPerson.objects.count() == 0


def test_two_accounts_with_one_address_are_nobodys(client, own, officer, agencies):
    invented.practitioner("other", Role.MENTOR, agencies[invented.COUNCIL], email=EMAIL.upper())
    not_let_in(sign_in(client), own_sign_in.SEVERAL_ACCOUNTS)


def test_a_person_of_another_agency_is_never_signed_in(client, own, officer, agencies):
    Practitioner.objects.filter(pk=officer.pk).update(agency=agencies[invented.POLICE])
    not_let_in(sign_in(client), own_sign_in.NO_ACCOUNT)


def test_whoever_moved_to_another_agency_is_no_longer_signed_in_by_the_old_one(
    client, own, officer, agencies
):
    sign_in(client)
    Practitioner.objects.filter(pk=officer.pk).update(agency=agencies[invented.POLICE])
    not_let_in(sign_in(Client()), "The account is another agency’s.")


def test_an_ended_account_is_let_in_no_more_and_was_signed_out(client, own, officer, administrator):
    sign_in(client)
    accounts.end_account(officer, why="Left", by=administrator, now=timezone.now())
    assert not is_open(client)
    not_let_in(sign_in(Client()), "The account has ended.")


def test_somebody_else_with_an_address_that_was_handed_on_is_not_the_one_before(
    client, own, officer, provider
):
    sign_in(client)
    provider.says(email=EMAIL, email_verified=True)
    not_let_in(sign_in(Client(), "colm"), own_sign_in.LINKED_OTHERWISE)


def test_a_changed_role_signs_her_out(client, own, officer, administrator):
    sign_in(client)
    accounts.change_role(officer, role=Role.MENTOR.value, why="Moved", by=administrator, now=timezone.now())
    assert not is_open(client)


# ---- what the provider must not be able to say


@pytest.mark.parametrize(
    ("says", "because"),
    [
        ({"fault": "changed after signing"}, "The token’s signature is wrong."),
        ({"fault": "another key"}, "The token is signed with a key that the provider does not have."),
        ({"fault": "without signature"}, "The provider’s answer cannot be read (InvalidAlgorithmError)."),
        (
            {"fault": "signed with the secret"},
            "The provider’s answer cannot be read (InvalidAlgorithmError).",
        ),
        ({"aud": "another-system"}, "The token is for another system."),
        ({"aud": [CLIENT_ID, "another-system"], "azp": "another-system"}, "The token is for another system."),
        ({"iss": "https://elsewhere.example"}, "The token is another provider’s."),
        ({"exp": 1_000_000_000}, "The token is too old."),
        ({"exp": LEFT_OUT}, "The provider’s answer cannot be read (MissingRequiredClaimError)."),
        ({"nonce": "another"}, "The token is of another sign-in."),
        ({"nonce": LEFT_OUT}, "The token is of another sign-in."),
        ({"sub": "\x00"}, "The token names nobody."),
        ({"email": LEFT_OUT, "sub": "somebody-else"}, "The provider spoke of two people."),
        ({"fault": "rubbish"}, "The provider did not answer well (JSONDecodeError)."),
        ({"fault": "down"}, "The provider’s answer cannot be read (OAuth2Error)."),
        ({"fault": "endless"}, "The provider’s answer is too long."),
        ({"fault": "another issuer"}, "The provider says that it is another one."),
        ({"fault": "token elsewhere"}, "The provider named another host than its own."),
        ({"fault": "keys elsewhere"}, "The provider named another host than its own."),
        ({"fault": "elsewhere"}, "The provider did not answer well (JSONDecodeError)."),
    ],
    ids=lambda said: str(said) if isinstance(said, dict) else "",
)
def test_an_answer_that_cannot_be_believed_signs_nobody_in(client, own, officer, provider, says, because):
    there = client.post(GO, {"next": "/components/"}).headers["Location"]
    provider.says(**says)
    page = client.get(at_the_council(there, "tamsin"))
    assert page.status_code == 502
    assert "Nothing is lost" in page.content.decode() and "?next=/components/" in page.content.decode()
    assert refused() == [("tried to sign in", because)]
    assert not is_open(client) and LinkedPerson.objects.count() == 0


@pytest.mark.parametrize("fault", ["rubbish everywhere", "page elsewhere", "gone"])
def test_a_provider_that_is_down_or_lies_sends_nobody_anywhere(client, own, officer, provider, fault):
    provider.says(fault=fault)
    if fault == "gone":
        OwnSignIn.objects.update(issuer=f"http://127.0.0.1:{councils_provider.free_port()}")
    page = client.post(GO, {"next": "/components/"})
    assert page.status_code == 502 and "does not work now" in page.content.decode()
    assert "elsewhere.example" not in str(page.headers)
    assert len(refused()) == 1


# ---- the way there and back


def test_a_state_is_this_browsers_and_used_once(client, own, officer):
    came_back = at_the_council(client.post(GO).headers["Location"], "tamsin")
    thief = Client()
    page = thief.get(came_back)
    assert page.status_code == 400 and "You are not signed in" in page.content.decode()
    assert not is_open(thief)
    assert client.get(came_back).status_code == 302 and is_open(client)
    client.post("/sign-out/")
    assert client.get(came_back).status_code == 400 and not is_open(client)
    assert {why for _, why in refused()} == {"What was begun here is not known, too old, or used already."}


def test_a_code_that_another_browser_was_given_is_worth_nothing(client, own, officer):
    """PKCE: the code is good for whoever asked for it, and a nonce ties the token to that asking too."""
    stolen = parse_qs(urlsplit(at_the_council(client.post(GO).headers["Location"], "tamsin")).query)["code"][
        0
    ]
    thief = Client()
    state = parse_qs(urlsplit(thief.post(GO).headers["Location"]).query)["state"][0]
    assert thief.get(BACK, {"code": stolen, "state": state}).status_code == 502
    assert not is_open(thief)


def test_who_turns_back_at_the_provider_is_not_signed_in_and_may_try_again(client, own, officer):
    state = parse_qs(urlsplit(client.post(GO, {"next": "/who-answers/"}).headers["Location"]).query)["state"][
        0
    ]
    page = client.get(BACK, {"error": "access_denied", "state": state})
    assert page.status_code == 403 and "?next=/who-answers/" in page.content.decode()


def test_an_answer_that_says_it_is_another_providers_is_not_asked_about(client, own, officer, provider):
    came_back = at_the_council(client.post(GO).headers["Location"], "tamsin")
    before = len(provider.asked())
    page = client.get(came_back + "&iss=https://elsewhere.example")
    assert page.status_code == 502 and len(provider.asked()) == before


@pytest.mark.parametrize(
    "then",
    ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)"],
)
def test_nobody_is_sent_on_to_another_site(client, own, officer, then):
    assert sign_in(client, then=then).headers["Location"] == "/"


def test_looking_starts_nothing_and_only_this_page_may_send_a_form_to_the_provider(client, own, provider):
    before = len(provider.asked())
    page = client.get(GO)
    assert page.status_code == 200 and len(provider.asked()) == before
    assert f"form-action 'self' {provider.issuer};" in page.headers["Content-Security-Policy"] + ";"
    for address in ("/sign-in/", "/sign-in/agency/"):
        assert provider.issuer not in client.get(address).headers["Content-Security-Policy"]
    assert Client(enforce_csrf_checks=True).post(GO).status_code == 403


def test_an_agency_without_one_has_no_such_address(client, own, agencies):
    for address in (f"/sign-in/agency/{invented.POLICE}/", "/sign-in/agency/nobody/", GO + "there/"):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404


def test_tries_are_limited_for_all_processes_together(client, own, officer, monkeypatch):
    monkeypatch.setattr("rowan.agencies.own_sign_in_views.TRIES", {"own_sign_in": "2/m/ip"})
    statuses = [client.get(BACK, {"state": "x"}).status_code for _ in range(3)]
    assert statuses == [400, 400, 429]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agencies_remembered")
        assert cursor.fetchone()[0] > 0


def test_what_was_typed_is_there_after_signing_in_again_by_the_agency(client, own, officer):
    sign_in(client)
    SignedIn.objects.update(last_seen_at=timezone.now() - settings.SIGNED_IN_IDLE_FOR)
    sent = client.post("/absences/", {"from_on_day": "3"}, headers={"Referer": "http://testserver/absences/"})
    then = parse_qs(urlsplit(sent.headers["Location"]).query)["next"][0]
    page = sign_in(client, then=then)
    assert page.headers["Location"] == "/absences/"
    assert 'value="3"' in client.get("/absences/").content.decode()


# ---- setting up and ending


def test_ending_it_signs_out_whoever_it_signed_in_and_nobody_else(client, own, officer, administrator):
    sign_in(client)
    by_password = Client()
    by_password.force_login(officer)
    mine = Client()
    mine.force_login(administrator)
    page = mine.post(f"/accounts/own-sign-ins/{own.pk}/end/", {"why": "The council has a new provider"})
    assert page.headers["Location"] == "/accounts/own-sign-ins/"
    assert not is_open(client) and is_open(by_password)
    assert client.get(GO).status_code == 404 and client.get(BACK).status_code == 404
    line = Entry.objects.get(did="ended an own sign-in")
    assert line.why == "The council has a new provider"
    assert line.particulars == {"agency": invented.COUNCIL, "sessions": 1, "unlinked": 1}
    assert mine.post(f"/accounts/own-sign-ins/{own.pk}/end/", {"why": "Again"}).status_code == 409
    own.refresh_from_db()
    assert own.client_secret == ""


@pytest.mark.parametrize("what", ["own sign-in", "account", "link"])
def test_what_ends_between_the_two_steps_ends_the_sign_in(
    client, own, officer, administrator, provider, what
):
    secret = with_app(officer)
    provider.says(amr=["pwd"])
    sign_in(client)
    now = timezone.now()
    if what == "own sign-in":
        own_sign_in.end(own, why="Stolen", by=OPERATOR, now=now)
    elif what == "account":
        accounts.end_account(officer, why="Left", by=administrator, now=now)
    else:
        own_sign_in.unlink(officer, by=administrator)
    client.post("/sign-in/code/", {"code": code_now(secret)})
    assert not is_open(client)
    assert not Entry.objects.filter(did="signed in").exists()


def test_what_ends_between_going_and_coming_back_ends_the_sign_in(client, own, officer, provider, agencies):
    came_back = at_the_council(client.post(GO).headers["Location"], "tamsin")
    own_sign_in.end(own, why="Moved", by=OPERATOR, now=timezone.now())
    assert client.get(came_back).status_code == 404
    set_up(provider, agencies[invented.COUNCIL])
    assert client.get(came_back).status_code == 400 and not is_open(client)


def test_the_page_of_accounts_says_who_is_linked_and_an_administrator_unlinks(
    client, own, officer, administrator
):
    sign_in(client)
    mine = Client()
    mine.force_login(administrator)
    assert "Linked" in mine.get("/accounts/").content.decode()
    assert f"by {own.issuer}" in mine.get(f"/accounts/{officer.pk}/").content.decode()
    assert "1 person" in mine.get("/accounts/own-sign-ins/").content.decode()
    assert mine.post(f"/accounts/{officer.pk}/unlink/").status_code == 302
    assert not is_open(client) and LinkedPerson.objects.count() == 0
    assert mine.post(f"/accounts/{officer.pk}/unlink/").status_code == 409
    assert Entry.objects.filter(did="unlinked from an own sign-in", refused_because="").count() == 1


@pytest.mark.parametrize("role", [Role.INFORMATION_GOVERNANCE, Role.TRIAGE_OFFICER])
def test_nobody_else_ends_one_or_unlinks(client, own, officer, administrator, agencies, role):
    other = invented.practitioner("other", role, agencies[invented.COUNCIL])
    client.force_login(other)
    assert client.post(f"/accounts/own-sign-ins/{own.pk}/end/", {"why": "x"}).status_code == 403
    assert client.post(f"/accounts/{officer.pk}/unlink/").status_code == 403
    own.refresh_from_db()
    assert own.ended_at is None
    with pytest.raises(NotAllowed):
        own_sign_in.end(own, why="x", by=other, now=timezone.now())
    with pytest.raises(NotAllowed):
        own_sign_in.unlink(officer, by=other)


def test_an_administrator_who_keeps_accounts_names_no_issuer(provider, agencies, administrator):
    with pytest.raises(NotAllowed):
        set_up(provider, agencies[invented.COUNCIL], by=administrator)
    assert OwnSignIn.objects.count() == 0 and len(refused()) == 1


def test_an_agency_has_one_at_a_time(provider, own, agencies):
    with pytest.raises(NotPossible, match="already"):
        set_up(provider, agencies[invented.COUNCIL])


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"issuer": "http://sign-in.council.example"}, "https://"),
        ({"issuer": "not an address"}, "The issuer is an address"),
        ({"issuer": "https://*.council.example"}, "The issuer is an address"),
        ({"issuer": "https://user:secret@council.example"}, "The issuer is an address"),
        ({"issuer": "https://council.example/?tenant=1"}, "The issuer is an address"),
        ({"domains": []}, "at least one domain"),
        ({"domains": ["@council.example"]}, "is no domain"),
        ({"domains": ["*.council.example"]}, "is no domain"),
        ({"named_by": "e mail"}, "A claim is named"),
        ({"trusted_amr": ["ümfa"]}, "one word"),
        ({"client_secret": ""}, "Give the client"),
        ({"client_id": "x" * 300}, "too long to keep: client_id"),
    ],
)
def test_one_that_could_not_be_safe_is_refused(provider, agencies, about, says):
    with pytest.raises(NotPossible, match=re.escape(says)):
        set_up(provider, agencies[invented.COUNCIL], **about)
    assert OwnSignIn.objects.count() == 0


def test_in_service_an_issuer_on_this_machine_is_neither_set_up_nor_asked(
    client, provider, own, agencies, settings, tmp_path
):
    settings.ROWAN_HOME = tmp_path
    (tmp_path / "home.json").write_text('{"kind": "service"}')
    with pytest.raises(NotPossible, match="https://"):
        set_up(provider, agencies[invented.POLICE])
    before = len(provider.asked())
    assert client.post(GO).status_code == 502
    assert len(provider.asked()) == before


def test_the_secret_lies_in_the_database_sealed_and_is_on_no_page(client, own, administrator):
    with connection.cursor() as cursor:
        cursor.execute("SELECT client_secret FROM agencies_ownsignin")
        assert CLIENT_SECRET not in cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM socialaccount_socialapp")
        assert cursor.fetchone()[0] == 0
    client.force_login(administrator)
    assert CLIENT_SECRET not in client.get("/accounts/own-sign-ins/").content.decode()
    assert CLIENT_SECRET not in str(list(Entry.objects.values()))


def test_an_operator_sets_up_and_ends_one_by_command(provider, agencies, monkeypatch, capsys):
    monkeypatch.setattr("rowan.agencies.management.commands.agencies._typed", lambda asked: CLIENT_SECRET)
    call_command(
        "agencies", "own-sign-in", "--agency", invented.COUNCIL, "--issuer", provider.issuer,
        "--client-id", CLIENT_ID, "--domain", "council.example", "--trust-amr", "mfa",
    )  # fmt: skip
    assert BACK in capsys.readouterr().out
    line = Entry.objects.get(did="set up an own sign-in")
    assert (line.by_kind, line.particulars["issuer"]) == ("operator", provider.issuer)
    call_command("agencies", "end-own-sign-in", "--agency", invented.COUNCIL, "--why", "New provider")
    assert not OwnSignIn.objects.filter(ended_at=None).exists()


def test_the_clocks_may_differ_a_little(client, own, officer, provider):
    soon = timezone.now() + timedelta(seconds=30)
    provider.says(iat=int(soon.timestamp()), auth_time=int(soon.timestamp()), amr=["mfa"])
    sign_in(client)
    assert is_open(client)
