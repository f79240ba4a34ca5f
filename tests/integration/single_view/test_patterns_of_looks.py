"""Patterns of looks: put to information governance once, read from what is new on the trail, answered with how it is known."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rowan.access.actions import join_records
from rowan.access.models import KeptOut
from rowan.agencies.absences import enter_absence
from rowan.agencies.demonstration_leads import make_leads
from rowan.agencies.models import AgencyKind, Practitioner
from rowan.agencies.passing_on import pass_on_everything
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR
from rowan.audit_trail.models import Entry
from rowan.notices.models import Notice
from rowan.people.models import Address, KnownAs, Name
from rowan.refusals import NotAllowed, NothingThere, NotPossible
from rowan.single_view import actions, patterns
from rowan.single_view.models import LooksEvidence, LooksQuestion, OpenedRecord, TrailRead
from rowan.single_view.passing_on import pass_on
from rowan.single_view.patterns import look_for_patterns
from rowan.single_view.rules.patterns import Pattern
from rowan.single_view.rules.settings import BREADTH_CHILDREN, COMMON_SURNAME
from rowan.single_view.shown_looks import lead_to_ring, waiting_for
from rowan.timescales.actions import change_setting
from rowan.timescales.models import Clock, HandOver
from rowan.timescales.passing_on import without_anybody
from tests import people_in_tests as invented
from tests.lines_in_tests import Left, leave

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("Europe/London"))  # a Tuesday
HOW_KNOWN = "Her manager says she is on the duty desk"


class Hub:
    def __init__(self):
        invented.finished_run(as_of=NOW.date())
        self.agencies = invented.three_agencies()
        self.council, self.school = (self.agencies[code] for code in (invented.COUNCIL, invented.SCHOOL))
        self.gwen = self.staff("gwen", "Gwen Farrow", Role.INFORMATION_GOVERNANCE)
        self.joan = self.staff("joan", "Joan Eccles")

    def staff(self, username, name, role=Role.LEAD_PROFESSIONAL, at=None) -> Practitioner:
        return invented.practitioner(username, role, at or self.council, name)

    def child(self, first_name, surname, *, lives="3 Invented Row", postcode="ZQ1 2AB"):
        made = invented.child(first_name, surname, sex="F", age=14, school=self.school)
        Address.objects.filter(person=made).update(address=lives, postcode=postcode)
        return made

    def children(self, count, **more):
        return [self.child(f"Child{number}", f"Larkfield{number}", **more) for number in range(count)]


@pytest.fixture
def hub(db) -> Hub:
    return Hub()


def look(by, child, *, days=0, hour=11, how="part", **more) -> Left:
    return Left(by, (NOW - timedelta(days=days)).replace(hour=hour), child.id, how, **more)


def asked(pattern=None) -> list[LooksQuestion]:
    rows = LooksQuestion.objects.order_by("asked_at", "pk")
    return list(rows.filter(pattern=pattern) if pattern else rows)


def test_a_record_in_their_own_name_is_asked_about_once_with_its_line_and_a_clock(hub):
    leave([look(hub.joan, hub.child("Joan", "Eccles"))])
    assert look_for_patterns(NOW) == 1
    assert look_for_patterns(NOW) == 0, "nothing is new"
    [question] = asked()
    assert (question.pattern, question.practitioner, question.asked_of) == (
        Pattern.OWN_NAME,
        hub.joan,
        hub.gwen,
    )
    line = Entry.objects.get(position=question.evidence.get().position)
    assert (line.by_id, line.did) == (str(hub.joan.pk), "looked at a child's record")
    clock = Clock.objects.get()
    assert (clock.owner, str(clock.due_on), clock.about_person) == (hub.gwen, "2026-12-01", "")


def test_nobody_but_information_governance_is_told_and_the_childs_own_trail_says_nothing(hub):
    make_leads(today=NOW.date(), by=OPERATOR)
    child = hub.child("Joan", "Eccles")
    leave([look(hub.joan, child)])
    look_for_patterns(NOW)
    assert [(each.practitioner, each.about) for each in Notice.objects.all()] == [
        (hub.gwen, "A question about looks at records")
    ]
    said = Entry.objects.get(did="asked about looks at records")
    assert said.about_person == "" and child.id not in str(said.particulars)


def test_a_shared_surname_says_how_many_bear_it_and_every_name_of_the_child_counts(hub):
    her, namesake = hub.child("Amina", "Larkfield"), hub.child("Zed", "Eccles")
    Name.objects.filter(person=her, agency_code=invented.POLICE).update(surname="ECCLES")
    leave([look(hub.joan, her), look(hub.joan, namesake), look(hub.joan, hub.child("Kit", "Holloway"))])
    assert look_for_patterns(NOW) == 2
    questions = {question.about_person: question for question in asked(Pattern.SURNAME)}
    assert set(questions) == {her.id, namesake.id}
    assert questions[namesake.id].sentence.endswith("One child known to the hub bears it.")
    assert questions[her.id].sentence == questions[namesake.id].sentence, "however an agency spells it"


def test_a_common_surname_is_said_to_be_common_and_asks_only_without_a_part(hub):
    change_setting(COMMON_SURNAME, 2, by=hub.gwen, from_on=NOW.date(), why="A small hub")
    one, two = hub.child("Amina", "Eccles"), hub.child("Zed", "Eccles")
    leave([look(hub.joan, one), look(hub.joan, two, how="reason")])
    look_for_patterns(NOW)
    [question] = asked()
    assert question.about_person == two.id
    assert "It is a common surname here: 2 children known to the hub bear it." in question.sentence


def test_a_refused_try_counts_as_a_look_and_a_list_does_not(hub):
    tried, listed = hub.child("Amina", "Eccles"), hub.child("Zed", "Eccles")
    leave(
        [
            look(hub.joan, tried, how="refused"),
            look(hub.joan, listed, how="", did="looked at requests: child shown"),
        ]
    )
    look_for_patterns(NOW)
    assert [question.about_person for question in asked()] == [tried.id]


def test_children_of_one_postcode_without_a_part_are_one_question_and_their_address_is_not_told(hub):
    street = hub.children(4)
    Address.objects.filter(person=street[3]).update(address="9 Invented Row")
    leave([look(hub.joan, child, days=6 - number, how="reason") for number, child in enumerate(street[:3])])
    assert look_for_patterns(NOW) == 0, "one home: brothers and sisters"
    leave([look(hub.joan, street[3], how="refused")])
    assert look_for_patterns(NOW) == 1
    [question] = asked(Pattern.NEIGHBOURS)
    assert question.evidence.count() == 4
    assert "4 children of one postcode, in 2 homes, without a part" in question.sentence
    assert "ZQ1" not in str(question.figures) + question.sentence
    assert "does not keep where its staff live" in question.asks.does_not_know


def test_children_somebody_works_with_are_no_neighbours(hub):
    leave([look(hub.joan, child) for child in hub.children(4, lives="")])
    look_for_patterns(NOW)
    assert asked(Pattern.NEIGHBOURS) == []


def test_hours_are_asked_about_again_and_again_and_unlike_the_role(hub):
    child = hub.child("Amina", "Larkfield")
    others = [hub.staff(f"other-{n}", f"Other N{n}") for n in range(3)]
    leave([look(other, child, days=5) for other in others])
    leave([look(hub.joan, child, days=day, hour=22) for day in (12, 9, 4)])
    assert look_for_patterns(NOW) == 0
    leave([look(hub.joan, child, days=1, hour=5)])
    assert look_for_patterns(NOW) == 1
    [question] = asked(Pattern.HOURS)
    assert "out of hours on 4 days. The middle of the 3 others in their role is 0." in question.sentence


def test_a_role_that_works_nights_is_not_asked_about_nights(hub):
    child = hub.child("Amina", "Larkfield")
    night_team = [hub.staff(f"night-{n}", f"Night N{n}", Role.POLICE_EXPLOITATION_TEAM) for n in range(4)]
    leave([look(each, child, days=day, hour=22) for day in range(6) for each in night_team])
    look_for_patterns(NOW)
    assert asked(Pattern.HOURS) == []


def test_breadth_is_many_more_children_in_a_week_than_is_usual_in_the_role(hub):
    change_setting(BREADTH_CHILDREN, 5, by=hub.gwen, from_on=NOW.date(), why="A small hub")
    children = hub.children(6, postcode="")
    others = [hub.staff(f"other-{n}", f"Other N{n}") for n in range(3)]
    leave([look(other, children[0]) for other in others])
    leave([look(hub.joan, child, days=day) for day, child in enumerate(children)])
    assert look_for_patterns(NOW) == 1
    [question] = asked(Pattern.BREADTH)
    assert question.evidence.count() == 6
    assert question.sentence == (
        "In 7 days they opened the records of 6 children. The middle of the 3 others in their role is 1."
    )
    assert question.settings_used[BREADTH_CHILDREN.name] == 5


def test_many_refusals_ask_whatever_the_role(hub):
    leave([look(hub.joan, child, how="refused") for child in hub.children(8, postcode="")])
    look_for_patterns(NOW)
    assert "refused at 8 different records" in asked(Pattern.REFUSED)[0].sentence


def test_new_evidence_joins_the_open_question_and_joined_records_are_one_child(hub):
    one, other = hub.child("Amina", "Eccles"), hub.child("Mina", "Larkfield")
    leave([look(hub.joan, one)])
    look_for_patterns(NOW)
    join_records([(other.id, one.id)])
    leave([look(hub.joan, other), look(hub.joan, one)])
    assert look_for_patterns(NOW) == 0
    assert asked()[0].evidence.count() == 3


def answered(question, kind="explained", words=HOW_KNOWN, by=None, now=NOW):
    return actions.answer(question, kind=kind, words=words, by=by or question.asked_of, now=now)


def test_an_answer_is_on_the_trail_stops_the_clock_and_is_given_once(hub):
    leave([look(hub.joan, hub.child("Joan", "Eccles"))])
    look_for_patterns(NOW)
    question = answered(asked()[0])
    assert (question.answer, question.words, question.answered_by) == ("explained", HOW_KNOWN, hub.gwen)
    line = Entry.objects.get(did="answered a question about looks", why=HOW_KNOWN)
    assert line.particulars == {"answer": "explained", "pattern": "own_name", "lead": None}
    assert not Clock.objects.running().exists()
    with pytest.raises(NotPossible, match="answered this already"):
        answered(question, kind="looked_into")
    assert LooksQuestion.objects.get().answer == "explained"


@pytest.mark.parametrize(("kind", "words"), [("explained", "Fine"), ("guilty", HOW_KNOWN), ("", "")])
def test_an_answer_without_how_it_is_known_is_refused_and_changes_nothing(hub, kind, words):
    leave([look(hub.joan, hub.child("Joan", "Eccles"))])
    look_for_patterns(NOW)
    with pytest.raises(NotPossible):
        answered(asked()[0], kind=kind, words=words)
    assert asked()[0].answered_at is None and Clock.objects.running().exists()


def test_what_was_explained_is_not_asked_again_and_what_was_only_looked_into_is_on_a_new_look(hub):
    own, namesake = hub.child("Joan", "Eccles"), hub.child("Zed", "Eccles")
    leave([look(hub.joan, own, days=1), look(hub.joan, namesake, days=1)])
    look_for_patterns(NOW)
    for question in asked():
        answered(question, "explained" if question.about_person == own.id else "looked_into")
    assert look_for_patterns(NOW) == 0
    later = NOW + timedelta(days=3)
    leave([Left(hub.joan, later, own.id), Left(hub.joan, later, namesake.id)])
    assert look_for_patterns(later) == 1
    assert [question.about_person for question in asked() if not question.answered_at] == [namesake.id]


def test_an_explained_habit_is_quiet_for_its_time_and_an_unexplained_one_for_a_window(hub):
    children = hub.children(8, postcode="")
    leave([look(hub.joan, child, how="refused") for child in children])
    look_for_patterns(NOW)
    answered(asked(Pattern.REFUSED)[0], "looked_into")
    for days, put in ((3, 0), (8, 1)):
        later = NOW + timedelta(days=days)
        leave([Left(hub.joan, later, child.id, "refused") for child in children])
        assert look_for_patterns(later) == put, days
    answered(asked(Pattern.REFUSED)[-1], now=NOW + timedelta(days=8))
    later = NOW + timedelta(days=40)
    leave([Left(hub.joan, later, child.id, "refused") for child in children])
    assert look_for_patterns(later) == 0


def test_an_officer_is_never_asked_about_herself_and_finds_nothing_there(hub):
    second = hub.staff("grace", "Grace Eccles", Role.INFORMATION_GOVERNANCE)
    leave([look(second, hub.child("Grace", "Eccles"), how="refused")])
    look_for_patterns(NOW)
    [question] = asked()
    assert question.asked_of == hub.gwen
    assert list(waiting_for(second)) == [] and list(waiting_for(hub.gwen)) == [question]
    with pytest.raises(NothingThere):
        answered(question, by=second)


def test_where_the_only_officer_is_its_subject_it_goes_up_the_hubs_chain(hub):
    make_leads(today=NOW.date(), by=OPERATOR)
    leave([look(hub.gwen, hub.child("Gwen", "Farrow"), how="refused")])
    look_for_patterns(NOW)
    [question] = asked()
    assert question.asked_of == Practitioner.objects.get(username="council-lead-1")
    assert answered(question, by=question.asked_of).answered_by == question.asked_of


def test_with_nobody_at_all_it_waits_and_the_next_officer_gets_it(hub):
    leave([look(hub.gwen, hub.child("Gwen", "Farrow"), how="refused")])
    look_for_patterns(NOW)
    assert asked()[0].asked_of is None
    officer = hub.staff("grace", "Grace Hart", Role.INFORMATION_GOVERNANCE)
    assert pass_on(now=NOW) == 1
    assert asked()[0].asked_of == officer and Clock.objects.get().owner == officer


def test_when_the_officer_leaves_or_is_away_it_goes_to_another_and_never_down_a_line_of_work(hub):
    make_leads(today=NOW.date(), by=OPERATOR)
    leave([look(hub.joan, hub.child("Joan", "Eccles"))])
    look_for_patterns(NOW)
    second = hub.staff("grace", "Grace Hart", Role.INFORMATION_GOVERNANCE)
    pass_on_everything(leaving=[hub.gwen], now=NOW, by=OPERATOR)
    hub.gwen.is_active = False
    hub.gwen.save()
    assert asked()[0].asked_of == second and Clock.objects.running().get().owner == second
    assert without_anybody(NOW.date()) == 0 and not HandOver.objects.exists()
    third = hub.staff("gale", "Gale Hart", Role.INFORMATION_GOVERNANCE)
    enter_absence(second, from_on=NOW.date(), until_on=None, by=second, now=NOW)
    assert asked()[0].asked_of == third and pass_on(now=NOW) == 0


def test_an_officer_kept_out_of_the_childs_record_is_not_asked_and_is_shown_nothing(hub):
    child = hub.child("Joan", "Eccles")
    KeptOut.objects.create(person_id=child.id, practitioner=hub.gwen, why="family", set_by="test")
    second = hub.staff("grace", "Grace Hart", Role.INFORMATION_GOVERNANCE)
    leave([look(hub.joan, child)])
    look_for_patterns(NOW)
    assert asked()[0].asked_of == second and list(waiting_for(hub.gwen)) == []
    with pytest.raises(NothingThere):
        actions.may_read(asked()[0], by=hub.gwen)


def test_nobody_else_reads_it_whatever_their_post(hub):
    leave([look(hub.joan, hub.child("Joan", "Eccles"))])
    look_for_patterns(NOW)
    manager = hub.staff("manager", "Mina Overton", Role.APPROVING_MANAGER)
    for reader in (hub.joan, manager):
        with pytest.raises(NotAllowed):
            actions.may_read(asked()[0], by=reader)


def test_the_lead_to_ring_is_never_the_person_it_is_about(hub):
    make_leads(today=NOW.date(), by=OPERATOR)
    first, second = (Practitioner.objects.get(username=f"council-lead-{n}") for n in (1, 2))
    for about, lead in ((hub.joan, first), (first, second)):
        question = LooksQuestion(practitioner=about, pattern=Pattern.BREADTH)
        assert lead_to_ring(question, NOW.date()).name == lead.display_name


# ---- reading the trail: only what is new, once, in pieces


def test_at_first_only_the_last_weeks_are_read(hub):
    child = hub.child("Joan", "Eccles")
    leave([look(hub.joan, child, days=40)])
    assert look_for_patterns(NOW) == 0 and TrailRead.objects.count() <= 1
    leave([look(hub.joan, child)])
    assert look_for_patterns(NOW) == 1
    assert asked()[0].evidence.count() == 1


def test_a_run_that_is_killed_half_way_loses_and_repeats_nothing(hub, monkeypatch):
    monkeypatch.setattr(patterns, "LINES_AT_ONCE", 3)
    leave([look(hub.joan, child) for child in hub.children(5, postcode="")])
    leave([look(hub.joan, hub.child("Joan", "Eccles"))])
    whole, calls = patterns._ask, []

    def killed(found, *args):
        whole(found, *args)
        calls.append(found)
        raise KeyboardInterrupt

    monkeypatch.setattr(patterns, "_ask", killed)
    with pytest.raises(KeyboardInterrupt):
        look_for_patterns(NOW)
    assert asked() == [] and TrailRead.objects.get().position == 3 and OpenedRecord.objects.count() == 3
    monkeypatch.setattr(patterns, "_ask", whole)
    assert look_for_patterns(NOW) == 1 and len(calls) == 1
    assert (
        TrailRead.objects.get().position >= Entry.objects.exclude(by_kind="rowan").latest("position").position
    )


def test_each_piece_is_read_by_the_position_in_a_bounded_number_of_queries(hub, monkeypatch):
    children = hub.children(6, postcode="")
    counts = []
    look_for_patterns(NOW)
    for many in (20, 480):
        leave([look(hub.joan, children[n % 6], hour=9 + n % 3) for n in range(many)])
        with CaptureQueriesContext(connection) as queries:
            look_for_patterns(NOW)
        # SQLite takes some hundred rows in a statement; how many statements write them is the database's affair.
        counts.append(sum(not each["sql"].startswith("INSERT") for each in queries))
    assert counts[0] == counts[1] < 40, counts
    of_the_trail = [each["sql"] for each in queries if 'FROM "audit_trail_entry"' in each["sql"]]
    assert of_the_trail and all("position" in sql.partition("WHERE")[2] for sql in of_the_trail)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off")  # so few lines are read whole otherwise
    if connection.vendor == "postgresql":
        # A table of some hundred lines is read whole, whatever indexes it has.
        with connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off")
            cursor.execute("set local enable_bitmapscan = off")
    plan = Entry.objects.filter(position__gt=5).order_by("position")[:2000].explain()
    assert "SCAN audit_trail_entry" not in plan and "Sort" not in plan, plan


def test_openings_are_forgotten_after_the_longest_window(hub):
    leave([look(hub.joan, hub.child("Amina", "Larkfield"))])
    look_for_patterns(NOW)
    assert OpenedRecord.objects.count() == 1
    look_for_patterns(NOW + timedelta(days=92))
    assert (
        OpenedRecord.objects.count() == 0 and Entry.objects.filter(did="looked at a child's record").exists()
    )


# ---- the pages


def page(client, by, path="/questions-about-looks/"):
    client.force_login(by)
    return client.get(path)


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_page_of_a_question_shows_its_lines_and_nothing_of_the_child_and_takes_an_answer(hub, client):
    child = hub.child("Amina", "Eccles")
    leave([look(hub.joan, child, how="reason")])
    look_for_patterns(NOW)
    [question] = asked()
    assert "Looked at a child who shares their surname" in words(page(client, hub.gwen))
    shown = words(page(client, hub.gwen, f"/questions-about-looks/{question.pk}/"))
    assert "Joan Eccles, lead professional, Invented Council" in shown and "With a typed reason" in shown
    assert child.id in shown and "Amina" not in shown and "Invented Row" not in shown
    sent = client.post(f"/questions-about-looks/{question.pk}/", {"kind": "explained", "words": HOW_KNOWN})
    assert sent.status_code == 302 and asked()[0].answer == "explained"


def test_a_second_answer_sees_the_first_and_keeps_what_was_typed(hub, client):
    leave([look(hub.joan, hub.child("Joan", "Eccles"))])
    look_for_patterns(NOW)
    [question] = asked()
    second = hub.staff("grace", "Grace Hart", Role.INFORMATION_GOVERNANCE)
    answered(question)
    client.force_login(second)
    typed = {"kind": "looked_into", "words": "I asked her about it"}
    shown = words(client.post(f"/questions-about-looks/{question.pk}/", typed))
    assert "answered this already" in shown and HOW_KNOWN in shown and "I asked her about it" in shown


def test_of_somebody_whose_work_would_tell_the_child_is_not_named_by_number_either(hub, client):
    clinic = invented.agency("clinic-1", "Harbour Clinic", AgencyKind.HEALTH)
    niamh = hub.staff("niamh", "Niamh Corrigan", Role.SEXUAL_HEALTH_CLINICIAN, clinic)
    child = hub.child("Zed", "Corrigan")
    leave([look(niamh, child)])
    look_for_patterns(NOW)
    shown = words(page(client, hub.gwen, f"/questions-about-looks/{asked()[0].pk}/"))
    assert "Niamh Corrigan" in shown and child.id not in shown and "ask the health lead" in shown


def test_the_person_it_is_about_is_told_nothing_by_any_page(hub, client):
    leave([look(hub.joan, hub.child("Joan", "Eccles"))])
    look_for_patterns(NOW)
    for path in ("/questions-about-looks/", f"/questions-about-looks/{asked()[0].pk}/"):
        assert page(client, hub.joan, path).status_code == 403
    assert "about looks" not in words(page(client, hub.joan, "/notices/"))


def test_governance_finds_it_in_the_navigation_and_opens_a_record_by_its_number(hub, client):
    child = hub.child("Amina", "Larkfield")
    leave([look(hub.joan, child)])
    assert 'href="/questions-about-looks/"' in words(page(client, hub.gwen))
    answer = page(client, hub.gwen, f"/questions-about-looks/?number={child.id}")
    assert answer.url == f"/children/{child.id}/who-has-looked/"
    assert "up to 32 letters" in words(page(client, hub.gwen, "/questions-about-looks/?number=../../x"))


def test_evidence_is_kept_once_and_bounded(hub, monkeypatch):
    monkeypatch.setattr(patterns, "EVIDENCE_A_QUESTION", 5)
    leave([look(hub.joan, child, how="refused") for child in hub.children(8, postcode="")])
    look_for_patterns(NOW)
    assert LooksEvidence.objects.count() == 5
    assert KnownAs.objects.count() == 8
