"""What limits how often holds for all of Rowan's processes together, and not for each."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from rowan.agencies.rules.roles import Role
from tests import ground
from tests import people_in_tests as invented

FOUR_WRONG_PASSWORDS = """
import django
django.setup()
from django.test import Client
for _ in range(4):
    assert Client().post("/sign-in/", {"login": "triage", "password": "wrong"}).status_code == 200
"""


@pytest.mark.django_db(transaction=True)
def test_tries_in_two_processes_count_together(client, tmp_path):
    officer = invented.practitioner(
        "triage", Role.TRIAGE_OFFICER, invented.three_agencies()[invented.COUNCIL]
    )
    done = subprocess.run(
        [sys.executable, "-c", FOUR_WRONG_PASSWORDS],
        env=_environment(tmp_path),
        cwd=ground.CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    wrong = client.post("/sign-in/", {"login": "triage", "password": "wrong"}).content.decode()
    assert "is not right" in wrong
    right = client.post("/sign-in/", {"login": officer.username, "password": invented.PASSWORD})
    assert "Too many tries" in right.content.decode()
    # Only this name is held back, and whoever knows it is told no more than anybody else.
    other = client.post("/sign-in/", {"login": "somebody-else", "password": "wrong"}).content.decode()
    assert "is not right" in other


def _environment(tmp_path) -> dict[str, str]:
    """Another process of the same Rowan: on the very database of this test."""
    database = connection.settings_dict
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "rowan.website.settings",
        "ROWAN_HOME": str(tmp_path),
    }
    if connection.vendor == "postgresql":
        start, _, _ = os.environ["DATABASE_URL"].rpartition("/")
        environment["DATABASE_URL"] = f"{start}/{database['NAME']}"
    else:
        (tmp_path / "rowan.sqlite3").symlink_to(database["NAME"])
    return environment
