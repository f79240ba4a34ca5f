"""From received to decided, told and challenged: what each act changes, and who may not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.models import Involvement, KeptOut, LetIn, Restriction, Why
from rowan.agencies.models import Agency
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry as Line
from rowan.chronology.models import Entry
from rowan.concerns.actions import checks, deciding, part_known, protections, searching, telling, triage
from rowan.concerns.actions.deciding import Deciding
from rowan.concerns.models import Concern, LookedAmongRestricted
from rowan.concerns.reading import open_concern, to_triage
from rowan.concerns.shown import referrer_of
from rowan.notices.models import Notice
from rowan.people.models import KnownAs, Person
from rowan.people.rules.finding import Sought
from rowan.questions.models import StrategyAnswer
from rowan.refusals import NotAllowed, NothingThere, NotPossible, SomebodyWasFirst
from rowan.timescales.models import Clock
from tests import people_in_tests as invented
from tests.concerns_in_tests import at

pytestmark = pytest.mark.django_db


def fresh(concern) -> Concern:
    return Concern.objects.get(pk=concern.pk)


def newest(rows) -> str:
    return triage.version_of(rows.last())


def matched(desk, concern, child=None):
    triage.say_who(
        concern.pk, person_id=(child or desk.girl).pk, how_known="Same name, age and school",
        opened_on=newest(concern.matched), by=desk.officer, now=desk.now,
    )  # fmt: skip
    return fresh(concern)


def decided(desk, concern, decided="referral", by=None, **more):
    said = {"decided": decided, "reason": "Persistent absence with a new phone", **more}
    return deciding.decide(concern.pk, Deciding(**said), token=uuid4(), by=by or desk.officer, now=desk.now)


def clocks(concern):
    return {clock.what: clock for clock in Clock.objects.running().filter(about_id=str(concern.pk))}


def test_the_queue_stands_by_due_date_and_by_nothing_else(desk):
    blue = desk.concern(urgency="blue")
    red = desk.concern(urgency="red")
    green = desk.concern(urgency="green")
    assert list(to_triage(desk.officer, timezone.localdate())) == sorted(
        [blue, red, green], key=lambda c: c.due_at
    )


def test_red_ignores_working_hours_and_amber_does_not(desk):
    friday_night = at("2026-06-12T23:00")
    concern = desk.concern(received_at=friday_night)
    assert timezone.localtime(concern.due_at) == at("2026-06-15T16:30")
    triage.set_urgency(concern.pk, urgency="red", why="She said tonight", opened_on=newest(concern.urgencies), by=desk.officer, now=friday_night + timedelta(minutes=5))  # fmt: skip
    concern = fresh(concern)
    assert timezone.localtime(concern.due_at) == at("2026-06-13T03:00")
    assert clocks(concern)["a concern"].due_on == at("2026-06-13T03:00").date()
    assert concern.urgencies.last().why == "She said tonight"


def test_two_say_how_urgent_it_is_and_the_second_sees_both(desk):
    concern = desk.concern()
    opened_on = newest(concern.urgencies)
    triage.set_urgency(
        concern.pk, urgency="red", why="Tonight", opened_on=opened_on, by=desk.officer, now=desk.now
    )
    with pytest.raises(SomebodyWasFirst) as first:
        triage.set_urgency(
            concern.pk, urgency="blue", why="Known", opened_on=opened_on, by=desk.colleague, now=desk.now
        )
    assert "Tonight" in str(first.value.both)
    assert fresh(concern).urgency == "red"


def test_a_reason_is_needed_and_the_refusal_is_on_the_trail(desk):
    concern = desk.concern()
    with pytest.raises(NotPossible):
        triage.set_urgency(concern.pk, urgency="red", why=" ", opened_on="", by=desk.officer, now=desk.now)
    assert Line.objects.filter(about_id=str(concern.pk), refused_because__startswith="Say why").exists()


def test_nobody_but_triage_screens(desk):
    concern = desk.concern()
    for somebody in (desk.mentor, desk.worker, desk.teacher):
        with pytest.raises(NothingThere):
            triage.begin_screening(concern.pk, by=somebody, now=desk.now)
    with pytest.raises(NotAllowed):
        triage.begin_screening(concern.pk, by=desk.administrator, now=desk.now)
    assert fresh(concern).step == "received"


def test_saying_who_opens_the_record_to_triage_until_it_ends(desk):
    concern = desk.concern()
    today = timezone.localdate()
    with pytest.raises(NothingThere):
        open_record(person_id=desk.girl.pk, by=desk.officer, today=today)
    matched(desk, concern)
    assert open_record(person_id=desk.girl.pk, by=desk.officer, today=today)
    decided(desk, concern, referral_on=today, referral_reference="R1")
    telling.tell_referrer(concern.pk, how="in_rowan", by=desk.officer, now=desk.now)
    with pytest.raises(NothingThere):
        open_record(person_id=desk.girl.pk, by=desk.officer, today=today + timedelta(days=1))


def test_a_sign_of_harm_asks_at_once_and_holds_back_no_further_action(desk):
    concern = matched(desk, desk.concern(noticed=[("ADU-04", "S"), ("GAIN-01", "I")]))
    sign = Entry.objects.get(person=desk.girl, observed="S", by_day=True)
    assert Clock.objects.running().get(about_id=sign.key).due_on == timezone.localdate(desk.now)
    assert Entry.objects.filter(person=desk.girl, kind="concern_raised").count() == 1
    with pytest.raises(NotPossible, match="strategy discussion"):
        decided(desk, concern, "no_further_action", manager="Ruth Amos", other_children="None known")
    with pytest.raises(NotPossible, match="other children"):
        decided(desk, concern, "referral")
    StrategyAnswer.objects.create(
        person=desk.girl, entry_key=sign.key, held=False, reason="Explained", manager="R", by=desk.officer, at=desk.now
    )  # fmt: skip
    assert decided(
        desk, concern, "no_further_action", manager="Ruth Amos", other_children="Two sisters, seen today"
    )


def test_about_another_child_after_all_takes_the_lines_back(desk):
    concern = matched(desk, desk.concern(noticed=[("ADU-04", "S")]))
    matched(desk, concern, desk.boy)
    assert not Entry.objects.current().filter(person=desk.girl, by_day=True).exists()
    assert Entry.objects.current().filter(person=desk.boy, observed="S").count() == 1
    assert not Clock.objects.running().filter(about_person=desk.girl.pk).exists()
    with pytest.raises(NothingThere):
        open_record(person_id=desk.girl.pk, by=desk.officer, today=timezone.localdate() + timedelta(days=1))


def test_a_child_nobody_knew_is_founded_under_a_drawn_id(desk):
    concern = desk.concern(details={"name": "Tilly Nobody", "age": 12})
    said = {
        "first_name": "Tilly",
        "surname": "Nobody",
        "birth_date": None,
        "school_code": "",
        "how_known": "Nobody answers",
    }
    for _ in range(2):
        triage.say_nobody_known(concern.pk, **said, opened_on="none", by=desk.officer, now=desk.now)
    person = Person.objects.get(founded_by_day=True)
    assert fresh(concern).person == person
    assert KnownAs.objects.current().get(person=person).name == "Tilly Nobody"
    found = triage.who_it_may_be(
        desk.concern().pk, Sought("Tillie", "Nobody"), by=desk.colleague, now=desk.now
    )
    assert [one.person_id for one in found] == [person.pk]


def test_an_open_child_goes_to_her_worker(desk):
    desk.open_girl()
    concern = matched(desk, desk.concern(urgency="red"))
    decided(desk, concern, "to_worker")
    assert Notice.objects.filter(
        practitioner=desk.worker, urgent=True, path__endswith=f"{concern.pk}/"
    ).exists()
    assert open_concern(concern.pk, by=desk.worker, now=desk.now).concern == concern
    with pytest.raises(NotPossible, match="Nobody works"):
        decided(desk, matched(desk, desk.concern(), desk.boy), "to_worker")


def test_sent_twice_a_decision_is_one_and_a_second_person_sees_both(desk):
    concern = matched(desk, desk.concern())
    token, said = uuid4(), Deciding("referral", "Absence")
    for _ in range(2):
        deciding.decide(concern.pk, said, token=token, by=desk.officer, now=desk.now)
    assert concern.decisions.count() == 1
    with pytest.raises(SomebodyWasFirst, match="decided"):
        deciding.decide(concern.pk, said, token=uuid4(), by=desk.colleague, now=desk.now)
    assert concern.decisions.count() == 1


def test_an_agency_answers_on_its_own_page_and_by_its_own_clock(desk):
    lead = desk.teacher
    concern = desk.concern()
    triage.begin_screening(concern.pk, by=desk.officer, now=desk.now)
    check = checks.ask_agency(
        concern.pk, token=uuid4(), agency=desk.school, asks="What do you know?", by=desk.officer, now=desk.now
    )
    assert fresh(concern).step == "checks_out"
    assert Clock.objects.running().get(about_id=str(check.pk)).owner_post == desk.triage_post
    with pytest.raises(NothingThere):
        checks.open_check(check.pk, by=desk.nurse, now=desk.now)
    checks.answer_check(check.pk, nothing_known=False, answer="Seen with older boys", by=lead, now=desk.now)
    assert fresh(concern).step == "screening"
    assert not Clock.objects.running().filter(about_id=str(check.pk)).exists()
    with pytest.raises(SomebodyWasFirst):
        checks.answer_check(
            check.pk, nothing_known=True, answer="", by=invented_colleague(desk), now=desk.now
        )


def invented_colleague(desk):
    return invented.practitioner("teacher-two", Role.SCHOOL_SAFEGUARDING_LEAD, desk.school)


def test_what_is_decided_ends_the_checks(desk):
    concern = matched(desk, desk.concern())
    check = checks.ask_agency(
        concern.pk, token=uuid4(), agency=desk.police, asks="?", by=desk.officer, now=desk.now
    )
    decided(desk, concern, "advice")
    check.refresh_from_db()
    assert check.not_needed_at
    assert set(clocks(fresh(concern))) == {"a referrer to be told"}


@pytest.mark.parametrize(("raises", "says"), [("taxi_driver", "nothing"), ("resident", "nothing"), ("school_staff", "outcome"), ("school_lead", "reason")])  # fmt: skip
def test_each_referrer_is_told_no_more_than_their_kind_may_be(desk, raises, says):
    concern = matched(desk, desk.concern(raises=raises))
    decided(desk, concern, referral_on=timezone.localdate(), referral_reference="MO-1")
    told = telling.tell_referrer(concern.pk, how="by_telephone", by=desk.officer, now=desk.now)
    assert ("Referred to" in told.words.replace("referred", "Referred")) == (says != "nothing")
    assert ("received a referral on" in told.words) == (says != "nothing")
    assert ("Persistent absence" in told.words) == (says == "reason")
    assert fresh(concern).step == "referrer_told"
    assert set(clocks(concern)) == {"children's social care's answer to a referral"}


def test_a_challenge_is_looked_at_by_somebody_else(desk):
    concern = matched(desk, desk.concern())
    decided(desk, concern, "early_help", early_help_agreed=True)
    telling.tell_referrer(concern.pk, how="in_rowan", by=desk.officer, now=desk.now)
    telling.challenge(
        concern.pk,
        token=uuid4(),
        why="She went missing again",
        sought="A referral",
        by=desk.teacher,
        now=desk.now,
    )
    assert clocks(concern)["a referrer's disagreement"].owner == desk.manager
    with pytest.raises(SomebodyWasFirst) as first:
        telling.challenge(concern.pk, token=uuid4(), why="No", sought="", by=desk.teacher, now=desk.now)
    assert (first.value.both[0].now, first.value.both[0].typed) == ("She went missing again", "No")
    with pytest.raises(NotPossible, match="Somebody else"):
        decided(desk, concern, "referral", manager="Ruth Amos")
    made = decided(desk, concern, "referral", by=desk.manager, manager="Ruth Amos")
    assert made.follows.decided == "early_help"
    assert fresh(concern).step == "decided"


def test_somebody_else_may_not_challenge_and_a_resident_is_not_told_enough(desk):
    concern = matched(desk, desk.concern(raises="taxi_driver"))
    decided(desk, concern)
    with pytest.raises(NothingThere):
        telling.challenge(concern.pk, token=uuid4(), why="No", sought="", by=desk.nurse, now=desk.now)
    with pytest.raises(NotAllowed):
        telling.challenge(concern.pk, token=uuid4(), why="No", sought="", by=desk.teacher, now=desk.now)


def test_referral_and_acceptance_are_facts_apart(desk):
    concern = matched(desk, desk.concern())
    decided(desk, concern)
    said = {"words": "", "by": desk.officer, "now": desk.now, "on": timezone.localdate()}
    with pytest.raises(NotPossible, match="Record first"):
        deciding.record_fact(concern.pk, fact="accepted", reference="", **said)
    deciding.record_fact(concern.pk, fact="referral", reference="MO-77", **said)
    deciding.record_fact(concern.pk, fact="accepted", reference="MO-77", **said)
    deciding.record_fact(concern.pk, fact="accepted", reference="MO-77", **said)
    with pytest.raises(SomebodyWasFirst, match="recorded already"):
        deciding.record_fact(
            concern.pk, fact="accepted", reference="MO-77", **said | {"words": "By post", "by": desk.manager}
        )
    assert list(concern.statutory_facts.values_list("fact", flat=True)) == ["referral", "accepted"]


def restricted(desk, child):
    held = Restriction.objects.create(
        person_id=child.pk, why="staff family", owner=desk.manager, set_by="operator"
    )
    LetIn.objects.create(restriction=held, practitioner=desk.manager, by="operator")
    return held


def test_a_restricted_child_is_not_found_and_her_owner_hears_the_same_day(desk):
    restricted(desk, desk.girl)
    concern = desk.concern(details={"first_name": "Amina", "surname": "Larkfield", "postcode": "ZQ1 2AB", "school": "Larch Hill", "birth_date": str(KnownAs.objects.get(person=desk.girl).birth_date)})  # fmt: skip
    sought = triage.sought_of(concern)
    assert triage.who_it_may_be(concern.pk, sought, by=desk.officer, now=desk.now) == []
    assert triage.reach_owners_of_restricted(desk.now) == 1
    assert triage.reach_owners_of_restricted(desk.now) == 0
    assert Clock.objects.running().get(about_person=desk.girl.pk).owner == desk.manager
    assert [
        one.person_id for one in triage.who_it_may_be(concern.pk, sought, by=desk.manager, now=desk.now)
    ] == [desk.girl.pk]
    with pytest.raises(NothingThere):
        triage.say_who(
            concern.pk, person_id=desk.girl.pk, how_known="x", opened_on="none", by=desk.officer, now=desk.now
        )
    assert LookedAmongRestricted.objects.get().person_id == desk.girl.pk
    # At the desk it stands as any other, and nothing tells them.
    assert concern in to_triage(desk.officer, timezone.localdate())


def test_search_for_a_hidden_child_costs_what_nobody_costs(desk):
    restricted(desk, desk.boy)
    # The night's first search also counts everybody, once.
    searching.search(Sought("Amina", "Larkfield"), why="A worry", by=desk.officer, now=desk.now)
    with CaptureQueriesContext(connection) as nobody:
        searching.search(Sought("Zora", "Qwyx", age=14), why="Heard of her", by=desk.officer, now=desk.now)
    with CaptureQueriesContext(connection) as hidden:
        searching.search(
            Sought("Kacper", "Holloway", age=15), why="Heard of him", by=desk.officer, now=desk.now
        )
    assert len(hidden) == len(nobody)


def test_the_search_wants_a_reason_ends_somewhere_and_is_the_hubs(desk):
    sought = Sought("Amina", "Larkfield")
    with pytest.raises(NotPossible, match="why"):
        searching.search(sought, why="", by=desk.officer, now=desk.now)
    with pytest.raises(NotAllowed):
        searching.search(sought, why="A worry", by=desk.teacher, now=desk.now)
    with pytest.raises(NotPossible, match="at least two"):
        searching.search(Sought("Amina"), why="A worry", by=desk.officer, now=desk.now)
    for _ in range(40):
        assert searching.search(sought, why="A worry", by=desk.officer, now=timezone.now())
    with pytest.raises(NotPossible, match="40 times"):
        searching.search(sought, why="A worry", by=desk.officer, now=timezone.now())


def test_a_colleague_is_shut_out_of_a_concern_about_them(desk):
    concern = desk.concern(
        about_a_professional=True, professional=desk.officer, professionals_agency=desk.council
    )
    assert concern not in to_triage(desk.colleague, timezone.localdate())
    for somebody in (desk.officer, desk.colleague, desk.manager):
        with pytest.raises(NothingThere):
            open_concern(concern.pk, by=somebody, now=desk.now)


def test_a_part_known_person_is_resolved_later_and_back_again(desk):
    concern = desk.concern(names=[("Taz", "driver of a silver hatchback")])
    heard = concern.names_heard.get()
    for _ in range(2):
        part = part_known.found_part_known(concern.pk, name_id=heard.pk, by=desk.officer, now=desk.now)
    assert Person.objects.filter(founded_by_day=True).count() == 1
    part_known.resolve(
        part.pk, into=desk.boy.pk, how_known="The plate, looked up singly", by=desk.officer, now=desk.now
    )
    assert Person.objects.get(pk=part.person_id).who_now() == desk.boy
    part_known.resolve(part.pk, into="", how_known="Another car", by=desk.officer, now=desk.now)
    assert Person.objects.get(pk=part.person_id).who_now() == part.person
    assert [row.into_id for row in part.resolved.all()] == [desk.boy.pk, None]


def test_of_two_who_say_who_somebody_is_the_second_sees_both(desk):
    concern = desk.concern(names=[("Taz", "driver of a silver hatchback")])
    heard = concern.names_heard.get()
    part = part_known.found_part_known(concern.pk, name_id=heard.pk, by=desk.officer, now=desk.now)
    opened_on = part_known.version_of(part)
    plate = {"how_known": "The plate, looked up singly", "by": desk.officer, "now": desk.now}
    part_known.resolve(part.pk, into=desk.boy.pk, opened_on=opened_on, **plate)
    mine = {"into": desk.girl.pk, "how_known": "A photograph", "by": desk.colleague, "now": desk.now}
    with pytest.raises(SomebodyWasFirst) as first:
        part_known.resolve(part.pk, opened_on=opened_on, **mine)
    assert first.value.both[0].now == f"Record {desk.boy.pk}"
    assert Person.objects.get(pk=part.person_id).who_now() == desk.boy
    part_known.resolve(part.pk, opened_on=part_known.version_of(part), **mine)
    assert Person.objects.get(pk=part.person_id).who_now() == desk.girl


def test_of_two_who_say_which_child_it_is_the_second_is_told_which(desk):
    concern = matched(desk, desk.concern())
    with pytest.raises(SomebodyWasFirst) as first:
        triage.say_who(
            concern.pk, person_id=desk.boy.pk, how_known="His friend said so", opened_on="none", by=desk.colleague, now=desk.now
        )  # fmt: skip
    assert (first.value.both[0].now, first.value.both[0].typed) == ("Amina Larkfield", "Kacper Holloway")
    restricted(desk, desk.girl)
    assert triage._called(desk.girl.pk, desk.colleague) == ""


def test_every_arrest_asks_about_section_45_once(desk):
    from tests import people_in_tests as invented

    desk.open_girl()
    arrest = invented.happened(
        desk.girl, invented.days_ago(3), "arrested", "Arrested", by=invented.POLICE, compartment="police"
    )
    assert list(protections.arrests_without_an_answer(desk.girl.pk)) == [arrest]
    said = {
        "person_id": desk.girl.pk,
        "about": "section_45",
        "entry_key": arrest.key,
        "by": desk.worker,
        "now": desk.now,
    }
    one = protections.begin(token=uuid4(), **said)
    assert protections.begin(token=uuid4(), **said) == one
    with pytest.raises(NotPossible, match="not in this child's record"):
        protections.begin(token=uuid4(), **said | {"entry_key": "an arrest of somebody else"})
    assert not protections.arrests_without_an_answer(desk.girl.pk).exists()
    clock = Clock.objects.running().get(about_id=str(one.pk))
    assert clock.owner == desk.worker
    step = {"on": timezone.localdate(), "stood_at": "asked", "by": desk.worker, "now": desk.now}
    with pytest.raises(NotPossible, match="who was told"):
        protections.take_step(one.pk, to="told", **step)
    protections.take_step(one.pk, to="told", to_whom="The duty solicitor and the CPS", **step)
    assert not Clock.objects.running().filter(about_id=str(one.pk)).exists()


def test_a_childs_referral_rests_on_act_and_purpose_and_on_no_consent(desk):
    desk.open_girl()
    said = {"by": desk.worker, "now": desk.now}
    one = protections.begin(token=uuid4(), person_id=desk.girl.pk, about="nrm", **said)
    step = {"to": "referred", "on": timezone.localdate(), "stood_at": "considered", **said}
    with pytest.raises(NotPossible, match="act and a purpose"):
        protections.take_step(one.pk, reference="NRM-1", **step)
    protections.take_step(one.pk, reference="NRM-1", act="transported", purpose="criminal", **step)
    with pytest.raises(SomebodyWasFirst):
        protections.take_step(
            one.pk, reference="NRM-2", act="received", purpose="criminal", **{**step, "by": desk.worker}
        )
    assert Clock.objects.running().get(about_id=str(one.pk)).due_on == timezone.localdate() + timedelta(
        days=45
    )


def test_every_agency_is_asked_once(desk):
    concern = matched(desk, desk.concern())
    ask = {"agency": Agency.objects.get(pk=desk.police.pk), "asks": "?", "by": desk.officer, "now": desk.now}
    checks.ask_agency(concern.pk, token=uuid4(), **ask)
    with pytest.raises(SomebodyWasFirst, match="already") as first:
        checks.ask_agency(concern.pk, token=uuid4(), **ask | {"asks": "Whose phone is it?"})
    assert (first.value.both[0].now, first.value.both[0].typed) == ("?", "Whose phone is it?")


def test_the_desks_part_is_an_involvement_that_names_the_concern(desk):
    concern = matched(desk, desk.concern())
    rows = Involvement.objects.filter(person_id=desk.girl.pk, why=Why.ASKED)
    assert {row.rests_on for row in rows} == {
        f"concern {concern.pk}",
        f"concern {concern.pk} by {desk.officer.pk}",
    }


def test_a_check_opens_to_those_of_the_agency_who_work_with_children_and_to_nobody_kept_out(desk):
    concern = matched(desk, desk.concern())
    check = checks.ask_agency(
        concern.pk, token=uuid4(), agency=desk.council, asks="?", by=desk.officer, now=desk.now
    )
    assert checks.open_check(check.pk, by=desk.worker, now=desk.now)
    KeptOut.objects.create(person_id=desk.girl.pk, practitioner=desk.worker, why="x", set_by="operator")
    councillor = invented.practitioner("councillor", Role.COUNCILLOR, desk.council)
    referrer = invented.practitioner("referrer", Role.REFERRER, desk.council)
    for somebody in (desk.worker, desk.administrator, councillor, referrer):
        with pytest.raises((NotAllowed, NothingThere)):
            checks.open_check(check.pk, by=somebody, now=desk.now)


def test_a_colleague_whose_role_opens_no_record_reads_nothing_of_what_a_referrer_was_told(desk):
    concern = matched(desk, desk.concern())
    decided(desk, concern)
    telling.tell_referrer(concern.pk, how="in_rowan", by=desk.officer, now=desk.now)
    colleague = invented.practitioner("deputy", Role.SCHOOL_SAFEGUARDING_LEAD, desk.school)
    assert telling.open_to_challenge(concern.pk, by=colleague, now=desk.now)
    KeptOut.objects.create(person_id=desk.girl.pk, practitioner=colleague, why="x", set_by="operator")
    for somebody in (colleague, invented.practitioner("caretaker", Role.REFERRER, desk.school)):
        with pytest.raises((NotAllowed, NothingThere)):
            telling.open_to_challenge(concern.pk, by=somebody, now=desk.now)


def test_whoever_sees_no_address_searches_by_no_postcode(desk):
    analyst = invented.practitioner("analyst", Role.ANALYST, desk.council)
    by_home = Sought("Amina", "Larkfield", postcode="ZQ1 2AA")
    with pytest.raises(NotPossible, match="where children live"):
        searching.search(by_home, why="A pattern", by=analyst, now=desk.now)
    assert searching.search(Sought("Amina", "Larkfield"), why="A pattern", by=analyst, now=desk.now)


@pytest.mark.parametrize("decision", ["advice", "no_further_action", "work_on_the_place"])
def test_a_sign_of_harm_about_a_group_is_decided_with_a_managers_name(desk, decision):
    concern = desk.concern(about="group", noticed=[("ADU-04", "S")], details={"name": "The crew"})
    triage.begin_screening(concern.pk, by=desk.officer, now=desk.now)
    said = {"decided": decision, "reason": "Known to the youth team", "other_children": "All of year 8"}
    if decision != "work_on_the_place":
        with pytest.raises(NotPossible, match="manager"):
            deciding.decide(concern.pk, Deciding(**said), token=uuid4(), by=desk.officer, now=desk.now)
    with_a_manager = Deciding(**said, manager="Ruth Amos")
    assert deciding.decide(concern.pk, with_a_manager, token=uuid4(), by=desk.officer, now=desk.now)


def test_somebody_known_by_a_description_alone_is_called_by_it(desk):
    concern = desk.concern(names=[("", "driver of a silver hatchback")])
    heard = concern.names_heard.get()
    part = part_known.found_part_known(concern.pk, name_id=heard.pk, by=desk.officer, now=desk.now)
    assert KnownAs.objects.get(person_id=part.person_id).name == "driver of a silver hatchback"


def test_what_somebody_says_they_are_on_the_public_page_is_not_taken_as_known(desk):
    by_a_stranger = desk.concern(by=None, raises="school_lead", came_by="public")
    assert referrer_of(by_a_stranger) == "Somebody who says “I am a safeguarding lead of a school or college”"
    assert referrer_of(desk.concern(by=None, raises="resident", came_by="public")) == "A resident"


def mirror(desk, concern, fact, on=None):
    return deciding.record_fact(
        concern.pk, fact=fact, on=on or timezone.localdate(), reference="MO-1", words="", by=desk.officer, now=desk.now
    )  # fmt: skip


def test_a_decision_to_refer_waits_for_the_referral_and_then_for_its_answer(desk):
    concern = matched(desk, desk.concern())
    decided(desk, concern)
    owed = clocks(concern)["a referral to be made and recorded"]
    assert (owed.owner, owed.owner_post, owed.about_person) == (
        desk.officer,
        desk.triage_post,
        desk.girl.pk,
    )
    telling.tell_referrer(concern.pk, how="in_rowan", by=desk.officer, now=desk.now)
    assert set(clocks(concern)) == {"a referral to be made and recorded"}
    mirror(desk, concern, "referral")
    assert set(clocks(concern)) == {"children's social care's answer to a referral"}
    page = shown_to(desk.officer, concern)
    assert "Waited for until" in page and "answer to a referral" in page
    mirror(desk, concern, "not_accepted")
    assert clocks(concern) == {}


@pytest.mark.parametrize("otherwise", ["advice", "early_help"])
def test_what_is_not_referred_waits_for_no_referral(desk, otherwise):
    concern = matched(desk, desk.concern())
    decided(desk, concern, otherwise, early_help_agreed=True)
    assert set(clocks(concern)) == {"a referrer to be told"}


def shown_to(practitioner, concern) -> str:
    client = Client()
    client.force_login(practitioner)
    return client.get(f"/concerns/triage/{concern.pk}/").content.decode()
