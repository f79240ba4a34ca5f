"""A concern's line in a child's timeline is read where concerns are: whoever reads only what they sent themselves finds no other's words there."""

import pytest

from rowan.access.models import Why
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.chronology.models import Entry
from rowan.concerns.actions import triage
from tests import people_in_tests as invented

WORDS = "Waits for a car that nobody at home knows."
TITLE = "A concern was raised"


@pytest.fixture
def around_her(desk):
    """Everybody who has a part in her life, by what they are to her."""
    desk.open_girl()
    police = invented.practitioner("police", Role.POLICE_EXPLOITATION_TEAM, desk.police, "Ray Ito")
    invented.involve(desk.girl, desk.school, Why.ON_ROLL)
    for each in (desk.mentor, police, desk.nurse):
        invented.involve(desk.girl, each.agency, Why.WORKING_WITH, each.username, practitioner=each)
    return {
        "social worker": desk.worker,
        "school": desk.teacher,
        "mentor": desk.mentor,
        "police": police,
        "nurse": desk.nurse,
    }


def matched(desk, *, said_by=None, **more):
    concern = desk.concern(what_worries=WORDS, noticed=[("GAIN-01", "I")], **more)
    return triage.say_who(
        concern.pk,
        person_id=desk.girl.pk,
        how_known="The school rang",
        opened_on=triage.version_of(None),
        by=said_by or desk.officer,
        now=desk.now,
    )


def read(client, desk, reader) -> tuple[bool, bool]:
    """Whether the line is shown, and whether its words are."""
    client.force_login(reader)
    answer = client.get(f"/children/{desk.girl.pk}/")
    assert answer.status_code == 200
    page = answer.content.decode()
    return TITLE in page, WORDS in page


@pytest.mark.parametrize(
    ("reader", "line", "words"),
    [
        ("social worker", True, True),
        ("school", True, True),
        ("police", True, False),
        ("mentor", False, False),
        ("nurse", True, False),
    ],
)
def test_what_a_school_was_worried_about(desk, around_her, client, reader, line, words):
    matched(desk)
    assert read(client, desk, around_her[reader]) == (line, words)


@pytest.mark.parametrize("reader", ["school", "mentor"])
def test_what_a_resident_told_is_no_agencys_own(desk, around_her, client, reader):
    matched(desk, by=None, raises="resident")
    assert read(client, desk, around_her[reader]) == (False, False)


def test_a_residents_line_names_no_agency(desk, around_her, client):
    matched(desk, by=None, raises="resident")
    client.force_login(desk.worker)
    assert (
        "told by somebody outside the agencies" in client.get(f"/children/{desk.girl.pk}/").content.decode()
    )


def test_what_a_school_told_of_a_colleague_stays_with_the_designated_officer(desk, around_her, client):
    officer = invented.practitioner("designated-officer", Role.APPROVING_MANAGER, desk.council)
    invented.post(PostKind.LADO, desk.council, officer)
    matched(desk, said_by=officer, about_a_professional=True)
    for reader in around_her.values():
        assert read(client, desk, reader) == (False, False)
    # What was noticed about the child herself is part of her story.
    assert Entry.objects.get(person=desk.girl, by_day=True).observed_code == "GAIN-01"


def test_a_timeline_is_narrowed_by_agencies_and_what_no_agency_told_is_no_choice(desk, around_her, client):
    matched(desk, by=None, raises="resident")
    client.force_login(desk.worker)
    page = client.get(f"/children/{desk.girl.pk}/").content.decode()
    assert page.count('<option value=""') == 2  # every agency, and everything that happened
