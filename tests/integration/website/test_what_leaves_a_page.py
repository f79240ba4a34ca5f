"""What goes out beside a page: the headers on every address, and what the log says when something goes wrong."""

import logging
import re
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.urls import URLPattern, get_resolver

CANARY = "saffron-heron"
SAMPLES = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "int": "1",
    "str": CANARY,
    "slug": CANARY,
    "path": CANARY,
}
EXACT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NAMES_INLINE = re.compile(r"unsafe|nonce-|sha\d+-|strict-dynamic")
NEVER_LENT = {"camera", "microphone", "geolocation", "payment", "usb", "bluetooth", "serial", "hid", "midi"}


def addresses(resolver=None, before: str = "/") -> list[str]:
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        at = before + re.sub(
            r"<(?:(\w+):)?\w+>", lambda part: SAMPLES.get(part[1] or "str", CANARY), str(pattern.pattern)
        )
        found += [at] if isinstance(pattern, URLPattern) else addresses(pattern, at)
    return [at for at in found if not set(at) & set("^$(\\")]


def test_the_headers_are_exact_on_every_address_also_where_nobody_is_signed_in_and_nothing_is_there(
    client, db
):
    everywhere = addresses()
    assert len(everywhere) > 30
    for address in [*everywhere, f"/no-such-page/{CANARY}/"]:
        answer = client.get(address)
        assert {name: answer.get(name) for name in EXACT} == EXACT, address
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, address
        # Stricter than a nonce: nothing inline is let through, by whatever name (docs/adr/0030).
        assert not NAMES_INLINE.search(policy), address
        lent = dict(part.split("=") for part in answer["Permissions-Policy"].split(", "))
        assert lent.keys() >= NEVER_LENT and set(lent.values()) == {"()"}, address
        assert not lent.keys() & {"publickey-credentials-get", "publickey-credentials-create"}, "passkeys"
        assert "Server" not in answer and "X-Powered-By" not in answer


def test_no_template_holds_anything_inline_that_the_header_would_have_to_let_through():
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=[\"']", re.IGNORECASE)
    pages = list((settings.CHECKOUT / "rowan").rglob("templates/**/*.html"))
    assert len(pages) > 100
    assert [page.name for page in pages if inline.search(page.read_text())] == []


def test_a_host_that_is_not_ours_is_refused_and_not_repeated(client, db):
    answer = client.get("/sign-in/", headers={"host": f"{CANARY}.test"})
    assert answer.status_code == 400
    assert CANARY not in answer.text


def as_logged(logger: str, message: str, *arguments, **more) -> str:
    """What the console's formatter writes."""
    [handler] = [each for each in logging.getLogger().handlers if each.get_name() == "console"]
    record = logging.getLogger(logger).makeRecord(logger, logging.ERROR, "", 0, message, arguments, **more)
    return handler.format(record)


def test_an_address_that_names_somebody_is_logged_by_its_route(client, db):
    request = client.get(f"/children/{CANARY}/").wsgi_request
    said = as_logged(
        "django.request", "Not Found: %s", f"/children/{CANARY}/", exc_info=None,
        extra={"request": request, "status_code": 404},
    )  # fmt: skip
    assert CANARY not in said
    assert "single_view:child" in said and "404" in said


def test_an_exceptions_words_are_not_logged_and_where_it_happened_is():
    try:
        raise IntegrityError(f"Key (surname)=({CANARY}) already exists")
    except IntegrityError:
        said = as_logged("django.request", "Internal Server Error", exc_info=sys.exc_info())
    assert CANARY not in said
    assert "IntegrityError" in said and "test_what_leaves_a_page.py" in said


@pytest.mark.parametrize("name", ["DEBUG", "DEBUG_PROPAGATE_EXCEPTIONS"])
def test_no_error_page_tells_how_it_happened(name):
    assert getattr(settings, name) is False
