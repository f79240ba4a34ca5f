"""A home in service: cookies that no other site and no plain http ever gets, and Django's own check without a word."""

import json
import os
import subprocess
import sys

import pytest

from rowan.key_ring import KeyRing
from tests import ground, made_before

pytestmark = pytest.mark.one_database

ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
host = settings.ALLOWED_HOSTS[0]
plain = Client(SERVER_NAME=host).get("/sign-in/")
front = Client(SERVER_NAME=host, headers={"X-Forwarded-Proto": "https"}).get("/sign-in/")
print(json.dumps({
    "plain": [plain.status_code, plain.headers.get("Location", "")],
    "cookies": front.cookies.output(),
    "headers": dict(front.headers),
    "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY],
}))
"""


def in_service(
    tmp_path, *command: str, hosts: str = "rowan.invented.example", signs: bool = True
) -> subprocess.CompletedProcess:
    if signs:
        KeyRing(tmp_path / "keys").make("site-signing")
    of_tests = {"DATABASE_URL", "ROWAN_OWNER_URL", "DJANGO_ALLOW_ASYNC_UNSAFE", "ROWAN_PLAIN_STATIC"}
    environment = {name: value for name, value in os.environ.items() if name not in of_tests} | {
        "DJANGO_SETTINGS_MODULE": "rowan.website.settings",
        "ROWAN_HOME": str(tmp_path / "home"),
        "ROWAN_KEYS": str(tmp_path / "keys"),
        "ROWAN_HOSTS": hosts,
    }
    return subprocess.run(
        [sys.executable, *command],
        env=environment,
        cwd=ground.CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def answered(tmp_path_factory) -> dict:
    folder = tmp_path_factory.mktemp("service")
    made_before.lay_out(folder / "home" / "rowan.sqlite3")
    done = in_service(folder, "-c", ASK)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_djangos_check_for_deployment_finds_nothing(tmp_path):
    done = in_service(tmp_path, "-m", "rowan.command", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


def test_plain_http_is_led_to_https(answered):
    assert answered["plain"] == [301, "https://rowan.invented.example/sign-in/"]


def test_every_cookie_is_the_hosts_own_and_secure(answered):
    cookies = [line for line in answered["cookies"].splitlines() if line]
    assert cookies
    for line in cookies:
        assert line.startswith("Set-Cookie: __Host-") and "Secure" in line and "HttpOnly" in line
        assert "Path=/" in line and "Domain" not in line and "SameSite=Lax" in line
    assert answered["session"] == ["__Host-rowan-session", True, True]


def test_the_headers_are_strict(answered):
    headers = answered["headers"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert headers["X-Frame-Options"] == "DENY" and headers["X-Content-Type-Options"] == "nosniff"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_name_of_this_machine_alone_keeps_plain_cookies():
    from django.conf import settings

    assert settings.SERVED_ON_LOOPBACK and not settings.SESSION_COOKIE_SECURE


def test_without_its_signing_key_it_is_not_served_and_makes_none_by_itself(tmp_path):
    served = in_service(tmp_path, "-m", "rowan.command", "serve", signs=False)
    assert served.returncode == 1 and "rowan keys make site-signing" in served.stderr
    asked = in_service(tmp_path, "-c", "import rowan.website.wsgi", signs=False)
    assert asked.returncode == 1 and "rowan keys make site-signing" in asked.stderr
    assert not (tmp_path / "keys" / "site-signing.keys").exists()


def test_its_operator_makes_the_keys_one_by_one_the_trails_first(tmp_path):
    for command in (["migrate"], ["keys", "make", "audit-trail"], ["keys", "make", "site-signing"]):
        done = in_service(tmp_path, "-m", "rowan.command", *command, signs=False)
        assert done.returncode == 0, done.stderr
    assert in_service(tmp_path, "-c", "import rowan.website.wsgi", signs=False).returncode == 0
