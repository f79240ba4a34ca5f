"""The pages of plans, meetings and escalation, for the visit of every page: address, path, who looks, and how."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from rowan.access.models import Why
from rowan.agencies.rules.roles import Role
from rowan.escalation.actions.disagreements import go_up, raise_disagreement
from rowan.escalation.actions.going_up import take_overdue_up
from rowan.escalation.models import Overdue
from rowan.meetings import actions
from rowan.plans.actions import end_action, set_action
from rowan.timescales.actions import start_clock
from tests import people_in_tests as invented
from tests.acceptance.conftest import World

# Addresses that only take a form.
NO_PAGE_OF_MEETINGS = {
    "meetings:draw_up",
    "meetings:end",
    "meetings:approve",
    "escalation:end_place",
}
MEETINGS_REST_ON_NO_FILE = {
    **dict.fromkeys(
        [
            "meetings:set_up",
            "meetings:change_series",
            "meetings:add_child",
            "meetings:who_came",
            "meetings:cancel",
            "meetings:minutes",
            "meetings:decide",
            "meetings:dissent",
            "meetings:set_action",
            "meetings:outcome",
            "meetings:take_off",
            "plans:add",
            "plans:action",
            "escalation:raise",
            "escalation:respond",
            "escalation:go_up",
            "escalation:resolve",
            "escalation:learn",
        ],
        "a form, and what people said in it",
    ),
    "meetings:mine": "meetings",
    "escalation:ladder": "posts and absences",
}


def meet_about_something(world: World, now) -> None:
    """A plan, a panel in session and the next one planned, something overdue that went up, and a disagreement."""
    council, today = world.agencies[invented.COUNCIL], timezone.localdate(now)
    worker = {"by": world.worker, "now": now}
    girl = {"person_id": world.girl.id}
    world.action = set_action(
        token=uuid4(), what="Ring her aunt about the weekends", owner=world.worker, due_on=today + timedelta(days=7), **girl, **worker
    )  # fmt: skip
    done = set_action(
        token=uuid4(), what="Ask her form tutor", owner=world.worker, due_on=today, **girl, **worker
    )
    end_action(done, to="done", words="She has been in every day", **worker)

    world.chair = invented.practitioner("chair", Role.PANEL_CHAIR, council, "Wanda Firth")
    world.lena = invented.child("Lena", "Marlow", sex="F", age=15, school=world.agencies[invented.SCHOOL])
    invented.involve(world.lena, council, Why.WORKING_WITH, "Colm Desai", practitioner=world.coordinator)
    runs = {"by": world.coordinator, "now": now}
    panel, planned = (
        actions.set_up_series(
            token=uuid4(), name=name, kind="panel", rhythm="monthly", chair=world.chair, organiser=world.coordinator,
            members=[world.missing], first_on=today, **runs,
        ).meetings.get()
        for name in ("Child panel", "North panel")
    )  # fmt: skip
    for each in (panel, planned):
        actions.add_child(each, person_id=world.lena.id, why="Two schools ask about her", **runs)
    world.planned = planned
    world.meeting = actions.who_came(panel, came=[world.chair, world.coordinator], **runs)
    world.item = panel.items.get(person=world.lena)
    world.set_there = actions.set_item_action(
        world.item, token=uuid4(), what="Visit her grandfather", owner=world.coordinator, due_on=today + timedelta(days=9), **runs
    )  # fmt: skip

    start_clock(
        what="an answer to a question", about_kind="thing", about_id="1", about_person=world.girl.id,
        due_on=today - timedelta(days=7), now=now, owner=world.worker,
    )  # fmt: skip
    take_overdue_up(timezone.make_aware(datetime.combine(today, time(9))))
    world.overdue = Overdue.objects.get(clock__about_id="1")
    world.disagreement = go_up(
        raise_disagreement(
            token=uuid4(), about="threshold", with_agency=world.agencies[invented.SCHOOL],
            what="They say she may go home alone", sought="Somebody walks with her",
            safe_meanwhile="Her aunt collects her", **girl, **worker,
        ),
        why="They will not", **worker,
    )  # fmt: skip


def visits_of_meetings(world: World) -> list[tuple]:
    girl = world.girl.id
    panel, planned = (f"/meetings/{each.pk}/" for each in (world.meeting, world.planned))
    item, runs = f"/meetings/items/{world.item.pk}/", "coordinator"
    waits = f"/meetings/items/{world.planned.items.get(person=world.lena).pk}/"
    between = f"/escalation/disagreements/{world.disagreement.pk}/"
    return [
        ("plans:mine", "/plans/actions/", "social-worker"),
        ("plans:mine", "/plans/actions/", "school-lead", "with none"),
        ("plans:plan", f"/plans/children/{girl}/", "social-worker"),
        ("plans:add", f"/plans/children/{girl}/add/", "social-worker"),
        ("plans:action", f"/plans/actions/{world.action.pk}/", "social-worker"),
        ("meetings:mine", "/meetings/", runs),
        ("meetings:mine", "/meetings/", "social-worker", "with none"),
        ("meetings:set_up", "/meetings/series/new/", runs),
        ("meetings:change_series", f"/meetings/series/{world.meeting.series_id}/", runs),
        ("meetings:add_child", f"/meetings/children/{world.lena.id}/", runs),
        ("meetings:meeting", panel, runs),
        ("meetings:meeting", planned, runs, "planned"),
        ("meetings:meeting", planned, "missing", "before it begins"),
        ("meetings:who_came", f"{planned}who-came/", runs),
        ("meetings:cancel", f"{planned}call-off/", runs),
        ("meetings:minutes", f"{panel}minutes/", runs),
        ("meetings:item", item, runs),
        ("meetings:decide", f"{item}decide/", runs),
        ("meetings:dissent", f"{item}dissent/", runs),
        ("meetings:set_action", f"{item}action/", runs),
        ("meetings:outcome", f"{item}actions/{world.set_there.pk}/", runs),
        ("meetings:take_off", f"{waits}take-off/", runs),
        ("escalation:mine", "/escalation/", "manager"),
        ("escalation:mine", "/escalation/", "social-worker", "with something overdue"),
        ("escalation:mine", "/escalation/", "missing", "with none"),
        ("escalation:overdue", f"/escalation/overdue/{world.overdue.pk}/", "social-worker"),
        ("escalation:ladder", "/escalation/ladder/", "manager"),
        ("escalation:about_child", f"/escalation/children/{girl}/", "social-worker"),
        ("escalation:raise", f"/escalation/children/{girl}/raise/", "social-worker"),
        ("escalation:disagreement", between, "manager"),
        ("escalation:respond", f"{between}answer/", "manager"),
        ("escalation:go_up", f"{between}up/", "manager"),
        ("escalation:resolve", f"{between}resolve/", "manager"),
        ("escalation:learn", f"{between}learning/", "manager"),
    ]
