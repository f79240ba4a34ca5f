"""The pages of who has looked, of questions about looks and of the trail itself, for the visit of every page."""

from rowan.agencies.rules.roles import Role
from rowan.people.models import Name
from rowan.single_view.actions import answer
from rowan.single_view.models import LooksQuestion
from rowan.single_view.patterns import look_for_patterns
from tests import people_in_tests as invented
from tests.acceptance.conftest import World
from tests.lines_in_tests import Left, leave

LOOKS_REST_ON_NO_FILE = dict.fromkeys(
    ["single_view:who_has_looked", "looks:questions", "looks:question", "trail:lines"], "the trail"
)


def look_at_something(world: World, now) -> None:
    """A worker whose surname the boy once bore has looked at him; two questions, one of them answered."""
    council = world.agencies[invented.COUNCIL]
    other = invented.practitioner("analyst", Role.ANALYST, council, "Ines Holloway")
    Name.objects.filter(person=world.boy, agency_code=invented.POLICE).update(surname="Eccles")
    leave(Left(who, now, world.boy.id, how="reason") for who in (world.worker, other))
    look_for_patterns(now)
    world.looks_question = LooksQuestion.objects.get(practitioner=world.worker)
    world.looks_answered = answer(
        LooksQuestion.objects.get(practitioner=other), kind="explained",
        words="No relation: her manager and she say so", by=world.looks_question.asked_of, now=now,
    )  # fmt: skip


def visits_of_looks(world: World) -> list[tuple]:
    return [
        ("single_view:who_has_looked", f"/children/{world.girl.id}/who-has-looked/", "social-worker"),
        ("single_view:who_has_looked", f"/children/{world.boy.id}/who-has-looked/", "governance", "by number"),
        ("single_view:who_has_looked", f"/children/{world.girl.id}/who-has-looked/?kind=shared", "social-worker", "narrowed"),
        ("looks:questions", "/questions-about-looks/", "governance"),
        ("looks:question", f"/questions-about-looks/{world.looks_question.pk}/", "governance"),
        ("looks:question", f"/questions-about-looks/{world.looks_answered.pk}/", "governance", "answered"),
        ("trail:lines", "/trail/", "governance"),
        ("trail:lines", "/trail/?act=sign_in&practitioner=nobody-here", "governance", "an error"),
    ]  # fmt: skip
