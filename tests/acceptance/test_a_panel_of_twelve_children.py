"""Given twelve children about whom something is owed, when a panel goes through its list and its chair approves the minutes, then what was
not done by next month is carried forward."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.agencies.models import AgencyKind
from rowan.agencies.rules.roles import Role
from rowan.chronology.models import Entry
from rowan.meetings.models import Meeting
from rowan.plans.models import Action
from rowan.timescales.actions import start_clock
from rowan.timescales.models import Clock
from tests import people_in_tests as invented

NAMES = ["Ada", "Bela", "Cora", "Dina", "Esme", "Faye", "Gina", "Hana", "Iris", "Jade", "Kira", "Lily"]
MONTH = timedelta(days=28)


@pytest.fixture
def panel(world):
    council, police = world.agencies[invented.COUNCIL], world.agencies[invented.POLICE]
    health = invented.agency("health-899", "Invented Trust", AgencyKind.HEALTH)
    world.chair = invented.practitioner("chair", Role.PANEL_CHAIR, council, "Wanda Firth")
    world.officer = invented.practitioner("officer", Role.POLICE_EXPLOITATION_TEAM, police, "Ines Crane")
    world.nurse = invented.practitioner("nurse", Role.HEALTH_LEAD, health, "Bea Lunn")
    world.member = invented.practitioner("member", Role.PANEL_MEMBER, council, "Sol Arden")
    now, today = timezone.now(), timezone.localdate()
    for name in NAMES:
        child = invented.child(name, "Marlow", sex="F", age=14, school=world.agencies[invented.SCHOOL])
        start_clock(
            what="strategy discussion?", about_kind="sign of harm", about_id=str(uuid4()), about_person=child.pk,
            due_on=today, now=now, owner=world.worker,
        )  # fmt: skip
    return world


@pytest.mark.django_db(transaction=True)
def test_from_the_list_to_the_minutes_to_what_is_carried_forward(journey, panel):
    today = timezone.localdate()
    title = f"Child panel, {today.day} {today:%B %Y}"
    journey.as_("coordinator")
    journey.go("/meetings/", "Meetings")
    journey.follow("Set up a series of meetings", "Set up a series")
    journey.type("Name", "Child panel")
    journey.pick("Child panel")
    journey.pick("Every four weeks")
    journey.date("First meeting", today)
    journey.choose("Who chairs", "Wanda Firth, Invented Council")
    journey.choose("Who arranges it and draws up its list", "Colm Desai, Invented Council")
    for who in (
        "Ines Crane, Invented Constabulary",
        "Bea Lunn, Invented Trust",
        "Sol Arden, Invented Council",
    ):
        journey.pick(who)
    journey.read("meetings-set-up")
    journey.press("Set up the series", title)
    journey.press("Draw up the list", title)
    journey.sees("Ada Marlow, 14")
    journey.sees("New; Strategy discussion pending")
    journey.read("meetings-list")

    journey.as_("member")
    journey.go(f"/meetings/{Meeting.objects.get().pk}/", title)
    journey.sees("Members see the list while the meeting lasts")

    journey.as_("coordinator")
    journey.go(f"/meetings/{Meeting.objects.get().pk}/", title)
    journey.press("Begin the meeting", "Who is here")
    for who in ("Wanda Firth, Invented Council", "Ines Crane, Invented Constabulary", "Bea Lunn, Invented Trust", "Sol Arden, Invented Council"):  # fmt: skip
        journey.pick(who)
    journey.read()
    journey.press("Begin", title)
    journey.sees("Quorate.")
    for number, name in enumerate(NAMES):
        decide(journey, name, today, title, read=number == 0)
    meeting = Meeting.objects.get()
    assert meeting.items.exclude(decision="").filter(person__known_as__surname="Marlow").count() == 12

    journey.follow("Ada Marlow", "Ada Marlow")
    journey.press("Somebody does not agree", "Who does not agree?")
    journey.choose("Which agency does not agree", "Invented Trust")
    journey.type("Why, in their words", "We would step up")
    journey.press("Record that they do not agree", "Ada Marlow")
    journey.sees("Invented Trust does not agree: We would step up")
    act(journey, "Visit her aunt", today)
    act(journey, "Look at the hotel", today)
    journey.read("meetings-item")

    journey.as_("member")
    journey.go(f"/meetings/{meeting.pk}/", title)
    journey.follow("Ada Marlow", "Ada Marlow")
    journey.sees("Visit her aunt")

    journey.as_("coordinator")
    minutes(journey, meeting, title, "Hotels were a theme")
    assert Entry.objects.filter(kind="meeting_decision").count() == 12
    approve(journey, meeting, title)

    # Four weeks later.
    Action.objects.filter(step="open").update(due_on=today - timedelta(days=7), at=timezone.now() - MONTH)
    Clock.objects.filter(about_kind="action").update(due_on=today - timedelta(days=7))
    second = Meeting.objects.get(step="planned")
    Meeting.objects.filter(pk=second.pk).update(on=today)
    journey.as_("coordinator")
    journey.go(f"/meetings/{second.pk}/", title)
    journey.sees("Actions from last time")
    journey.press("Begin the meeting", "Who is here")
    journey.pick("Wanda Firth, Invented Council")
    journey.press("Begin", title)
    journey.sees("Not quorate: nobody came from the police and health.")
    journey.follow("Ada Marlow", "Ada Marlow")
    journey.sees("Overdue")
    journey.sees("Stays on the list. She was seen on Monday")
    journey.read("meetings-item-next-month")
    journey.follow(re.compile("Say what came of it.*Visit her aunt"), "What came of the action?")
    journey.pick("Done")
    journey.type("In words", "Visited on Tuesday")
    journey.press("Record what came of it", "Ada Marlow")
    minutes(journey, second, title, "The hotel is still to be looked at")
    approve(journey, second, title)
    done, carried = (Action.objects.get(at__lt=timezone.now() - timedelta(days=1), step=step) for step in ("done", "carried"))  # fmt: skip
    third = Meeting.objects.get(step="planned")
    again = carried.carried_by
    assert (done.what, again.what, again.due_on, again.owner) == ("Visit her aunt", "Look at the hotel", third.on, panel.officer)  # fmt: skip
    assert third.on > today

    journey.as_("officer")
    journey.go("/plans/actions/", "My actions")
    journey.sees("Look at the hotel")
    journey.sees("Carried forward.")
    journey.read("plans-mine")


def decide(journey, name: str, today, title: str, *, read: bool) -> None:
    journey.follow(f"{name} Marlow", f"{name} Marlow")
    journey.press("Record the decision", "What was decided?")
    if read:
        journey.press("Record the decision", "What was decided?")
        journey.sees("Choose what was decided")
        journey.read("meetings-decide-error")
    journey.pick("Stays on the list")
    journey.type("Why", "She was seen on Monday")
    journey.date("When the panel looks again", today + MONTH)
    journey.press("Record the decision", f"{name} Marlow")
    journey.page.get_by_role("link", name=title).click()


def act(journey, what: str, today) -> None:
    journey.press("Set an action", "Set an action")
    journey.type("What is to be done", what)
    journey.choose("Who does it", "Ines Crane, Invented Constabulary")
    journey.date("By which day", today + timedelta(days=14))
    journey.press("Set the action", "Ada Marlow")


def minutes(journey, meeting, title: str, words: str) -> None:
    journey.go(f"/meetings/{meeting.pk}/", title)
    journey.follow("Write the minutes", "Write the minutes")
    journey.type("Minutes", words)
    journey.press("Save the minutes", title)
    journey.press("End the meeting", title)
    journey.sees("The minutes wait for Wanda Firth")


def approve(journey, meeting, title: str) -> None:
    journey.as_("chair")
    journey.go(f"/meetings/{meeting.pk}/", title)
    journey.press("Approve the minutes", title)
    journey.sees("Approved by Wanda Firth")
    journey.read()
