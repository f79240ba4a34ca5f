"""The pages of where a child stands, for the visit of every page: address, path, who looks, and how."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from rowan.access.models import Why
from rowan.agencies.models import Practitioner
from rowan.agencies.rules.roles import Role
from rowan.assessments.actions import (
    approve,
    ask_to_step_down,
    decide_step_down,
    open_strand,
    record_dissent,
    record_seen,
    record_statutory,
    record_transition,
    write,
)
from rowan.assessments.rules.step_down import Asked
from rowan.assessments.rules.written import Said
from rowan.questions.actions import answer_strategy
from rowan.questions.waiting import unanswered_signs
from tests import people_in_tests as invented
from tests.acceptance.conftest import World

SAYS = {
    "written_as": "assessment",
    "narrative": "An adult nobody knows waits for her after school. Her aunt saw him twice in May.",
    "childs_words": "He is my friend, he just drives us about",
    "child_view": "She sees no harm in it.",
    "carer_view": "Her mother is worried and rings her every evening.",
    "school_not_sought": "It is half term; her form tutor is asked on Monday",
    "noticed": ("ADU-05", "FAM-02", "PEER-02", "PEER-05"),
    "harm_words": "She told her aunt of a hotel in another town.",
    "state": "experiencing_harm",
    "why_state": "She has been taken to a hotel by an adult she hardly knows.",
    "urgency": "immediate",
    "confidence": "partly",
    "trend": "worse",
}


def somebody_to_look(world: World):
    """A manager who works with the girl; and the co-ordinator, who is asked where there is no sign of harm."""
    council = world.agencies[invented.COUNCIL]
    world.manager = Practitioner.objects.filter(username="manager").first() or invented.practitioner(
        "manager", Role.APPROVING_MANAGER, council, "Ann Poole"
    )
    for each in (world.manager, world.coordinator):
        invented.involve(world.girl, council, Why.WORKING_WITH, each.username, practitioner=each)
    return world.manager


def said(**more) -> Said:
    today = timezone.localdate()
    return Said(**{**SAYS, "harm_seen_on": today, "review_on": today + timedelta(days=28), **more})


def assess_something(world: World, now) -> None:
    """Two versions about the girl, a step-down that was not agreed to and one that waits, and one of each thing beside them."""
    manager, today = somebody_to_look(world), timezone.localdate(now)
    who = {"person_id": world.girl.id, "by": world.worker, "now": now}
    open_strand(token=uuid4(), lead=world.worker, why="Her school is worried", **who)
    first = write(said(narrative="A man waits for her."), token=uuid4(), second=manager, **who)
    approve(first, approved=True, by=manager, now=now)
    world.version = write(said(), token=uuid4(), second=manager, **who)
    approve(world.version, approved=True, by=manager, now=now)
    for sign in unanswered_signs().filter(person=world.girl, by_day=True):
        answer_strategy(
            sign,
            held=True,
            reason="Held at two",
            manager="Ann Poole",
            other_children="None",
            by=world.worker,
            now=now,
        )
    asked = Asked("watched", "significant_concern", "Home every night", "She feels safe", today + timedelta(days=60))  # fmt: skip
    declined = ask_to_step_down(asked, token=uuid4(), second=manager, **who)
    decide_step_down(declined, agreed=False, words="Two weeks are too short", by=manager, now=now)
    world.step_down = ask_to_step_down(asked, token=uuid4(), second=manager, **who)
    record_seen(token=uuid4(), on=today, seen_by="Joan Eccles", words="At home, alone", **who)
    record_statutory(
        token=uuid4(), fact="referral", on=today - timedelta(days=9), reference="LCS 4711", **who
    )
    record_transition(token=uuid4(), to_whom="GET THERE", plan="From July", young_persons_view="Glad", **who)
    record_dissent(
        token=uuid4(), words="We would have gone further", agency=world.agencies[invented.SCHOOL], said_by="Sian Blakemore", **who
    )  # fmt: skip


def visits_of_assessments(world: World) -> list[tuple]:
    child = f"/assessments/children/{world.girl.id}/"
    worker, manager = "social-worker", "manager"
    return [
        ("assessments:listed", "/assessments/", worker),
        ("assessments:listed", "/assessments/", "administrator", "nobody on it"),
        ("assessments:child", child, worker),
        ("assessments:compare", f"{child}compare/", worker),
        ("assessments:write", f"{child}write/", worker),
        ("assessments:hand_over", f"{child}hand-over/", worker),
        ("assessments:ask_to_step_down", f"{child}step-down/", worker),
        ("assessments:look_back", f"{child}look-back/", worker, "nothing to look back at"),
        ("assessments:seen", f"{child}seen/", worker),
        ("assessments:dissent", f"{child}disagree/", worker),
        ("assessments:statutory", f"{child}statutory/", worker),
        ("assessments:transition", f"{child}move-at-18/", worker),
        ("assessments:version", f"/assessments/versions/{world.version.pk}/", worker),
        ("assessments:look_at", f"/assessments/versions/{world.version.pk}/look-at/", worker, "her own"),
        ("assessments:step_down", f"/assessments/step-downs/{world.step_down.pk}/", manager),
        ("assessments:begin", f"/assessments/children/{world.boy.id}/begin/", "triage"),
    ]
