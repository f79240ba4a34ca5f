"""The schedule, retries and the reaper: due once, done again when its worker was killed, given up after some attempts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from rowan.timescales import background, declared
from rowan.timescales.models import Scheduled
from rowan.timescales.rules.background import ATTEMPTS, KILLED_AFTER, due_time, wait_before

NOW = datetime(2026, 6, 1, 9, 7, 30, tzinfo=ZoneInfo("UTC"))
done: list[str] = []
failures = {"left": 0}


def scheduled(*, now):
    done.append("scheduled")


@task()
def some_work(word: str) -> None:
    if failures["left"]:
        failures["left"] -= 1
        raise ValueError(f"a name that must not be kept: {word}")
    done.append(word)


@pytest.fixture(autouse=True)
def nothing_done(db, monkeypatch):
    done.clear()
    failures["left"] = 0
    monkeypatch.setattr(background, "declared_schedule", lambda: [(f"{__name__}.scheduled", 5)])


def work_until_idle():
    background.work("test", stop=lambda: False, interval=0, until_idle=True)


def queue():
    return DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL)


def test_work_put_in_the_queue_is_done_once(monkeypatch):
    monkeypatch.setattr(background, "declared_schedule", list)
    some_work.enqueue("once")
    work_until_idle()
    work_until_idle()
    assert done == ["once"]


def test_an_act_that_is_rolled_back_leaves_no_work():
    with pytest.raises(RuntimeError), transaction.atomic():
        some_work.enqueue("never")
        raise RuntimeError
    assert not DBTaskResult.objects.exists()


def test_scheduled_work_is_put_in_the_queue_once_for_each_time_it_is_due():
    assert [background.put_what_is_due(NOW) for _ in range(3)] == [1, 0, 0]
    assert background.put_what_is_due(NOW + timedelta(minutes=2)) == 0
    assert background.put_what_is_due(NOW + timedelta(minutes=3)) == 1
    # No worker ran for a day: it is due once, not 288 times.
    assert background.put_what_is_due(NOW + timedelta(days=1)) == 1
    assert Scheduled.objects.get().due_at == due_time(NOW + timedelta(days=1), 5)


def test_a_worker_that_read_the_schedule_before_another_moved_it_on_puts_nothing_twice():
    function, due_at = f"{__name__}.scheduled", due_time(NOW, 5)
    assert background._is_mine(function, due_at)
    assert not background._is_mine(function, due_at)
    assert background._is_mine(function, due_at + timedelta(minutes=5))
    assert not background._is_mine(function, due_at)


def test_only_what_a_room_declares_is_run_from_the_schedule():
    background.run_scheduled.enqueue("os.getcwd")
    background.run_scheduled.enqueue(f"{__name__}.scheduled")
    Scheduled.objects.create(function=f"{__name__}.scheduled", due_at=timezone.now() + timedelta(days=1))
    work_until_idle()
    assert done == ["scheduled"]


def test_what_failed_is_tried_again_later_and_its_words_are_not_kept(caplog):
    failures["left"] = 1
    some_work.enqueue("Canary Larkfield")
    row = background.claim("one")
    assert background.do(row) is False
    row.refresh_from_db()
    assert row.status == TaskResultStatus.READY
    assert row.run_after > timezone.now() + wait_before(1) - timedelta(seconds=20)
    assert row.exception_class_path == "builtins.ValueError"
    assert "some_work" in row.traceback
    assert "Canary" not in row.traceback + caplog.text
    assert background.claim("one") is None


def test_after_some_attempts_it_is_given_up_shown_and_can_be_put_back():
    failures["left"] = ATTEMPTS
    some_work.enqueue("at last")
    for _ in range(ATTEMPTS):
        DBTaskResult.objects.update(run_after=timezone.now())
        background.do(background.claim("one"))
    assert background.claim("one") is None
    assert background.state().given_up == [("some_work", "ValueError", 1)]
    assert background.put_back_given_up(timezone.now()) == 1
    background.do(background.claim("one"))
    assert done == ["at last"]


def test_what_a_killed_worker_left_is_put_back_and_one_that_still_works_is_left_alone():
    some_work.enqueue("left behind")
    row = background.claim("killed")
    assert background.put_back_what_was_killed(timezone.now()) == 0
    late = timezone.now() + KILLED_AFTER + timedelta(seconds=1)
    assert background.put_back_what_was_killed(late) == 1
    assert queue().get().status == TaskResultStatus.READY
    DBTaskResult.objects.update(run_after=timezone.now())
    again = background.claim("another")
    # The first was not killed after all, only slow: what it says no longer counts.
    background.do(row)
    assert queue().get().status == TaskResultStatus.RUNNING
    background.do(again)
    assert not queue().exists()


def test_work_whose_workers_are_always_killed_is_given_up_too():
    some_work.enqueue("a killer")
    for _ in range(ATTEMPTS):
        DBTaskResult.objects.update(run_after=timezone.now())
        background.claim("killed")
        background.put_back_what_was_killed(timezone.now() + KILLED_AFTER * 2)
    assert background.state().given_up == [("some_work", background.KILLED, 1)]


def test_what_is_done_is_forgotten_after_a_week():
    some_work.enqueue("old")
    background.do(background.claim("one"))
    background.forget_what_is_done(timezone.now() + timedelta(days=6))
    assert DBTaskResult.objects.count() == 1
    background.forget_what_is_done(timezone.now() + timedelta(days=8))
    assert not DBTaskResult.objects.exists()


def test_the_rooms_schedules_are_gathered_and_every_function_is_there():
    from django.utils.module_loading import import_string

    monkeyed = declared.declared_schedule()
    assert ("rowan.timescales.passing_on.pass_on", 5) in monkeyed
    assert ("rowan.notices.actions.send_what_waits", 1) in monkeyed
    for function, minutes in monkeyed:
        assert callable(import_string(function))
        assert 0 < minutes <= 24 * 60


def test_the_page_of_how_rowan_is_running_says_how_background_work_stands(client):
    from rowan.agencies.rules.roles import Role
    from tests import people_in_tests as invented

    council = invented.three_agencies()[invented.COUNCIL]
    client.force_login(invented.practitioner("administrator", Role.ADMINISTRATOR, council))
    failures["left"] = ATTEMPTS
    some_work.enqueue("Canary")
    for _ in range(ATTEMPTS):
        DBTaskResult.objects.update(run_after=timezone.now())
        background.do(background.claim("one"))
    page = client.get("/running/").content.decode()
    assert "1 of some_work (ValueError)" in page
    assert "every running clock has somebody who is there" in page
    assert "Canary" not in page
