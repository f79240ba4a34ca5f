"""Who leads an agency now, who may enter an absence, and what the pages say."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from rowan.agencies.absences import come_back, enter_absence, whose_absences
from rowan.agencies.demonstration_leads import make_leads
from rowan.agencies.leads import acting_as, lead_now, leads_now
from rowan.agencies.models import Absence, Agency, PostHolding, Practitioner, Team
from rowan.agencies.rules.absences import NOT_THEIR_MANAGER
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR
from rowan.audit_trail.models import Entry
from rowan.refusals import NotAllowed, NotPossible
from tests import people_in_tests as invented

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def agencies(db):
    found = invented.three_agencies()
    lead = invented.practitioner("school-lead", Role.SCHOOL_SAFEGUARDING_LEAD, found[invented.SCHOOL])
    invented.post(PostKind.SCHOOL_LEAD, found[invented.SCHOOL], lead)
    make_leads(today=TODAY, by=OPERATOR)
    return found


@pytest.fixture
def council(agencies):
    return agencies[invented.COUNCIL]


def who(username):
    return Practitioner.objects.get(username=username)


def away(username, *, until_on=TODAY + timedelta(days=2), by=None, **more):
    person = who(username)
    return enter_absence(person, from_on=TODAY, until_on=until_on, by=by or person, now=NOW, **more)


def test_every_agency_of_the_demonstration_has_a_lead_a_deputy_and_a_chief_officer(agencies):
    for agency in Agency.objects.all():
        places = [post for post in agency.posts.all() if post.lead_places.exists()]
        assert len(places) >= 2, agency
        assert agency.posts.filter(kind=PostKind.CHIEF_OFFICER).count() == 1
        assert lead_now(agency, TODAY).practitioner.agency == agency
    made = Practitioner.objects.count()
    make_leads(today=TODAY, by=OPERATOR)
    assert Practitioner.objects.count() == made


def test_the_council_is_led_down_its_chain(council):
    said = []
    for username in ("council-lead-1", "council-lead-2", "council-lead-3", "council-lead-chief"):
        lead = lead_now(council, TODAY)
        assert lead.practitioner.username == username
        said.append((lead.post.title, lead.how_reached))
        away(username)
    assert said == [
        ("Head of Community Services", "lead"),
        ("Head of Leisure and Cultural Services", "deputy"),
        ("Children’s Centre Manager", "deputy"),
        ("Chief Executive", "chief officer"),
    ]
    assert lead_now(council, TODAY).practitioner is None
    assert lead_now(council, TODAY).phone == council.phone
    assert lead_now(council, TODAY + timedelta(days=3)).practitioner.username == "council-lead-1"


def test_an_agency_with_nobody_left_is_answered_by_the_hubs_council(agencies):
    school = agencies[invented.SCHOOL]
    for username in ("school-lead", "school-deputy-1", "head-teacher-1"):
        away(username)
    lead = lead_now(school, TODAY)
    assert (lead.practitioner.username, lead.how_reached) == (
        "council-lead-chief",
        "the hub's chief officer",
    )
    assert "The chief officer (Head teacher) is away until 3 June 2026" in lead.says.replace("the chief", "The chief")  # fmt: skip


def test_who_left_and_who_sees_no_child_answer_for_nobody(council):
    Practitioner.objects.filter(username="council-lead-1").update(is_active=False)
    Practitioner.objects.filter(username="council-lead-2").update(role=Role.ADMINISTRATOR)
    assert lead_now(council, TODAY).practitioner.username == "council-lead-3"


def test_the_named_stand_in_answers_first_but_not_when_they_have_left(council):
    away("council-lead-1", stands_in=who("council-lead-3"))
    lead = lead_now(council, TODAY)
    assert (lead.practitioner.username, lead.how_reached) == ("council-lead-3", "stand-in")
    Practitioner.objects.filter(username="council-lead-3").update(is_active=False)
    assert lead_now(council, TODAY).practitioner.username == "council-lead-2"


def test_the_leads_of_every_agency_take_the_same_number_of_queries(agencies, django_assert_num_queries):
    with django_assert_num_queries(6):
        leads_now(list(agencies.values())[:1], TODAY)
    with django_assert_num_queries(6):
        assert len(leads_now(agencies.values(), TODAY)) == 3


def test_a_decision_says_who_led_and_whether_the_one_deciding_was_acting(council):
    first, second = who("council-lead-1"), who("council-lead-2")
    assert acting_as(first, TODAY)["acting"] is False
    away("council-lead-1")
    assert acting_as(second, TODAY) == {
        "lead": second.pk,
        "lead_post": PostHolding.objects.get(practitioner=second).post_id,
        "reached": "deputy",
        "acting": True,
    }
    assert acting_as(who("council-lead-3"), TODAY)["acting"] is False


def test_an_absence_leaves_a_line_and_the_same_twice_is_one(council):
    assert away("council-lead-1") == away("council-lead-1")
    line = Entry.objects.get(did="entered an absence")
    assert line.particulars["until_on"] == "2026-06-03"
    assert "why" not in line.particulars


def test_the_lead_and_the_teams_manager_enter_absences_and_others_do_not(council):
    team = Team.objects.create(agency=council, name="Front door")
    manager = invented.practitioner("manager", Role.APPROVING_MANAGER, council, team=team)
    one = invented.practitioner("one", Role.TRIAGE_OFFICER, council, team=team)
    other = invented.practitioner("other", Role.TRIAGE_OFFICER, council)
    police = who("police-lead-1")
    for by in (one, manager, who("council-lead-2"), who("council-lead-chief")):
        assert away("one", by=by)
        assert one in whose_absences(by, TODAY)
    for by in (other, police):
        with pytest.raises(NotAllowed, match="entered by the person who is away"):
            away("one", by=by)
        assert one not in whose_absences(by, TODAY)
    with pytest.raises(NotAllowed):
        away("other", by=manager)
    assert Entry.objects.filter(refused_because=NOT_THEIR_MANAGER).count() == 3


@pytest.mark.parametrize(
    "typed",
    [
        {"until_on": TODAY - timedelta(days=1)},
        {"half": "morning"},
        {"from_on": TODAY - timedelta(days=32)},
        {"from_on": TODAY + timedelta(days=367), "until_on": None},
        {"stands_in": "self"},
    ],
    ids=lambda typed: "-".join(sorted(typed)),
)
def test_what_is_no_absence_is_refused_and_recorded(council, typed):
    person = who("council-lead-1")
    if typed.get("stands_in"):
        typed = {"stands_in": person}
    given = {"from_on": TODAY, "until_on": TODAY + timedelta(days=2)} | typed
    with pytest.raises(NotPossible):
        enter_absence(person, by=person, now=NOW, **given)
    assert Entry.objects.refused().filter(did="entered an absence").count() == 1
    assert not Absence.objects.exists()


def test_who_is_back_early_answers_again_and_twice_is_once(council):
    absence = enter_absence(
        who("council-lead-1"), from_on=TODAY, until_on=None, by=who("council-lead-1"), now=NOW
    )
    on_thursday = NOW + timedelta(days=3)
    for _ in range(2):
        come_back(absence, by=who("council-lead-1"), now=on_thursday)
    assert lead_now(council, on_thursday.date()).practitioner.username == "council-lead-1"
    assert lead_now(council, TODAY).practitioner.username == "council-lead-2"
    assert Entry.objects.filter(did="ended an absence").count() == 1
    with pytest.raises(NotAllowed):
        come_back(absence, by=who("police-lead-1"), now=on_thursday)


def test_the_page_says_who_answers_and_how_they_were_reached(client, council):
    today = timezone.localdate()
    lead = who("council-lead-1")
    enter_absence(lead, from_on=today, until_on=None, by=lead, now=timezone.now())
    client.force_login(who("police-lead-1"))
    page = client.get("/who-answers/").content.decode()
    assert "Head of Community Services is away, with no date of return yet; Head of Leisure" in page
    assert "Femi Rowntree" in page
    assert page.index("Invented Constabulary") < page.index("Invented Council")
    assert Entry.objects.filter(did="looked at who answers").exists()


def test_when_nobody_at_all_is_there_the_page_says_so_plainly(client, council):
    Practitioner.objects.exclude(username="police-lead-1").update(is_active=False)
    PostHolding.objects.all().delete()
    client.force_login(who("police-lead-1"))
    page = client.get("/who-answers/").content.decode()
    assert "nobody who answers today" in page
    assert "Nobody holds the post of Detective Chief Inspector" in page


def test_an_absence_is_entered_and_taken_back_on_the_page(client, council):
    lead = who("council-lead-1")
    client.force_login(lead)
    day = timezone.localdate() + timedelta(days=7)
    typed = {"practitioner": who("council-lead-3").pk, "from_on_day": day.day, "from_on_month": day.month, "from_on_year": day.year}  # fmt: skip
    assert client.post("/absences/", typed | {"from_on_day": "31", "from_on_month": "2"}).status_code == 200
    assert not Absence.objects.exists()
    answer = client.post("/absences/", typed)
    assert answer.status_code == 302, answer.context["form"].errors
    absence = Absence.objects.get()
    assert (absence.practitioner.username, absence.until_on, absence.entered_by) == ("council-lead-3", None, lead)  # fmt: skip
    assert "no date of return yet" in client.get("/absences/").content.decode()
    assert client.get(f"/absences/{absence.pk}/back/").status_code == 405
    assert client.post(f"/absences/{absence.pk}/back/").status_code == 302
    absence.refresh_from_db()
    assert absence.withdrawn_at
    # Somebody of another agency is not offered, and not taken when sent all the same.
    typed["practitioner"] = who("police-lead-1").pk
    assert "Select a valid choice" in client.post("/absences/", typed).content.decode()
