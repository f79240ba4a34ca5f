"""What a child's pack holds at a meeting: what the matrix gives each reader of it, by heading, and nothing once it is over."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rowan.access.models import Why
from rowan.access.rules.matrix import KIND_NAMES, Kind
from rowan.agencies.rules.roles import Role
from rowan.assessments.actions import open_strand
from rowan.meetings.actions import end, who_came
from rowan.people.models import Name
from rowan.sharing.actions import decide as decide_to_share
from rowan.sharing.rules.deciding import Said
from tests import people_in_tests as invented

KINDS = ("education", "social_care", "police", "contacts", "connections", "health", "sexual_health", "intelligence", "legal")  # fmt: skip
STANDS = "State"


def heading(kind: str) -> str:
    return f"A line of {kind}"


@pytest.fixture
def told(panel):
    """The panel in session; of the girl each kind of line, each with words that no pack tells, and a school year."""
    for kind in KINDS:
        invented.happened(
            panel.girl,
            invented.days_ago(9),
            f"told_{kind}",
            heading(kind),
            by=invented.COUNCIL,
            compartment=kind,
            text=f"Words of {kind}",
        )
    invented.happened(
        panel.girl, invented.days_ago(8), "school_log", "The school's own line", by=invented.SCHOOL, compartment="education"
    )  # fmt: skip
    invented.attendance(panel.girl, panel.school, weeks=20)
    invented.withheld_address(panel.girl)
    return panel


def read(panel, client, reader, meeting) -> str:
    client.force_login(reader)
    return client.get(f"/meetings/items/{panel.item(meeting).pk}/").content.decode()


def kinds_in(page: str) -> set[str]:
    return {kind for kind in KINDS if heading(kind) in page}


# By the matrix: a panel's own cells, and of everybody else no more than theirs (ADR 0017).
IN_THE_PACK_OF = {
    "member": {"education", "social_care", "police", "contacts"},
    "chair": {"education", "social_care", "police", "contacts", "connections"},
    "organiser": {"education", "social_care", "police", "contacts", "connections"},
    "officer": {"education", "social_care", "police", "contacts", "connections"},
    "nurse": {"social_care", "contacts"},
}


@pytest.mark.parametrize("reader", list(IN_THE_PACK_OF))
def test_a_pack_holds_headings_of_the_kinds_the_matrix_gives_its_reader_and_no_words(told, client, reader):
    page = read(told, client, getattr(told, reader), told.in_session())
    assert kinds_in(page) == IN_THE_PACK_OF[reader]
    assert "Words of" not in page and "Invented Refuge" not in page and "Invented Row" not in page
    born = told.girl.known_as.get().birth_date
    assert f"{born.day} {born:%B %Y}" not in page and "Amina Larkfield, 14" in page
    assert "Joan Eccles" in page and "01632 960100" in page


def test_a_panel_reads_how_much_school_was_missed_and_no_code_of_the_register(told, client):
    meeting = told.in_session()
    page = read(told, client, told.member, meeting)
    # Of twenty weeks the last twelve: 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9 and 9 half days.
    assert "78 of 120 half days missed" in page and "O 9" not in page
    assert "half days missed" not in read(told, client, told.nurse, meeting)


def test_a_panel_reads_where_the_child_stands(told, client):
    open_strand(token="0b0f35c6-8f25-4d2c-9a57-5f3a1a3d1c11", person_id=told.girl.pk, lead=told.worker, why="Very secret why", by=told.worker, now=told.now)  # fmt: skip
    page = read(told, client, told.member, told.in_session())
    assert STANDS in page and "Very secret why" not in page


def test_only_the_chair_and_whoever_arranges_read_that_something_was_shared(told, client):
    said = Said(**{**invented.WHOLE, "purpose_words": "Very secret purpose"})
    decide_to_share(
        said, token="0b0f35c6-8f25-4d2c-9a57-5f3a1a3d1c12", person_ids=[told.girl.pk], recipient_agency=told.police, by=told.worker, now=told.now,
    )  # fmt: skip
    meeting, title = told.in_session(), KIND_NAMES[Kind.DECISIONS]
    for reader, told_so in (("chair", True), ("organiser", True), ("member", False), ("officer", False)):
        page = read(told, client, getattr(told, reader), meeting)
        assert (title in page) == told_so, reader
        assert ("Share: Invented Constabulary" in page) == told_so, reader
        assert "Very secret purpose" not in page


def test_a_pack_is_over_when_the_meeting_is(told, client):
    meeting = told.drawn_up()
    assert kinds_in(read(told, client, told.member, meeting)) == set()
    assert kinds_in(read(told, client, told.chair, meeting)) == set()
    meeting.refresh_from_db()
    who_came(meeting, came=[told.chair, told.member], by=told.organiser, now=told.now)
    assert kinds_in(read(told, client, told.member, meeting))
    # The officer was asked and did not come.
    assert kinds_in(read(told, client, told.officer, meeting)) == set()
    meeting.refresh_from_db()
    end(meeting, by=told.chair, now=told.now)
    assert kinds_in(read(told, client, told.member, meeting)) == set()
    assert kinds_in(read(told, client, told.chair, meeting)) == IN_THE_PACK_OF["chair"]


def test_by_a_part_alone_the_item_opens_and_its_pack_does_not(told, client):
    page = read(told, client, told.worker, told.in_session())
    assert "Decision" in page and kinds_in(page) == set() and "Who works with" not in page


def test_a_school_at_a_meeting_reads_of_its_own_pupil_what_it_sent_itself(told, client):
    lead = invented.practitioner("lead", Role.SCHOOL_SAFEGUARDING_LEAD, told.school, "Ada Firn")
    invented.involve(told.girl, told.school, Why.ON_ROLL)
    meeting = told.drawn_up()
    meeting.expected.create(practitioner=lead)
    who_came(meeting, came=[told.chair, lead], by=told.organiser, now=told.now)
    page = read(told, client, lead, meeting)
    assert "The school&#x27;s own line" in page
    assert kinds_in(page) == set() and "half days missed" in page and "Joan Eccles" not in page


def test_a_school_at_a_meeting_reads_the_name_it_knows_its_own_pupil_by_and_everybody_else_the_hubs(
    told, client
):
    lead = invented.practitioner("lead", Role.SCHOOL_SAFEGUARDING_LEAD, told.school, "Ada Firn")
    invented.involve(told.girl, told.school, Why.ON_ROLL)
    Name.objects.filter(person=told.girl, agency_code=told.school.code).update(first_name="Minnie")
    meeting = told.drawn_up()
    meeting.expected.create(practitioner=lead)
    who_came(meeting, came=[told.chair, lead], by=told.organiser, now=told.now)
    for reader, name, other in [
        (lead, "Minnie Larkfield", "Amina"),
        (told.chair, "Amina Larkfield", "Minnie"),
    ]:
        pages = [
            read(told, client, reader, meeting),
            client.get(f"/meetings/{meeting.pk}/").content.decode(),
        ]
        assert [name in page for page in pages] == [True, True]
        assert [other in page for page in pages] == [False, False]


def test_a_long_life_takes_as_many_queries_as_a_short_one(told, client):
    meeting = told.in_session()
    read(told, client, told.chair, meeting)

    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            read_again = client.get(f"/meetings/items/{told.item(meeting).pk}/")
        assert read_again.status_code == 200
        return len(taken)

    short = queries()
    for number in range(60):
        invented.happened(
            told.girl, invented.days_ago(20 + number), "went_missing", f"Away {number}", by=invented.POLICE, compartment="police"
        )  # fmt: skip
        invented.involve(told.girl, told.council, Why.WORKING_WITH, f"Worker {number}")
    assert queries() == short <= 45
    page = client.get(f"/meetings/items/{told.item(meeting).pk}/").content.decode()
    assert "8 of 61 lines" in page
