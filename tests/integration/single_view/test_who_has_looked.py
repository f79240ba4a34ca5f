"""Who has looked at a child: each look, by whom, how and why; as far as the reader may know, and on the trail itself."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rowan.access.actions import join_records, undo_join
from rowan.access.hiding import keep_out
from rowan.access.models import Restriction, Why
from rowan.access.openings import open_in_emergency
from rowan.access.rules.seeing import what_is_seen
from rowan.access.standing import Groups
from rowan.agencies.models import AgencyKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import ROWAN, record
from rowan.audit_trail.models import Entry
from rowan.audit_trail.searches import record_search
from rowan.single_view import who_looked
from rowan.single_view.rules.looks import HOW_NAMES, how_opened, kind_of
from tests import people_in_tests as invented
from tests.integration.sweep.alike import what_tells
from tests.lines_in_tests import Left, leave

TODAY = timezone.localdate()
WHY = "Her home rang: she is not back"
GOVERNANCE = what_is_seen("information_governance", invented.COUNCIL, "council")


class Hub:
    def __init__(self):
        invented.finished_run()
        self.agencies = invented.three_agencies()
        council, school = (self.agencies[code] for code in (invented.COUNCIL, invented.SCHOOL))
        self.clinic = invented.agency("clinic-1", "Harbour Clinic", AgencyKind.HEALTH)
        people = [
            ("joan", Role.LEAD_PROFESSIONAL, council, "Joan Eccles"),
            ("yusuf", Role.YOUTH_JUSTICE_WORKER, council, "Yusuf Barrett"),
            ("gwen", Role.INFORMATION_GOVERNANCE, council, "Gwen Farrow"),
            ("manager", Role.APPROVING_MANAGER, council, "Mina Overton"),
            ("niamh", Role.SEXUAL_HEALTH_CLINICIAN, self.clinic, "Niamh Corrigan"),
        ]
        self.people = {who: invented.practitioner(who, role, at, name) for who, role, at, name in people}
        self.girl = invented.child("Amina", "Larkfield", sex="F", age=14, school=school)
        self.boy = invented.child("Kacper", "Holloway", sex="M", age=15, school=school)
        for who in ("joan", "manager"):
            invented.involve(self.girl, council, Why.WORKING_WITH, who, practitioner=self.people[who])
        invented.involve(self.girl, self.clinic, Why.WORKING_WITH, practitioner=self.people["niamh"])

    def looked(self, who: str, days: int = 0, child=None, how="part", **more) -> Left:
        at = timezone.now() - timedelta(days=days, minutes=5)
        return Left(self.people[who], at, (child or self.girl).id, how, **more)


@pytest.fixture
def hub(db) -> Hub:
    return Hub()


@pytest.fixture
def opened(client):
    def open_page(reader, child, query=""):
        client.force_login(reader)
        return client.get(f"/children/{child.id}/who-has-looked/{query}")

    return open_page


def words(answer) -> str:
    """A page's words, as somebody reads them on one line."""
    return " ".join(answer.content.decode().split())


def test_a_worker_sees_each_look_at_a_child_she_works_with_by_whom_how_and_why(hub, opened):
    leave([hub.looked("manager", 3), hub.looked("manager", 3), hub.looked("yusuf", 2, how="refused")])
    open_in_emergency(person_id=hub.girl.id, why=WHY, by=hub.people["yusuf"], now=timezone.now())
    record_search(by=hub.people["manager"], text="lark", person_ids=[hub.girl.id])
    page = words(opened(hub.people["joan"], hub.girl))
    for said in (
        "Mina Overton",
        "Approving manager, Invented Council",
        "with a part in the child’s life; 2 times",
        "Opened a record in an emergency (emergency access)",
        f"Why: {WHY}",
        "Looked at a child&#x27;s record, refused",
        "Searched (found in a search)",
        "Amina Larkfield",
    ):
        assert said in page, said
    assert "lark<" not in page and ">lark" not in page, "the words of a search stay apart"


def test_the_look_at_this_page_is_on_the_trail_and_on_the_page(hub, opened):
    page = words(opened(hub.people["joan"], hub.girl))
    assert Entry.objects.get(did="looked at who has looked").about_person == hub.girl.id
    assert "Looked at who has looked" in page


def test_what_rowan_does_by_itself_is_left_out(hub):
    record(by=ROWAN, did="passed a clock on", about_person=hub.girl.id)
    assert who_looked.everybody(who_looked.lines_about([hub.girl.id], GOVERNANCE)) == []


def test_information_governance_sees_the_trail_by_number_and_nothing_of_the_child(hub, opened):
    leave([hub.looked("manager", 1)])
    page = words(opened(hub.people["gwen"], hub.girl))
    assert "Mina Overton" in page and hub.girl.id in page
    for hers in ("Amina", "Larkfield", "Invented Row", "ZQ1"):
        assert hers not in page


def test_why_somebody_decided_is_the_records_and_not_shown_here(hub, opened):
    manager = hub.people["manager"]
    keep_out(
        person_id=hub.girl.id,
        practitioner=hub.people["yusuf"],
        why="A niece of his",
        by=manager,
        now=timezone.now(),
    )
    for reader in ("joan", "gwen"):
        page = words(opened(hub.people[reader], hub.girl))
        assert "Kept somebody out of a record" in page and "niece" not in page


@pytest.mark.parametrize("reader", ["joan", "gwen"])
def test_a_sexual_health_worker_is_a_health_professional_in_every_list_sum_and_filter(hub, opened, reader):
    at_the_clinic = {"did": "gave a reason to look at a child", "more": {"why": "Seen at Harbour Clinic"}}
    leave([hub.looked("niamh", 1), hub.looked("niamh", 1, **at_the_clinic), hub.looked("manager", 1)])
    niamh = hub.people["niamh"]
    tries = ["", f"?who=practitioner-{niamh.pk}", "?agency=clinic-1", "?kind=record", "?who=health"]
    for query in tries:
        page = words(opened(hub.people[reader], hub.girl, query))
        for told in ("Niamh", "Corrigan", "Harbour", "exual-health clinician"):
            assert told not in page, (query, told)
        assert 'value="clinic-1"' not in page
    assert "A health professional" in page
    lines = who_looked.lines_about([hub.girl.id], GOVERNANCE)
    assert who_looked.narrowed(lines, who=f"practitioner-{niamh.pk}").count() == 0
    assert who_looked.narrowed(lines, agency="clinic-1").count() == 0
    assert who_looked.narrowed(lines, who="health").count() == 2


def test_a_colleague_at_a_discreet_agency_is_one_too(hub):
    nurse = invented.practitioner("oona", Role.HEALTH_LEAD, hub.clinic, "Oona Brack")
    leave([Left(nurse, timezone.now(), hub.girl.id)])
    assert [each.name for each in _everybody(hub, GOVERNANCE)] == ["Oona Brack"]
    invented.involve(hub.girl, hub.clinic, Why.WORKING_WITH, "Somebody", discreet=True)
    assert [each.name for each in _everybody(hub, GOVERNANCE)] == ["A health professional"]


def test_somebody_who_may_know_sees_who_it_was(hub):
    leave([hub.looked("niamh", 1)])
    health = what_is_seen(Role.HEALTH_LEAD, "health-1", "health")
    assert [each.name for each in _everybody(hub, health)] == ["Niamh Corrigan"]


def _everybody(hub, reader):
    return who_looked.everybody(who_looked.lines_about([hub.girl.id], reader))


def test_others_who_open_the_record_are_refused_with_a_plain_reason(hub, opened):
    invented.involve(
        hub.girl, hub.agencies[invented.COUNCIL], Why.WORKING_WITH, "y", practitioner=hub.people["yusuf"]
    )
    answer = opened(hub.people["yusuf"], hub.girl)
    assert answer.status_code == 403 and "for those who answer for it" in words(answer)
    assert Entry.objects.refused().filter(did="looked at who has looked").count() == 1


def test_an_emergency_opens_the_record_and_not_who_looked(hub, opened):
    worker = invented.practitioner("other", Role.LEAD_PROFESSIONAL, hub.agencies[invented.COUNCIL])
    open_in_emergency(person_id=hub.girl.id, why=WHY, by=worker, now=timezone.now())
    assert opened(worker, hub.girl).status_code == 403


def test_a_restricted_record_behaves_as_nothing_there_and_its_trail_is_still_watched(hub, opened, client):
    leave([hub.looked("yusuf", 1, how="refused")])
    Restriction.objects.create(person_id=hub.girl.id, why="refuge", set_by="test")
    joan = hub.people["joan"]
    client.force_login(joan)
    client.get("/who-may-see-what/")
    hidden, nothing = (
        what_tells(client, f"/children/{person_id}/who-has-looked/") for person_id in (hub.girl.id, "0" * 32)
    )
    assert hidden.status == 404 and hidden == nothing, hidden.differs_from(nothing)
    assert opened(hub.people["gwen"], hub.girl).status_code == 200


def test_an_officer_who_is_kept_out_of_a_record_finds_nothing_there(hub, opened, client):
    leave([hub.looked("joan", 1)])
    gwen = hub.people["gwen"]
    keep_out(
        person_id=hub.girl.id,
        practitioner=gwen,
        why="A niece of hers",
        by=hub.people["manager"],
        now=timezone.now(),
    )
    client.force_login(gwen)
    client.get("/who-may-see-what/")
    hidden, nothing = (
        what_tells(client, f"/children/{person_id}/who-has-looked/") for person_id in (hub.girl.id, "0" * 32)
    )
    assert hidden.status == 404 and hidden == nothing, hidden.differs_from(nothing)


def test_joined_records_are_shown_together_and_undone_ones_apart_again(hub):
    leave([hub.looked("joan", 1), hub.looked("manager", 1, child=hub.boy)])

    def names(child):
        ids = Groups([child.id]).all_ids
        return {each.name for each in who_looked.everybody(who_looked.lines_about(ids, GOVERNANCE))}

    assert names(hub.girl) == {"Joan Eccles"}
    join_records([(hub.boy.id, hub.girl.id)])
    assert names(hub.girl) == names(hub.boy) == {"Joan Eccles", "Mina Overton"}
    undo_join(hub.boy.id)
    assert (names(hub.girl), names(hub.boy)) == ({"Joan Eccles"}, {"Mina Overton"})


def test_days_are_whole_newest_first_and_narrowed_by_person_agency_and_kind(hub):
    leave(
        [
            hub.looked("joan", 9),
            hub.looked("joan", 9),
            hub.looked("yusuf", 4, how="refused"),
            hub.looked("joan", 2),
        ]
    )
    lines = who_looked.lines_about([hub.girl.id], GOVERNANCE)
    _, days = who_looked.days(lines, 1)
    assert [(day.looker.name, day.items[0].times) for day in days] == [
        ("Joan Eccles", 1),
        ("Yusuf Barrett", 1),
        ("Joan Eccles", 2),
    ]
    narrowed = who_looked.narrowed(lines, kind="refused")
    assert [day.looker.name for day in who_looked.days(narrowed, 1)[1]] == ["Yusuf Barrett"]
    joan = f"practitioner-{hub.people['joan'].pk}"
    assert len(who_looked.days(who_looked.narrowed(lines, who=joan), 1)[1]) == 2
    assert who_looked.narrowed(lines, agency=invented.COUNCIL).count() == 4
    picture = who_looked.picture(lines, TODAY)
    assert sum(week.times for week in picture.weeks) == 4 and len(picture.weeks) == 26


def test_the_database_says_the_kind_of_a_line_as_the_rule_does(hub):
    dids = {did for did in _every_did()}
    joan, now = hub.people["joan"], timezone.now()
    for how in ("", "part", "emergency", "refused"):
        leave([Left(joan, now, hub.girl.id, how, did) for did in dids])
    lines = who_looked.lines_about([hub.girl.id], GOVERNANCE)
    assert lines.count() == 4 * len(dids)
    for line in lines:
        through = str(line.particulars.get("through", ""))
        assert line.kind == kind_of(line.did, refused=bool(line.refused_because), through=through), line.did
        assert how_opened(line.particulars, line.refused_because) in {"", *HOW_NAMES}


def _every_did() -> list[str]:
    return [
        "looked at a child's record", "looked at questions for me: child shown", "searched: found: child shown",
        "opened a record in an emergency", "downloaded a document", "made a file", "decided to share part",
        "withdrew what was shared", "gave a reason to look at a child", "recorded safe contact", "ended an access",
        "looked at decisions about sharing", "read what an answer promised", "answered a question", "shared a document",
    ]  # fmt: skip


def test_a_page_of_a_much_looked_at_child_takes_a_fixed_number_of_queries_by_the_index(hub, client):
    joan = hub.people["joan"]
    client.force_login(joan)
    address = f"/children/{hub.girl.id}/who-has-looked/?page=2"
    counts = []
    for many in (20, 400):
        leave([hub.looked(who, day % 60) for day in range(many) for who in ("manager", "yusuf")])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] < 45, counts
    plan = who_looked.lines_about([hub.girl.id], GOVERNANCE).explain()
    assert "about_p" in plan or connection.vendor == "postgresql", plan
