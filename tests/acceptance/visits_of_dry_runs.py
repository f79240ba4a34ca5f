"""The pages of a number that is tried on the past year, for the visit of every page."""

from datetime import datetime, timedelta

from django.utils import timezone

from rowan.questions.actions.dry_runs import keep_found
from rowan.questions.rules.dry_run import Compared, WouldAsk, year_before
from rowan.timescales.models import DryRun
from tests import people_in_tests as invented
from tests.acceptance.conftest import World

NAME = "questions.missing_again.episodes"
DRY_RUNS_REST_ON_NO_FILE = {"timescales:try_setting": "what people agreed"}


def try_a_setting(world: World, now: datetime) -> None:
    """Tried and done, with the girl newly asked about and the boy no longer; going on; and refused."""
    today = timezone.localdate(now)
    compared = Compared(*year_before(today))
    for week in range(1, 50, 3):
        stays = _asks(compared, world.girl.id, week, f"stays {week}")
        compared.stays.append((stays, stays))
    compared.new += [_asks(compared, world.girl.id, week, f"new {week}") for week in (5, 11, 12, 40)]
    compared.goes.append(_asks(compared, world.boy.id, 22, "goes"))
    said = {"name": NAME, "started_at": now, "started_by": "Cora Lind"}
    world.dry_run = DryRun.objects.create(value=2, **said)
    keep_found(world.dry_run, compared, today=today, now=now)
    world.dry_run_going = DryRun.objects.create(
        value=4, percent=37, doing="absence risen", heard_at=now, **said
    )
    world.dry_run_refused = DryRun.objects.create(
        value=5, finished_at=now, refused_because="Files came in or a night ran meanwhile. Try it again when they are done.", **said
    )  # fmt: skip


def _asks(compared: Compared, person: str, week: int, occasion: str) -> WouldAsk:
    rule = "missing_again"
    return WouldAsk(
        person, "hub", compared.from_on + timedelta(weeks=week), rule, frozenset({rule}), frozenset({occasion}),
        frozenset({(invented.POLICE, "police_missing")}),
    )  # fmt: skip


def visits_of_dry_runs(world: World) -> list[tuple]:
    return [
        ("timescales:setting", f"/settings/{NAME}/?value=2", "coordinator", "with values tried"),
        ("timescales:try_setting", f"/settings/{NAME}/try/", "coordinator"),
        ("questions:dry_run", f"/questions/dry-runs/{world.dry_run.pk}/", "coordinator"),
        ("questions:dry_run", f"/questions/dry-runs/{world.dry_run.pk}/", "governance", "who sees no child"),
        ("questions:dry_run", f"/questions/dry-runs/{world.dry_run_going.pk}/", "coordinator", "going on"),
        ("questions:dry_run", f"/questions/dry-runs/{world.dry_run_refused.pk}/", "coordinator", "refused"),
    ]
