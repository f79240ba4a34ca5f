"""Background work: the schedule, the worker, and what becomes of work whose worker was killed.

Work is put in the queue in the act's own transaction (django-tasks-db), so neither happens without the other. A worker that is
killed leaves its work marked as running for ever; the reaper puts it back. So every piece of work may be done twice, and is
written so that the second time changes nothing. What failed is tried again, later each time, and after some attempts waits for a
person. Of an error only its kind and place are kept: its words may hold a name.
"""

import logging
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import OperationalError, close_old_connections, transaction
from django.db.models import Count, Max, Min
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from .declared import declared_schedule
from .models import Scheduled
from .rules.background import KILLED_AFTER, due_time, is_given_up, wait_before

KEEP_DONE = timedelta(days=7)
KILLED = "its worker was killed"
log = logging.getLogger(__name__)


@task()
def run_scheduled(function: str) -> None:
    """Do one piece of scheduled work. Only what a room declares is ever run."""
    if function not in dict(declared_schedule()):
        return
    import_string(function)(now=timezone.now())


def put_what_is_due(now: datetime) -> int:
    """Put scheduled work in the queue, once for each time it was due, however many workers ask. What was due while none ran is due once."""
    last = dict(Scheduled.objects.values_list("function", "due_at"))
    put = 0
    for function, minutes in declared_schedule():
        due_at = due_time(now, minutes)
        if function not in last or last[function] < due_at:
            with transaction.atomic():
                if _is_mine(function, due_at):
                    run_scheduled.enqueue(function)
                    put += 1
    return put


def _is_mine(function: str, due_at: datetime) -> bool:
    """Of several workers, the one whose change takes effect."""
    _, made = Scheduled.objects.get_or_create(function=function, defaults={"due_at": due_at})
    return made or bool(Scheduled.objects.filter(function=function, due_at__lt=due_at).update(due_at=due_at))


def put_back_what_was_killed(now: datetime, *, killed_after: timedelta = KILLED_AFTER) -> int:
    """What has been running for too long was left by a worker that is gone: back in the queue, or given up after so many attempts."""
    left = DBTaskResult.objects.running().filter(started_at__lt=now - killed_after)
    for row in left:
        _settle(row, _failed(row, now, KILLED, ""))
    return len(left)


def claim(worker: str) -> DBTaskResult | None:
    """Take the next piece of work, so that no other worker does."""
    if not DBTaskResult.objects.ready().exists():
        return None
    with transaction.atomic():
        row = DBTaskResult.objects.ready().select_for_update(skip_locked=True).first()
        if row:
            row.claim(worker)
    return row


def do(row: DBTaskResult) -> bool:
    """Do a claimed piece of work and settle it. What it came to counts only while it is still this worker's."""
    try:
        result = row.task_result
        row.task.call(*result.args, **result.kwargs)
    except Exception as error:  # noqa: BLE001 (whatever went wrong: it is tried again, then shown to the operator)
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        log.warning("Background work failed: %s (%s, attempt %d)", _name(row), kind, len(row.worker_ids))
        _settle(row, _failed(row, timezone.now(), kind, _where(error)))
        return False
    done = {
        "status": TaskResultStatus.SUCCESSFUL,
        "finished_at": timezone.now(),
        "exception_class_path": "",
        "traceback": "",
    }
    _settle(row, done)
    return True


def work(
    worker: str,
    *,
    stop: Callable[[], bool],
    interval: float = 1.0,
    until_idle: bool = False,
    killed_after: timedelta = KILLED_AFTER,
) -> None:
    """Do what waits until told to stop, or until nothing is left. A database that is away is waited for."""
    while not stop():
        if not until_idle:
            # A worker lives for weeks; a connection may not.
            close_old_connections()
        try:
            now = timezone.now()
            put_back_what_was_killed(now, killed_after=killed_after)
            put_what_is_due(now)
            row = claim(worker)
            if row is not None:
                do(row)
                continue
        except OperationalError as error:
            log.warning("The database cannot be reached (%s); trying again.", type(error).__name__)
        if until_idle:
            return
        time.sleep(interval)


def put_back_given_up(now: datetime) -> int:
    """For the operator: what was given up gets a fresh start."""
    return DBTaskResult.objects.failed().update(
        status=TaskResultStatus.READY, run_after=now, worker_ids=[], finished_at=None, exception_class_path=""
    )


def forget_what_is_done(now: datetime) -> None:
    DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_DONE).delete()


@dataclass(frozen=True)
class State:
    """How background work stands, for the page that shows how Rowan is running: counts and kinds, nothing of anybody."""

    waiting: int
    oldest_waiting: datetime | None
    running: int
    tried_again: int
    given_up: list[tuple[str, str, int]]  # which work, with which kind of error, how many
    last_done: datetime | None
    schedule: list[tuple[str, int, datetime | None]]


def state() -> State:
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    waiting = ready.aggregate(number=Count("pk"), oldest=Min("enqueued_at"))
    given_up = DBTaskResult.objects.failed().values_list("task_path", "exception_class_path").order_by()
    last = dict(Scheduled.objects.values_list("function", "due_at"))
    return State(
        waiting=waiting["number"],
        oldest_waiting=waiting["oldest"],
        running=DBTaskResult.objects.running().count(),
        tried_again=ready.exclude(worker_ids=[]).count(),
        given_up=[
            (path.rsplit(".", 1)[-1], kind.rsplit(".", 1)[-1], number)
            for path, kind, number in given_up.annotate(number=Count("pk"))
        ],
        last_done=DBTaskResult.objects.successful().aggregate(last=Max("finished_at"))["last"],
        schedule=[
            (function.removeprefix("rowan."), minutes, last.get(function))
            for function, minutes in declared_schedule()
        ],
    )


def _settle(row: DBTaskResult, changes: dict) -> None:
    mine = DBTaskResult.objects.running().filter(pk=row.pk, started_at=row.started_at)
    mine.update(**changes)


def _failed(row: DBTaskResult, now: datetime, kind: str, where: str) -> dict:
    attempts = len(row.worker_ids)
    if is_given_up(attempts):
        return {
            "status": TaskResultStatus.FAILED,
            "finished_at": now,
            "exception_class_path": kind,
            "traceback": where,
        }
    return {
        "status": TaskResultStatus.READY,
        "run_after": now + wait_before(attempts),
        "exception_class_path": kind,
        "traceback": where,
    }


def _where(error: BaseException) -> str:
    """File and line of each step, without the line's text and without the error's own words."""
    return "\n".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    )


def _name(row: DBTaskResult) -> str:
    return row.task_path.rsplit(".", 1)[-1]
