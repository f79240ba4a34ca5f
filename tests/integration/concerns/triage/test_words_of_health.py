"""Words that belong to health are asked about wherever triage and the agencies it asks write, and that a pregnancy ends is kept out of it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from rowan.concerns.actions import checks, licensing, part_known, triage
from rowan.concerns.rules.kept_in_health import KEPT_IN_HEALTH, THINK_OF_ENDED, THINK_OF_SEXUAL_HEALTH
from rowan.refusals import NotPossible
from tests import people_in_tests as invented

ENDED = "She had a termination last month"
OF_HEALTH = "The nurse gave her a pregnancy test"
TODAY = invented.days_ago(0)


@pytest.fixture
def screened(desk):
    concern = desk.concern(names=[("Taz", "driver of a silver hatchback")])
    triage.begin_screening(concern.pk, by=desk.officer, now=desk.now)
    return concern


def forms_of_the_desk(concern, desk) -> dict[str, tuple]:
    """By the page: its address, the box of words, and the rest of what it asks."""
    name = concern.names_heard.get()
    part = part_known.found_part_known(concern.pk, name_id=name.pk, by=desk.officer, now=desk.now)
    day = {"looked_on_day": TODAY.day, "looked_on_month": TODAY.month, "looked_on_year": TODAY.year}
    register = {
        "register": "drivers",
        "kept_by": "The council",
        "sought": "Taz",
        "found": "found",
        **day,
    }
    return {
        "urgency": ("urgency", [concern.pk], "why", {"urgency": "amber", "opened_on": triage.version_of(concern.urgencies.last())}),
        "who": ("say_who", [concern.pk], "how_known", {"person_id": desk.girl.pk, "opened_on": "none"}),
        "nobody": ("nobody_known", [concern.pk], "how_known", {"first_name": "Amina", "opened_on": "none"}),
        "asked": ("ask_for_check", [concern.pk], "asks", {"agency": desk.police.pk}),
        "register": ("licensing", [concern.pk, name.pk], "details", register | {"why": "He drives children"}),
        "part known": ("resolve", [part.pk], "how_known", {"then": "choose", "into": desk.boy.pk, "opened_on": "none"}),
    }  # fmt: skip


@pytest.mark.parametrize("page", ["urgency", "who", "nobody", "asked", "register", "part known"])
def test_that_a_pregnancy_ends_is_refused_and_sexual_health_is_asked_about_once(client, desk, screened, page):
    address, args, box, rest = forms_of_the_desk(screened, desk)[page]
    client.force_login(desk.officer)
    path, rest = reverse(f"concerns:{address}", args=args), rest | {"token": uuid4()}
    refused = client.post(path, rest | {box: ENDED})
    assert refused.status_code == 200 and KEPT_IN_HEALTH in refused.content.decode()
    assert KEPT_IN_HEALTH in client.post(path, rest | {box: ENDED, "thought_of": "yes"}).content.decode()
    asked = client.post(path, rest | {box: OF_HEALTH})
    assert asked.status_code == 200 and THINK_OF_SEXUAL_HEALTH in asked.content.decode()
    assert OF_HEALTH in asked.content.decode() and asked.context["form"]["thought_of"].value() == "yes"
    assert client.post(path, rest | {box: OF_HEALTH, "thought_of": "yes"}).status_code == 302


def asked_of(desk, screened, agency):
    return checks.ask_agency(
        screened.pk, token=uuid4(), agency=agency, asks="Do you know her?", by=desk.officer, now=desk.now
    )


def test_an_agency_outside_health_keeps_it_out_of_its_answer(client, desk, screened):
    check = asked_of(desk, screened, desk.school)
    client.force_login(desk.teacher)
    path = reverse("concerns:agency_check", args=[check.pk])
    said = {"nothing_known": "no", "answer": ENDED, "thought_of": "yes"}
    assert KEPT_IN_HEALTH in client.post(path, said).content.decode()
    check.refresh_from_db()
    assert check.answered_at is None


def test_health_is_asked_to_think_and_may_say_it_in_its_own_compartment(client, desk, screened):
    check = asked_of(desk, screened, desk.health)
    client.force_login(desk.nurse)
    path = reverse("concerns:agency_check", args=[check.pk])
    said = {"nothing_known": "no", "answer": ENDED}
    assert THINK_OF_ENDED in client.post(path, said).content.decode()
    assert client.post(path, said | {"thought_of": "yes"}).status_code == 302
    check.refresh_from_db()
    assert (check.answer, check.compartment) == (ENDED, "health")


def test_no_way_in_past_the_forms(desk, screened):
    desk_says = {"by": desk.officer, "now": desk.now}
    name = screened.names_heard.get()
    part = part_known.found_part_known(screened.pk, name_id=name.pk, **desk_says)
    register = {"register": "drivers", "kept_by": "The council", "sought": "Taz", "found": "found", "details": ""}  # fmt: skip
    ways = [
        lambda: triage.set_urgency(screened.pk, urgency="amber", why=ENDED, opened_on="none", **desk_says),
        lambda: triage.say_who(
            screened.pk, person_id=desk.girl.pk, how_known=ENDED, opened_on="none", **desk_says
        ),
        lambda: checks.ask_agency(screened.pk, token=uuid4(), agency=desk.police, asks=ENDED, **desk_says),
        lambda: checks.answer_check(
            asked_of(desk, screened, desk.school).pk, nothing_known=False, answer=ENDED, by=desk.teacher, now=desk.now
        ),
        lambda: part_known.resolve(part.pk, into=desk.boy.pk, how_known=ENDED, **desk_says),
        lambda: licensing.record_look_up(
            screened.pk, name_id=name.pk, token=uuid4(), looked_on=TODAY, why=ENDED, **register, **desk_says
        ),
    ]  # fmt: skip
    for way in ways:
        with pytest.raises(NotPossible, match="Whether a pregnancy ends"):
            way()
