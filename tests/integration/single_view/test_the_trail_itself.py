"""What was done that is about no child: for information governance alone, without narrative, a page at a time, and on the trail itself."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rowan.access.hiding import keep_out
from rowan.access.models import Why
from rowan.agencies import account_details, awaited_roles, posts
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR, PUBLIC, ROWAN, record
from rowan.audit_trail.models import Entry
from rowan.audit_trail.searches import record_search
from rowan.single_view import whole_trail
from rowan.single_view.actions import put
from rowan.single_view.models import LooksQuestion
from rowan.single_view.rules.acts import SAID, Act, act_of
from rowan.single_view.rules.patterns import Pattern
from rowan.timescales.actions import change_setting
from rowan.timescales.rules.settings import LONG_ABSENCE
from tests import people_in_tests as invented
from tests.lines_in_tests import Left, leave

TODAY = timezone.localdate()
NOW = timezone.now()
ROOMS = Path(__file__).resolve().parents[3] / "rowan"


class Hub:
    def __init__(self):
        agencies = invented.three_agencies()
        council = agencies[invented.COUNCIL]
        people = [
            ("gwen", Role.INFORMATION_GOVERNANCE, "Gwen Farrow"),
            ("grace", Role.INFORMATION_GOVERNANCE, "Grace Hart"),
            ("joan", Role.LEAD_PROFESSIONAL, "Joan Eccles"),
            ("admin", Role.ADMINISTRATOR, "Ada Minton"),
        ]
        self.people = {who: invented.practitioner(who, role, council, name) for who, role, name in people}
        self.girl = invented.child("Amina", "Larkfield", sex="F", age=14, school=agencies[invented.SCHOOL])

    def did(self, who: str, did: str, days: float = 0, **more) -> Left:
        at = NOW - timedelta(days=days, minutes=5)
        return Left(self.people[who], at, "", "", did, more)


@pytest.fixture
def hub(db) -> Hub:
    return Hub()


@pytest.fixture
def shown(client, hub):
    def open_page(query="", reader="gwen"):
        client.force_login(hub.people[reader])
        return " ".join(client.get(f"/trail/{query}").content.decode().split())

    return open_page


def dated(name: str, day) -> str:
    return f"{name}_day={day.day}&{name}_month={day.month}&{name}_year={day.year}"


def test_sign_ins_rights_settings_exports_and_refusals_are_there_to_read(hub, shown):
    record(by=PUBLIC, did="tried to sign in", refused_because="The name or the password was not right.")
    record(by=hub.people["admin"], did="changed a role", about_kind="practitioner", about_id=hub.people["joan"].pk, particulars={"from": "mentor", "to": "analyst"})  # fmt: skip
    change_setting(LONG_ABSENCE, 5, by=OPERATOR, from_on=TODAY, why="A council’s own words")
    record(by=OPERATOR, did="exported the audit trail")
    page = shown()
    for said in (
        "Somebody not signed in",
        "The name or the password was not right.",
        "Ada Minton",
        "Administrator, Invented Council",
        "Changed a role",
        "To: analyst",
        "Joan Eccles",
        "Setting timescales.long_absence_working_days",
        "Value: 5",
        "Exported the audit trail",
    ):
        assert said in page, said


def test_the_line_of_an_agreement_says_whether_an_acting_lead_ended_it(hub, shown):
    acting = {"lead": 7, "lead_post": 3, "reached": "deputy", "acting": True}
    record(by=hub.people["joan"], did="ended an agreement", about_kind="agreement", particulars=acting)
    page = shown()
    for said in ("Lead post: 3", "Reached: deputy", "Acting: True"):
        assert said in page, said
    assert "Lead_post" not in page


def test_no_line_about_a_child_and_no_narrative_is_shown(hub, shown):
    leave([Left(hub.people["joan"], NOW, hub.girl.id)])
    change_setting(LONG_ABSENCE, 5, by=OPERATOR, from_on=TODAY, why="Because of Amina")
    record_search(
        by=hub.people["joan"], text="Amina Larkfield", did="searched for a child", why="Amina’s aunt rang"
    )
    digest = Entry.objects.get(did="searched for a child").particulars["text"]
    record(by=hub.people["joan"], did="added to a concern", about_kind="concern", about_id="c0ffee", refused_because="Amina is known", particulars={"of": "Amina"})  # fmt: skip
    page = shown()
    assert "Searched for a child" in page and "Added to a concern" in page
    for hidden in (hub.girl.id, "Amina", "Larkfield", "aunt", digest, "c0ffee"):
        assert hidden not in page, hidden


@pytest.mark.parametrize("who", ["joan", "admin"])
def test_nobody_else_reads_it_and_the_refusal_is_on_the_trail(hub, client, who):
    client.force_login(hub.people[who])
    assert client.get("/trail/").status_code == 403
    assert Entry.objects.refused().get(did="looked at the trail").by_id == str(hub.people[who].pk)
    assert 'href="/trail/"' not in client.get("/who-may-see-what/").content.decode()


def test_the_look_itself_leaves_a_line_that_says_what_was_asked(hub, shown):
    shown(
        f"?act=rights&by_kind=practitioner&practitioner=joan&{dated('from_on', TODAY)}&{dated('until_on', TODAY)}"
    )
    line = Entry.objects.get(did="looked at the trail")
    assert line.by_name == "Gwen Farrow"
    assert line.particulars == {
        "act": "rights",
        "by_kind": "practitioner",
        "practitioner": hub.people["joan"].pk,
        "from": str(TODAY),
        "until": str(TODAY),
    }


def test_it_is_narrowed_by_kind_of_act_by_whom_and_by_days(hub, shown):
    leave([hub.did("joan", "ended own sessions", 60), hub.did("joan", "signed out", 20), hub.did("admin", "gave a post", 3)])  # fmt: skip
    record(by=OPERATOR, did="rotated a key", about_kind="key", about_id="rows")
    record(by=ROWAN, did="forgot drafts of concerns")
    record(by=hub.people["admin"], did="ended an account", refused_because="You cannot end your own account.")
    everything = [
        "Ended own sessions",
        "Signed out",
        "Gave a post",
        "Rotated a key",
        "Forgot drafts",
        "Ended an account",
    ]

    def found(query):
        page = shown(query)
        return [said for said in everything if f'govuk-table__cell">{said}' in page]

    since = TODAY - timedelta(days=90)
    assert found("") == everything[1:]
    assert found(f"?{dated('from_on', since)}&{dated('until_on', TODAY)}") == everything
    assert found(f"?{dated('until_on', TODAY - timedelta(days=50))}") == ["Ended own sessions"]
    assert found("?act=sign_in") == ["Signed out"]
    assert found("?act=settings") == ["Rotated a key"]
    assert found("?act=rights") == ["Gave a post", "Ended an account"]
    assert found("?act=refused") == ["Ended an account"]
    assert found("?act=other") == ["Forgot drafts"]
    assert found("?by_kind=operator") == ["Rotated a key"]
    assert found("?by_kind=rowan") == ["Forgot drafts"]
    assert found("?practitioner=joan") == ["Signed out"]
    assert found("?practitioner=ada+minton") == ["Gave a post", "Ended an account"]


def test_what_cannot_be_asked_is_said_beside_the_box(hub, shown):
    invented.practitioner("joan-2", Role.MENTOR, hub.people["joan"].agency, "Joan Eccles")
    for query, said in (
        ("?practitioner=nobody", "Nobody has this username or name"),
        ("?practitioner=Joan+Eccles", "Several people have this name"),
        (f"?{dated('from_on', TODAY - timedelta(days=200))}&{dated('until_on', TODAY)}", "at most 92 days"),
        (f"?{dated('from_on', TODAY)}&{dated('until_on', TODAY - timedelta(days=1))}", "before the first"),
        ("?from_on_day=1&from_on_month=1&from_on_year=1", "days of this century"),
        ("?act=everything", "Select a valid choice"),
    ):
        page = shown(query)
        assert said in page and "There is a problem" in page and "Lines of the trail" not in page, query


def test_an_officer_reads_nothing_of_a_question_about_herself_or_a_child_she_is_kept_out_of(hub, shown):
    figures = {"due_in": 5, "now": NOW, "figures": {}, "settings_used": {}}
    put(pattern=Pattern.HOURS, practitioner_id=hub.people["gwen"].pk, about_person="", **figures)
    assert "Asked about looks" in shown(reader="grace") and "Asked about looks" not in shown(reader="gwen")
    LooksQuestion.objects.all().delete()
    put(pattern=Pattern.SURNAME, practitioner_id=hub.people["joan"].pk, about_person=hub.girl.id, **figures)
    assert "Asked about looks" in shown(reader="gwen")
    manager = invented.practitioner("manager", Role.APPROVING_MANAGER, hub.people["joan"].agency)
    invented.involve(hub.girl, manager.agency, Why.WORKING_WITH, "m", practitioner=manager)
    keep_out(
        person_id=hub.girl.id, practitioner=hub.people["gwen"], why="A niece of hers", by=manager, now=NOW
    )
    question = LooksQuestion.objects.get().pk
    lines = whole_trail.lines_about_no_child(hub.people["gwen"])
    assert not lines.filter(about_id=str(question)).exists()


def test_pages_go_on_from_a_line_and_miss_or_repeat_none_though_new_lines_come(hub, shown):
    leave([hub.did("joan", "gave a post", 1, about_id=f"n{number}n") for number in range(120)])
    one_moment = whole_trail.narrowed(whole_trail.lines_about_no_child(hub.people["gwen"]), from_on=TODAY - timedelta(days=9), until_on=TODAY)  # fmt: skip
    seen, before = [], ""
    for _ in range(3):
        page = whole_trail.page_of(one_moment, before)
        seen += [line.about for line in page.lines]
        before = str(page.older or "")
        record(by=hub.people["joan"], did="gave a post", about_id="new")
    assert before == "" and seen == [f"n{number}n" for number in reversed(range(120))]
    assert "Older lines" in shown() and "The newest lines" not in shown()
    assert "The newest lines" in shown(f"?before={Entry.objects.filter(about_id='n60n').get().pk}")
    for nonsense in ("0", "-1", "x", "9" * 30, "²"):
        assert "Older lines" in shown(f"?before={nonsense}")


def test_a_page_takes_a_fixed_number_of_queries_by_an_index(hub, client):
    client.force_login(hub.people["gwen"])
    counts = []
    for many in (20, 400):
        leave([hub.did("joan", "gave a post", number % 20, about_kind="practitioner", about_id=str(hub.people["joan"].pk)) for number in range(many)])  # fmt: skip
        before = Entry.objects.filter(did="gave a post").latest("at").pk
        address = f"/trail/?act=rights&practitioner=joan&before={before}"
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] < 40, counts
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off")  # so few lines are read whole otherwise
    chosen = whole_trail.narrowed(whole_trail.lines_about_no_child(hub.people["gwen"]), from_on=TODAY - timedelta(days=27), until_on=TODAY)  # fmt: skip
    plan = chosen.order_by("-at", "-position")[:51].explain()
    assert "about_p" in plan and "SCAN audit_trail_entry" not in plan, plan


def test_the_database_says_the_kind_of_a_line_as_the_rule_does(hub):
    dids = [*(did for each in SAID.values() for did in each), "looked at feeds", "opened the search", "searched for a child", "read notices", "passed a clock on"]  # fmt: skip
    leave([hub.did("joan", did) for did in dids])
    lines = whole_trail.lines_about_no_child(hub.people["gwen"])
    for act in Act:
        found = whole_trail.narrowed(lines, from_on=TODAY - timedelta(days=1), until_on=TODAY, act=act)
        assert sorted(found.values_list("did", flat=True)) == sorted(
            did for did in dids if act_of(did) is act
        )


def test_every_act_that_the_rule_names_is_one_that_a_room_leaves():
    """A line that is renamed in its room is renamed in the rule too: else it would fall silently among *anything else*."""
    said = "\n".join(path.read_text() for path in ROOMS.rglob("*.py") if path.name != "acts.py")
    missing = [did for each in SAID.values() for did in each if f'"{did}"' not in said]
    assert not missing


def test_governance_finds_it_in_the_navigation(hub, shown):
    assert 'href="/trail/"' in shown()


@pytest.mark.parametrize(
    "did",
    [account_details.DID, awaited_roles.CONFIRMED, awaited_roles.TURNED_DOWN]
    + [posts.MADE, posts.SEATED, posts.UNSEATED, posts.DEPUTY, posts.CHAIN],
)
def test_who_may_do_what_and_who_answers_stand_under_rights(did):
    assert act_of(did) is Act.RIGHTS
