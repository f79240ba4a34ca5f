"""The pages of triage, for the visit of every page: address, path, who looks, and how."""

from uuid import uuid4

from django.utils import timezone

from rowan.concerns.actions import checks, deciding, part_known, protections, telling, triage
from rowan.concerns.actions.deciding import Deciding
from rowan.concerns.rules.protections import About
from tests import concerns_in_tests
from tests import people_in_tests as invented
from tests.acceptance.conftest import World

# Addresses that only take a form.
NO_PAGE_OF_TRIAGE = {
    "concerns:begin_screening",
    "concerns:acknowledge",
    "concerns:part_known",
    "concerns:source",
}
TRIAGE_RESTS_ON_NO_FILE = dict.fromkeys(
    [
        "concerns:urgency",
        "concerns:say_who",
        "concerns:nobody_known",
        "concerns:ask_for_check",
        "concerns:agency_check",
        "concerns:decide",
        "concerns:statutory_fact",
        "concerns:tell_referrer",
        "concerns:write_reply",
        "concerns:reach_referrer",
        "concerns:ask_who_a_source_is",
        "concerns:challenge",
        "concerns:licensing",
        "concerns:resolve",
    ],
    "what somebody told, and a form about it",
) | {"concerns:law_and_clocks": "the law and the hub’s settings"}


def screen_something(world: World, now) -> None:
    """A concern that is being screened, one that is decided, and one whose referrer was told."""
    amina = {"first_name": "Amina", "surname": "Larkfield", "age": 14, "school": "Larch Hill"}
    world.screened, world.decided, world.told = (
        concerns_in_tests.concern(
            by=world.lead, details=amina, names=[("Taz", "driver of a silver hatchback")], received_at=now
        )
        for _ in range(3)
    )
    invented.happened(
        world.girl, invented.days_ago(4), "arrested", "Arrested", by=invented.POLICE, compartment="police"
    )
    desk = {"by": world.triage, "now": now}
    for concern in (world.screened, world.decided, world.told):
        triage.begin_screening(concern.pk, **desk)
        triage.say_who(
            concern.pk, person_id=world.girl.id, how_known="Same name and school", opened_on="none", **desk
        )
    school = world.agencies[invented.SCHOOL]
    world.check = checks.ask_agency(
        world.screened.pk, token=uuid4(), agency=school, asks="Has she been in school?", **desk
    )
    heard = world.screened.names_heard.get()
    world.part = part_known.found_part_known(world.screened.pk, name_id=heard.pk, **desk)
    world.protection = protections.begin(
        token=uuid4(), person_id=world.girl.id, about=About.NRM.value, learned_on=timezone.localdate(now), **desk
    )  # fmt: skip
    for concern in (world.decided, world.told):
        said = Deciding("to_worker", "Her worker is seeing her tomorrow")
        deciding.decide(concern.pk, said, token=uuid4(), **desk)
    telling.tell_referrer(world.told.pk, how="in_rowan", **desk)


def visits_of_triage(world: World) -> list[tuple]:
    one, decided, told = (
        f"/concerns/triage/{each.pk}/" for each in (world.screened, world.decided, world.told)
    )
    return [
        ("concerns:triage", "/concerns/triage/", "triage"),
        ("concerns:search", "/concerns/triage/search/", "triage"),
        ("concerns:arrests", "/concerns/arrests/", "triage"),
        ("concerns:arrests", "/concerns/arrests/", "school-lead", "with none"),
        ("concerns:law_and_clocks", "/concerns/protections/law/", "triage"),
        ("concerns:triage_one", one, "triage"),
        ("concerns:triage_one", decided, "triage", "decided"),
        ("concerns:triage_one", f"/concerns/triage/{world.concern.pk}/", "triage", "received"),
        ("concerns:urgency", f"{one}urgency/", "triage"),
        ("concerns:who", f"{one}who/", "triage"),
        ("concerns:say_who", f"{one}this-child/?person_id={world.girl.id}", "triage"),
        ("concerns:nobody_known", f"{one}nobody-known/", "triage"),
        ("concerns:ask_for_check", f"{one}ask/", "triage"),
        ("concerns:decide", f"{one}decide/", "triage"),
        ("concerns:licensing", f"{one}licensing/{world.screened.names_heard.get().pk}/", "triage"),
        ("concerns:statutory_fact", f"{decided}social-care/", "triage"),
        ("concerns:tell_referrer", f"{decided}tell/", "triage"),
        ("concerns:write_reply", f"{one}reply/", "triage"),
        ("concerns:reach_referrer", f"{one}reach/", "triage"),
        ("concerns:ask_who_a_source_is", "/concerns/sources/", "exploitation-team"),
        ("concerns:challenge", f"{told}disagree/", "school-lead"),
        ("concerns:agency_check", f"/concerns/triage/checks/{world.check.pk}/", "school-lead"),
        ("concerns:protections", f"/concerns/triage/children/{world.girl.id}/protections/", "triage"),
        ("concerns:protection", f"/concerns/triage/protections/{world.protection.pk}/", "triage"),
        ("concerns:resolve", f"/concerns/triage/part-known/{world.part.pk}/", "triage"),
    ]
