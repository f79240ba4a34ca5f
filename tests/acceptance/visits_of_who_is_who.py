"""The pages of who is who, for the visit of every page: address, path, who looks, and how."""

from rowan.matching.actions import answer, undo
from tests import people_in_tests as invented
from tests.acceptance.conftest import World
from tests.pairs_in_tests import rid_of, unsure

WHO_IS_WHO_RESTS_ON_NO_FILE = dict.fromkeys(
    ["who_is_who:judgements", "who_is_who:take_back"], "what somebody judged"
)


def judge_something(world: World, now) -> None:
    """One pair that waits, and one that was judged and taken back and judged again."""
    school = world.agencies[invented.SCHOOL]
    twin = invented.child("Aminah", "Larkfield", sex="F", age=14, school=school)
    world.pair = unsure(world.girl, twin)
    judged = unsure(twin, world.boy)
    said = {"verdict": "not_same", "why": "One is a boy of another family", "by": world.triage, "now": now}
    first = answer(judged.left_rid, judged.right_rid, **said)
    undo(first.pk, why="I had read the wrong file", by=world.triage, now=now)
    world.judgement = answer(judged.left_rid, judged.right_rid, **said)
    assert rid_of(twin)


def visits_of_who_is_who(world: World) -> list[tuple]:
    pair = f"/who-is-who/{world.pair.left_rid}/{world.pair.right_rid}/"
    return [
        ("who_is_who:pairs", "/who-is-who/", "triage"),
        ("who_is_who:pair", pair, "triage"),
        ("who_is_who:judgements", "/who-is-who/judgements/", "triage"),
        ("who_is_who:take_back", f"/who-is-who/judgements/{world.judgement.pk}/take-back/", "triage"),
    ]
