"""A small hub: a council with its posts, a school with its lead, a night's occasions."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rowan.agencies.models import Agency, Post, PostHolding, Practitioner
from rowan.people.models import Person
from rowan.questions.actions import take_in
from rowan.records.models import OvernightRun

TODAY = date(2026, 6, 3)  # a Wednesday
NOW = datetime(2026, 6, 3, 6, 0, tzinfo=ZoneInfo("Europe/London"))
ADA = "a" * 32
BEN = "b" * 32
CAL = "c" * 32


@pytest.fixture
def council(db):
    return Agency.objects.create(code="council-899", name="Council", kind="council", la_code="899")


@pytest.fixture
def school(db):
    return Agency.objects.create(
        code="school-8994001", name="Rowan Road School", kind="school", laestab="8994001"
    )


@pytest.fixture
def children(db):
    return Person.objects.bulk_create([Person(pk=pk) for pk in (ADA, BEN, CAL)])


@pytest.fixture
def somebody(council):
    """Make a practitioner and, where a post is named, seat them in it."""

    def make(username, role, post=None, agency=None, deputy_of=None):
        person = Practitioner.objects.create_user(
            username, display_name=username.title(), agency=agency or council, role=role, phone="01632 960001"
        )
        if post:
            chair, _ = Post.objects.get_or_create(
                kind=post, agency=agency or council, defaults={"title": post}
            )
            PostHolding.objects.create(post=chair, practitioner=person, from_on=TODAY - timedelta(days=30))
        return person

    return make


@pytest.fixture
def hub(somebody, children):
    """Everybody in their post."""
    return {
        "missing": somebody("mirela", "missing_coordinator", "missing_coordinator"),
        "coordinator": somebody("colm", "exploitation_coordinator", "exploitation_coordinator"),
        "triage": somebody("tamsin", "triage_officer", "triage"),
        "youth": somebody("yusuf", "youth_justice_worker", "youth_justice"),
    }


@pytest.fixture
def night(db):
    """A finished run of that number, whose occasions are taken in."""

    def run(occasions, number=1, today=TODAY, now=NOW, **options):
        OvernightRun.objects.get_or_create(
            number=number, defaults={"as_of": today, "started_at": now, "finished_at": now}
        )
        return take_in(
            [row for row, _ in occasions],
            [each for _, rows in occasions for each in rows],
            run=number,
            today=today,
            now=now,
            **options,
        )

    return run


def missing(person, *episodes, on=TODAY - timedelta(days=1), second_report=()):
    """An occasion of missing again: one police row an episode, and a council row where a second agency reports it."""
    name = "|".join([person, str(on), *episodes, *second_report]).ljust(64, ".")[-64:]
    rows = [_row(name, "police_missing", "police:person", f"M{episode}", episode, on) for episode in episodes]
    rows += [_row(name, "ssda903_missing", "council-899:903", f"C{e}", e, on) for e in second_report]
    figures = {"episodes": len(episodes), "first_on": "2026-04-01", "last_on": on.isoformat(), "overnight": 0}
    return _occasion(name, "missing_again", person, on, "hub", figures), rows


def arrested(person, custody_ref, on=TODAY - timedelta(days=1)):
    name = f"{person}|{custody_ref}".ljust(64, ".")[-64:]
    figures = {"arrested_on": on.isoformat(), "charged_on": None, "company": "alone"}
    rows = [_row(name, "police_arrests", "police:person", custody_ref, custody_ref, on)]
    return _occasion(name, "child_arrested", person, on, "hub", figures), rows


def risen(person, school, on=TODAY - timedelta(days=5)):
    name = f"{person}|{school}|{on}".ljust(64, ".")[-64:]
    figures = {
        "weeks": 4, "weeks_to": on.isoformat(), "absent": 20, "possible": 40, "past_weeks": 20, "past_absent": 6, "past_possible": 200,
        "expected": 1.2,
    }  # fmt: skip
    rows = [
        _row(
            name,
            "attendance_marks",
            f"{school}:admission",
            f"7|{on - timedelta(days=n)}|AM",
            f"m{n}",
            on,
            school,
        )
        for n in range(3)
    ]
    window = (on - timedelta(days=25), on)
    return _occasion(name, "absence_risen", person, on, school, figures, window), rows


def _occasion(name, rule, person, on, audience, figures, window=(None, None)):
    return {
        "occasion": name, "rule": rule, "rule_version": 1, "person_id": person, "on": on, "audience": audience,
        "figures": json.dumps(figures), "settings": "{}", "window_from": window[0], "window_to": window[1],
    }  # fmt: skip


def _row(name, kind, source, record_id, event, on, agency="police-899"):
    return {
        "occasion": name, "record_kind": kind, "source": source, "record_id": record_id, "rid": "r" * 32, "agency": agency,
        "happened_on": on, "received_on": on, "file": "a.csv", "line": 2, "what": "Missing", "event": event,
    }  # fmt: skip
