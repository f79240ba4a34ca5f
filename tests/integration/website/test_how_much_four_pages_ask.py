"""The pages that people are at all day ask the database no more than was counted (docs/measured.md): one question more is seen here."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rowan.access.models import Why
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.agencies.sign_in_models import SignedIn
from rowan.assessments.actions import open_strand
from tests import people_in_tests as invented

pytestmark = pytest.mark.django_db

# How often each asks, the trail's own five or six among them. To raise one is to say why in its commit.
AT_MOST = {"child": 43, "list": 24, "search": 32, "questions": 30}


@pytest.fixture
def desk(client):
    invented.finished_run()
    agencies = invented.three_agencies()
    council, school = agencies[invented.COUNCIL], agencies[invented.SCHOOL]
    worker = invented.practitioner("desk", Role.EXPLOITATION_COORDINATOR, council)
    invented.post(PostKind.TRIAGE, council, worker)
    children = [
        invented.child(f"Amina{number}", "Invented", sex="F", age=14, school=school) for number in range(8)
    ]
    for child in children:
        invented.involve(child, council, Why.ALLOCATED_WORKER, practitioner=worker)
        invented.attendance(child, school)
        for days in range(30):
            invented.happened(
                child, invented.days_ago(days + 1), "arrest", f"Arrested {days}", by=invented.POLICE
            )
        rows = [(invented.POLICE, invented.days_ago(days), "Missing overnight") for days in (4, 11)]
        figures = {"episodes": 2, "overnight": 2, "first_on": str(rows[1][1]), "last_on": str(rows[0][1])}
        invented.question(child, "missing_again", rows=rows, to=worker, figures=figures)
        open_strand(token=uuid4(), person_id=child.pk, lead=worker, why="x", by=worker, now=timezone.now())
    client.force_login(worker)
    return client, children


PAGES = {
    "child": lambda client, child: client.get(f"/children/{child.pk}/"),
    "list": lambda client, child: client.get("/assessments/"),
    "search": lambda client, child: client.post(
        "/concerns/triage/search/", {"first_name": "Amina0", "surname": "Invented", "why": "A school rang"}
    ),
    "questions": lambda client, child: client.get("/questions/"),
}


@pytest.mark.parametrize("page", PAGES)
def test_each_asks_no_more_than_was_counted(desk, page):
    client, children = desk
    PAGES[page](client, children[0])
    # A session's note that it was seen, once a minute, is none of the page's.
    SignedIn.objects.update(last_seen_at=timezone.now())
    with CaptureQueriesContext(connection) as asked:
        answer = PAGES[page](client, children[0])
    assert answer.status_code == 200 and "Amina0" in answer.content.decode()
    assert len(asked) <= AT_MOST[page], "\n".join(each["sql"][:200] for each in asked.captured_queries)
