"""People of a whole Rowan with something to do each, laid out by a process of its own; says as JSON where it is done and by whom.

Started by test_killed_at_work.py in a home of its own.
"""

import json
import os
from datetime import timedelta
from uuid import uuid4

import django


def lay_out() -> dict:
    from django.utils import timezone

    from rowan.access.models import Why
    from rowan.agencies.rules.posts import PostKind
    from rowan.agencies.rules.roles import Role
    from rowan.concerns.actions import triage
    from rowan.meetings.actions import draw_up, end, set_up_series, who_came
    from rowan.timescales.actions import start_clock
    from tests import concerns_in_tests
    from tests import people_in_tests as invented
    from tests.signing_in import signed_in_session

    invented.finished_run()
    agencies = invented.three_agencies()
    council, school = agencies[invented.COUNCIL], agencies[invented.SCHOOL]
    person, now, today = invented.practitioner, timezone.now(), timezone.localdate()
    officer = person("triage", Role.TRIAGE_OFFICER, council, "Priya Nair")
    worker = person("worker", Role.LEAD_PROFESSIONAL, council, "Joan Eccles")
    chair = person("chair", Role.PANEL_CHAIR, council, "Wanda Firth")
    organiser = person("organiser", Role.EXPLOITATION_COORDINATOR, council, "Colm Desai")
    teacher = person("teacher", Role.SCHOOL_SAFEGUARDING_LEAD, school, "Mr Carr")
    invented.post(PostKind.TRIAGE, council, officer)
    invented.post(PostKind.MISSING_COORDINATOR, council, organiser)
    girl = invented.child("Amina", "Larkfield", sex="F", age=14, school=school)
    boy = invented.child("Kacper", "Holloway", sex="M", age=15, school=school)
    for child in (girl, boy):
        invented.involve(child, council, Why.ALLOCATED_WORKER, "Joan Eccles", practitioner=worker)

    concern = concerns_in_tests.concern(by=teacher)
    triage.begin_screening(concern.pk, by=officer, now=now)
    triage.say_who(
        concern.pk, person_id=girl.pk, how_known="Same name and school", opened_on="none", by=officer, now=now
    )
    question = invented.question(
        girl, "missing_again", rows=[(invented.POLICE, invented.days_ago(6), "Reported missing")], to=worker,
        figures={"episodes": 3, "overnight": 3, "first_on": str(invented.days_ago(80)), "last_on": str(invented.days_ago(6))},
    )  # fmt: skip
    start_clock(
        what="a question", about_kind="question", about_id=question.pk, about_person=girl.pk, due_on=question.due_on, now=now, owner=worker
    )  # fmt: skip
    series = set_up_series(
        token=uuid4(), name="Child panel", kind="panel", rhythm="monthly", chair=chair, organiser=organiser,
        members=[worker], first_on=today, by=organiser, now=now - timedelta(minutes=9),
    )  # fmt: skip
    meeting = series.meetings.get()
    draw_up(meeting, by=organiser, now=now)
    meeting = who_came(meeting, came=[chair, organiser, worker], by=organiser, now=now)
    end(meeting, by=chair, now=now)
    return {
        "sessions": {each.username: signed_in_session(each) for each in (officer, worker, chair, organiser)},
        "concern": concern.pk.hex,
        "question": question.pk.hex,
        "boy": boy.pk,
        "meeting": meeting.pk.hex,
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rowan.website.settings")
    django.setup()
    print(json.dumps(lay_out()))  # noqa: T201
