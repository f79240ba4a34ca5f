"""One child on one page: each part as far as the reader may see, and no further."""

import re

import pytest
from django.utils import timezone

from rowan.access.involved import who_works_with
from rowan.access.models import Why
from rowan.access.rules.seeing import Through, what_is_seen
from rowan.agencies.models import Agency, AgencyKind
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.chronology import shown as chronology
from rowan.people.called import called
from rowan.people.models import Identifier, Name
from rowan.single_view import one_page
from tests import people_in_tests as invented

ago = invented.days_ago


@pytest.fixture
def agencies(db):
    invented.finished_run()
    return invented.three_agencies()


@pytest.fixture
def child(agencies):
    school = agencies[invented.SCHOOL]
    child = invented.child("Amina", "Larkfield", sex="F", age=14, school=school, called="Mina")
    invented.involve(child, school, Why.ON_ROLL)
    invented.involve(child, agencies[invented.COUNCIL], Why.ALLOCATED_WORKER, "Joan Eccles")
    invented.attendance(child, school)
    return child


HUB_READER = what_is_seen("lead_professional", invented.COUNCIL, "council")
SCHOOL_READER = what_is_seen("school_safeguarding_lead", invented.SCHOOL, "school")
OTHER_SCHOOL = what_is_seen("school_safeguarding_lead", "school-8994999", "school")


def test_a_school_knows_her_by_its_own_name(child):
    today = timezone.localdate()
    assert called({child.id: HUB_READER}, today)[child.id].name == "Amina Larkfield"
    assert called({child.id: SCHOOL_READER}, today)[child.id].name == "Mina Larkfield"
    assert called({child.id: OTHER_SCHOOL}, today)[child.id].name == "Name not known"


def test_an_age_is_shown_to_all_and_the_day_she_was_born_to_those_who_see_the_hubs_own(child):
    """It is of whichever agency sent it: a school has its own, and whoever gave a reason sees name, age and school."""
    today = timezone.localdate()
    looking = what_is_seen("lead_professional", invented.COUNCIL, "council", Through.REASON)
    in_danger = what_is_seen("lead_professional", invented.COUNCIL, "council", Through.EMERGENCY)

    def born(reader):
        shown = called({child.id: reader}, today)[child.id]
        assert shown.age == 14
        return shown.birth_date

    assert born(HUB_READER) == born(in_danger) == child.known_as.get().birth_date
    assert born(SCHOOL_READER) is born(OTHER_SCHOOL) is born(looking) is None


def test_identity_shows_a_school_its_own_rows_only(child):
    hub, school = (one_page.identity(child, seen) for seen in (HUB_READER, SCHOOL_READER))
    assert len(hub["Names"]) == 3
    assert [fact.value for fact in school["Names"]] == ["Mina Larkfield"]
    assert [fact.value for fact in school["Identifiers"]] == ["A123456789012"]
    assert {fact.agency for facts in school.values() for fact in facts} == {"Larch Hill School"}


def test_those_who_work_with_her_come_before_those_who_did(child, agencies):
    today = timezone.localdate()
    invented.involve(
        child, agencies[invented.COUNCIL], Why.WORKING_WITH, "An Earlier Worker", closed_on=ago(30)
    )

    def workers(reader) -> list[str]:
        return [
            worker.who for worker in who_works_with({child.id: reader}, today, also_before=True)[child.id]
        ]

    names = workers(HUB_READER)
    assert names[-1] == "An Earlier Worker"
    assert "Joan Eccles" in names[:-1]
    assert "Joan Eccles" not in workers(SCHOOL_READER)


def test_a_closed_compartment_is_on_nobodys_timeline(child):
    invented.happened(child, ago(9), "went_missing", "Went missing", by=invented.POLICE, compartment="police")
    invented.happened(child, ago(8), "note", "Hidden", by=invented.COUNCIL, compartment="sexual_health")
    assert [entry.title for entry in chronology.entries(child, HUB_READER)] == ["Went missing"]
    assert chronology.entries(child, SCHOOL_READER) == []


def test_where_a_role_has_headings_only_the_words_and_sources_stay_away(child):
    invented.happened(
        child, ago(8), "note", "An item", by=invented.POLICE, compartment="intelligence", text="Its words"
    )
    told = {}
    for role in ("lead_professional", "exploitation_coordinator", "mentor"):
        seen = what_is_seen(role, invented.COUNCIL, "council")
        told[role] = [
            (line.entry.title, line.text, len(line.sources))
            for line in chronology.lines(chronology.entries(child, seen), seen)
        ]
    assert told == {
        "lead_professional": [("An item", "", 0)],
        "exploitation_coordinator": [("An item", "Its words", 1)],
        "mentor": [],
    }


def test_an_analyst_sees_no_address_and_a_look_with_a_reason_no_number(child):
    analyst = what_is_seen("analyst", invented.COUNCIL, "council")
    assert one_page.identity(child, analyst)["Addresses"] == []
    assert len(one_page.identity(child, analyst)["Names"]) == 3
    looking = what_is_seen("lead_professional", invented.COUNCIL, "council", Through.REASON)
    facts = one_page.identity(child, looking)
    assert (facts["Addresses"], facts["Identifiers"]) == ([], [])
    assert facts["Names"] and facts["Schools"]
    assert chronology.attendance(child, looking) == []


def test_a_sexual_health_worker_is_a_health_professional_to_everybody_else(child, agencies):
    today = timezone.localdate()
    clinic = invented.agency("clinic-1", "Harbour Clinic", AgencyKind.HEALTH, phone="01632 960777")
    clinician = invented.practitioner("clinician", Role.SEXUAL_HEALTH_CLINICIAN, clinic, "Niamh Farrow")
    invented.involve(child, clinic, Why.WORKING_WITH, practitioner=clinician)
    invented.involve(child, clinic, Why.WORKING_WITH, "Oona Brack", discreet=True)

    def shown(role: Role, at, kind: str) -> str:
        seen = what_is_seen(role, at, kind)
        return str(who_works_with({child.id: seen}, today)[child.id])

    outside = shown(Role.LEAD_PROFESSIONAL, invented.COUNCIL, "council")
    for word in ("Harbour", "Niamh", "Oona", "960777"):
        assert word not in outside
        assert word in shown(Role.HEALTH_LEAD, "health-899", "health")
        assert word in shown(Role.SEXUAL_HEALTH_CLINICIAN, "clinic-1", "health")
    assert outside.count("A health professional") == 2


def test_a_reason_whose_rows_are_hidden_is_not_put_into_words(child, agencies):
    post = invented.post(PostKind.TRIAGE, agencies[invented.COUNCIL])
    invented.question(
        child,
        "child_arrested",
        rows=[(invented.POLICE, ago(4), "Arrested")],
        at_post=post,
        figures={"arrested_on": str(ago(4))},
    )
    titles = {}
    for role in ("triage_officer", "education_welfare_officer"):
        seen = what_is_seen(role, invented.COUNCIL, "council")
        (asked,), _ = one_page.questions([child.id], seen, run=1)
        titles[role] = (asked.title == "A question", asked.sentence == "")
    assert titles == {"triage_officer": (False, False), "education_welfare_officer": (True, True)}


def test_the_picture_of_attendance_has_a_bar_for_each_week_with_school(child):
    weeks = chronology.attendance(child, HUB_READER)
    chart = one_page.chart(weeks)
    assert len(chart.bars) == len(weeks) == 20
    assert all(chart.top <= bar.y <= chart.bottom for bar in chart.bars)
    assert chart.bars[-1].label == "9 of 10"
    assert one_page.chart([]) is None


def test_a_year_is_drawn_and_no_more(child, agencies):
    other = invented.child("Kacper", "Holloway", sex="M", age=15, school=agencies[invented.SCHOOL])
    invented.attendance(other, agencies[invented.SCHOOL], weeks=80)
    chart = one_page.chart(chronology.attendance(other, HUB_READER))
    assert chart.weeks == len(chart.bars) == one_page.WEEKS_IN_PICTURE
    assert max(bar.x + chart.bar_width for bar in chart.bars) <= chart.width


def test_a_school_is_not_shown_what_the_hub_was_asked(child, agencies):
    from rowan.agencies.rules.posts import PostKind

    post = invented.post(PostKind.TRIAGE, agencies[invented.COUNCIL])
    invented.question(
        child,
        "child_arrested",
        rows=[(invented.POLICE, ago(4), "Arrested")],
        at_post=post,
        figures={"arrested_on": str(ago(4))},
    )
    assert len(one_page.questions([child.id], HUB_READER, run=1)[0]) == 1
    assert one_page.questions([child.id], SCHOOL_READER, run=1) == ([], [])
    # Half-published questions are asked of nobody yet.
    assert one_page.questions([child.id], HUB_READER, run=0) == ([], [])


def test_ids_that_were_joined_into_hers_are_hers(child, agencies):
    once = invented.child("Amena", "Larkfeild", sex="F", age=14, school=agencies[invented.SCHOOL])
    once.now = child
    once.save()
    assert set(one_page.all_ids_of(child)) == {child.id, once.id}


def test_the_timeline_is_narrowed_by_agency_kind_and_date(client, child, agencies):
    from rowan.agencies.rules.roles import Role

    worker = invented.practitioner("worker", Role.LEAD_PROFESSIONAL, agencies[invented.COUNCIL])
    invented.involve(child, agencies[invented.COUNCIL], Why.WORKING_WITH, practitioner=worker)
    client.force_login(worker)
    for days, title in [(50, "First time"), (20, "Second time")]:
        invented.happened(child, ago(days), "went_missing", title, by=invented.POLICE, compartment="police")
    invented.happened(child, ago(10), "school_log", "Bullying reported", by=invented.SCHOOL)

    def timeline(query: str) -> str:
        return client.get(f"/children/{child.id}/?{query}").content.decode().partition('id="timeline"')[2]

    everything = timeline("")
    assert (
        everything.index("Bullying reported")
        < everything.index("Second time")
        < everything.index("First time")
    )
    assert "Second time" not in timeline(f"agency={invented.SCHOOL}")
    assert "Bullying reported" not in timeline("kind=went_missing")
    earlier = timeline(f"on_day={ago(30).day}&on_month={ago(30).month}&on_year={ago(30).year}")
    assert "First time" in earlier and "Second time" not in earlier
    # What cannot be read narrows nothing and is said beside its box.
    wrong = timeline("on_day=x&on_month=6&on_year=2026")
    assert "Enter a real date" in wrong and "Second time" in wrong


def test_the_page_takes_as_many_queries_for_a_long_life_as_for_a_short_one(
    client, child, agencies, django_assert_max_num_queries
):
    from rowan.agencies.rules.roles import Role

    worker = invented.practitioner("worker", Role.LEAD_PROFESSIONAL, agencies[invented.COUNCIL])
    invented.involve(child, agencies[invented.COUNCIL], Why.WORKING_WITH, practitioner=worker)
    client.force_login(worker)
    for days in range(1, 60):
        invented.happened(child, ago(days), "went_missing", f"Time {days}", by=invented.POLICE)
    with django_assert_max_num_queries(60):
        assert client.get(f"/children/{child.id}/").status_code == 200


def test_the_ways_on_from_her_page_stand_in_three_groups_that_are_open_without_a_script(
    client, child, agencies
):
    worker = invented.practitioner("worker", Role.LEAD_PROFESSIONAL, agencies[invented.COUNCIL])
    invented.involve(child, agencies[invented.COUNCIL], Why.WORKING_WITH, practitioner=worker)
    client.force_login(worker)
    page = client.get(f"/children/{child.id}/").content.decode()
    ways = page.partition('<nav class="rowan-contents')[2].partition("</nav>")[0]
    groups = ways.split('<details class="govuk-details" open>')[1:]
    assert ["On this page" in groups[0], "Safety plan" in groups[1], "Documents" in groups[2]] == [True] * 3
    # Every way to a place on the page leads to one that is there.
    assert all(f'id="{place}"' in page for place in re.findall(r'href="#([^"]+)"', groups[0]))


@pytest.mark.parametrize(
    ("role", "numbers"),
    [
        ("mentor", {"Unique pupil number"}),
        ("lead_professional", {"Unique pupil number", "NHS number", "Police person number"}),
        ("education_welfare_officer", {"Unique pupil number"}),
    ],
)
def test_neither_a_number_nor_an_agencys_name_tells_who_knows_the_child(child, role, numbers):
    """A mentor, who reads no police rows, would learn from either that the police know her."""
    Identifier.objects.filter(person=child).exclude(kind="upn").delete()
    row = Identifier.objects.get(person=child, kind="upn")
    for kind, code in (("police_id", invented.POLICE), ("nhs_number", invented.COUNCIL)):
        row.pk, row.key, row.kind, row.agency_code, row.value = (
            None,
            f"{kind} of hers",
            kind,
            code,
            f"{kind}-7",
        )
        row.save()
    Name.objects.filter(person=child, agency_code=invented.SCHOOL).update(agency_code=invented.POLICE)
    shown = one_page.identity(child, what_is_seen(role, invented.COUNCIL, "council"))
    assert {fact.label for fact in shown["Identifiers"]} == numbers
    agencies = {fact.agency for fact in shown["Names"]}
    knows_of_police = "Police person number" in numbers
    assert ("Another agency" in agencies) != knows_of_police
    police = Agency.objects.get(code=invented.POLICE).name
    assert (police in agencies) == knows_of_police
