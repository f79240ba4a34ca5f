"""The pages of missing children, for the visit of every page: address, path, who looks, and how."""

from datetime import timedelta
from uuid import uuid4

from rowan.missing import actions
from rowan.missing.actions.interviews import Heard
from rowan.missing.models import Episode
from rowan.missing.models.sheets import BOXES
from tests.acceptance.conftest import World


def go_missing(world: World, now) -> None:
    """The girl is missing now; she was before, came back and was heard; and her sheet was filled in ahead."""
    who = {"by": world.worker, "now": now}
    girl = {"person_id": world.girl.id}
    was = actions.report(
        token=uuid4(),
        began_at=now - timedelta(days=9),
        last_seen="At the bus station, in a grey coat",
        worry="She left without her telephone",
        police_reference="INC 412",
        **girl,
        **who,
    )
    was = actions.grade(was, token=uuid4(), opened_on=1, grade="high", at=now - timedelta(days=9), **who)
    was = actions.say_returned(
        was, token=uuid4(), opened_on=2, at=now - timedelta(days=8), words="By bus", **who
    )
    was = actions.offer(was, token=uuid4(), opened_on=3, how="worker", at=now - timedelta(days=8), **who)
    heard = Heard(
        independent=True,
        told_of_harm="yes",
        factors=("home_conflict", "older_person"),
        names=("Stretch",),
        words={"childs_words": "I was fed up.", "where_words": "A flat above a shop", "harm_words": "She was frightened there"},
        intelligence="A silver car, waiting",
        health="A cut on her hand",
    )  # fmt: skip
    was = actions.hear(was, token=uuid4(), opened_on=4, at=now - timedelta(days=6), heard=heard, **who)
    world.to_do = actions.add_action(
        was, token=uuid4(), what="Ring her aunt about the weekends", owner=world.worker, due_on=now.date() + timedelta(days=3), **who
    )  # fmt: skip
    world.was_missing = Episode.objects.get(pk=was.pk)
    world.is_missing = actions.report(token=uuid4(), began_at=now - timedelta(hours=3), **girl, **who)
    boy = actions.report(
        token=uuid4(), began_at=now - timedelta(days=2), person_id=world.boy.id, by=world.triage, now=now
    )
    world.back = actions.say_returned(
        boy, token=uuid4(), opened_on=1, at=now - timedelta(days=1), by=world.triage, now=now
    )
    sheet = actions.fill_in(
        token=uuid4(), opened_on="", words=dict.fromkeys(BOXES, "As her aunt told us in May."), **girl, **who
    )
    world.nobody = actions.report_nobody_known(
        token=uuid4(), called="Jo", known_by="About 14, a green coat", began_at=now - timedelta(hours=5), by=world.triage, now=now
    )  # fmt: skip
    actions.print_sheet(sheet, token=uuid4(), decision=None, **girl, **who)


def visits_of_missing(world: World) -> list[tuple]:
    girl, boy = world.girl.id, world.boy.id
    now, was, back = (f"/missing/{each.pk}/" for each in (world.is_missing, world.was_missing, world.back))
    return [
        ("missing:board", "/missing/", "missing"),
        ("missing:board", "/missing/", "youth-justice", "with none"),
        ("missing:huddle", "/missing/huddle/", "missing"),
        ("missing:report_nobody_known", "/missing/nobody-known/", "missing"),
        ("missing:episode", f"/missing/{world.nobody.pk}/", "triage", "of nobody known"),
        ("missing:who", f"/missing/{world.nobody.pk}/who/", "triage"),
        ("missing:child", f"/missing/children/{girl}/", "social-worker"),
        ("missing:child", f"/missing/children/{girl}/", "school-lead", "of a school"),
        ("missing:report", f"/missing/children/{girl}/report/", "social-worker"),
        ("missing:episode", now, "social-worker", "missing now"),
        ("missing:episode", was, "social-worker", "heard"),
        ("missing:episode", back, "missing", "back"),
        *[
            ("missing:step", f"{now}{how}/", "social-worker", how)
            for how in ("grade", "found", "returned", "not-missing")
        ],
        *[
            ("missing:step", f"{back}{how}/", "missing", how)
            for how in ("offer", "accepted", "declined", "carer", "assign", "not-possible")
        ],
        ("missing:interview", f"{back}interview/", "missing"),
        ("missing:add_action", f"{back}action/", "missing"),
        ("missing:action_done", f"/missing/actions/{world.to_do.pk}/", "social-worker"),
        ("missing:sheet", f"/missing/children/{girl}/if-missing/", "social-worker"),
        ("missing:sheet", f"/missing/children/{boy}/if-missing/", "missing", "with none"),
        ("missing:photograph", f"/missing/children/{girl}/if-missing/photograph/", "social-worker"),
        ("missing:fill_in", f"/missing/children/{girl}/if-missing/fill-in/", "social-worker"),
        ("missing:print_sheet", f"/missing/children/{girl}/if-missing/print/", "social-worker"),
    ]
