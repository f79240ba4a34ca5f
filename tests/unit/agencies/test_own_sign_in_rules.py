"""Which addresses are the issuer's own, and which words of a provider count."""

from datetime import UTC, datetime, timedelta

import pytest

from rowan.agencies.rules.own_sign_in import (
    address_vouched_for,
    origin_of,
    refusal_of_issuer,
    second_step_counts,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Sign-In.council.example/oidc?x=1", "https://sign-in.council.example"),
        ("https://council.example:443/", "https://council.example"),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8001"),
        ("http://[::1]:8001", "http://[::1]:8001"),
        ("https://council.example@elsewhere.example/", ""),
        ("https://council.example\\@elsewhere.example/", ""),
        ("https://council.example:x/", ""),
        ("https://council.example /", ""),
        ("https://*.council.example/", ""),
        ("https://council.example;script-src/", ""),
        ("ftp://council.example/", ""),
        ("//council.example/", ""),
        ("", ""),
    ],
)
def test_an_origin_is_read_in_one_way_only(address, origin):
    assert origin_of(address) == origin


@pytest.mark.parametrize(
    ("issuer", "in_service", "is_refused"),
    [
        ("https://council.example", True, False),
        ("https://council.example/tenant/v2.0", False, False),
        ("http://127.0.0.1:8001", False, False),
        ("http://127.0.0.1:8001", True, True),
        ("http://localhost.elsewhere.example", False, True),
        ("http://council.example", False, True),
        ("https://council.example?tenant=1", False, True),
        ("https://council.example/'", False, True),
    ],
)
def test_an_issuer_is_https_but_for_a_trial_on_this_machine(issuer, in_service, is_refused):
    assert bool(refusal_of_issuer(issuer, in_service=in_service)) == is_refused


def test_another_claim_may_name_the_person_when_another_vouches_for_it():
    claims = {"email": "x@elsewhere.example", "upn": "Tamsin@Council.example", "xms_edov": True}
    asked = {"named_by": "upn", "domains": ["council.example"]}
    assert address_vouched_for(claims, vouched_by="xms_edov", **asked) == "tamsin@council.example"
    assert address_vouched_for(claims, vouched_by="email_verified", **asked) == ""


@pytest.mark.parametrize(
    ("claims", "counts"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "https://refeds.org/profile/mfa"}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": ["mfa"], "auth_time": (NOW - timedelta(hours=11)).timestamp()}, False),
        ({"amr": ["mfa"], "auth_time": (NOW + timedelta(minutes=2)).timestamp()}, False),
        ({"amr": ["mfa"], "auth_time": True}, False),
        ({"amr": {"mfa": 1}}, False),
        ({"acr": ["https://refeds.org/profile/mfa"]}, False),
    ],
)
def test_a_second_step_counts_when_it_is_trusted_and_of_today(claims, counts):
    asked = {
        "trusted_acr": ["https://refeds.org/profile/mfa"],
        "trusted_amr": ["mfa"],
        "now": NOW,
        "within": timedelta(hours=10),
    }
    assert second_step_counts({"auth_time": NOW.timestamp(), **claims}, **asked) == counts
    assert not second_step_counts(
        {"auth_time": NOW.timestamp(), **claims}, **asked | {"trusted_acr": [], "trusted_amr": []}
    )
