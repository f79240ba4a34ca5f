"""Without the trail the act fails: every act that a test calls is first tried with no trail to write on, and must fail and change nothing.

An act is a public function of a room that takes `by`, or that leaves a line itself, on whichever shelf it stands. Each is tried some
times a run, wherever the tests happen to call it; one that no test ever tried is named at the end (tests/integration/conftest.py).
"""

import ast
import contextlib
import copy
import functools
import importlib
import re
import sys
import threading
from collections import Counter
from pathlib import Path

from django.db import DatabaseError, connection
from django.urls import URLPattern

from rowan.access.reading import ROWAN as ROWAN_ITSELF
from rowan.access.reading import reading_as
from rowan.audit_trail.databases import writing_last

ROWAN = Path(__file__).resolve().parents[1] / "rowan"
# The trail itself; what shows, asks and decides; what is no part of a home at work.
NO_ACTS = {
    "audit_trail", "rules", "migrations", "management", "templates", "templatetags", "synthetic",
    "views", "urls", "forms", "tables", "middleware",
}  # fmt: skip
# They take `by` to ask what somebody may do or know of, and neither change nor show anything themselves.
ONLY_ASKS = {
    "agencies.absences.whose_absences",
    "missing.one_absence.other_of",
    "missing.shown.counted",
    "missing.shown.for_huddle",
    "missing.shown.may_see",
    "missing.shown.missing_now",
    "missing.shown.side_by_side",
    "questions.actions.switching_rules.may_switch_rules",
    "questions.shown_cards.cards",
    "questions.shown_dry_runs.listed",
    "questions.shown_cards.sign_cards",
    "sharing.reading.handed_to",
    "sharing.reading.may_know_of",
    "sharing.reading.may_read",
    "sharing.reading.may_read_request",
    "sharing.shown.decisions_listed",
    "sharing.shown.for_child",
    "sharing.shown.owed_to_ask",
    "sharing.shown.requests_waiting",
    "sharing.shown.to_look_at_again",
    "sharing.shown.usable",
    "sharing.shown_service_consents.may_read",
    "sharing.shown_service_consents.services_of",
    "timescales.changing_settings.may_change",
    # plans, meetings, escalation
    "escalation.actions.disagreements.may_move",
    "escalation.actions.disagreements.may_read",
    "escalation.actions.overdue.overdue_of",
    "escalation.shown.about_child",
    "escalation.shown.cards",
    "escalation.shown.disagreements_of",
    "escalation.shown.named",
    "meetings.held.what_is_held",
    "meetings.opened.items_shown",
    "meetings.opened.must_run",
    "meetings.opened.place_at",
    "meetings.opened.reads_minutes",
    "meetings.opened.runs",
    "plans.reading.may_end",
    "plans.reading.may_know_of",
    "plans.reading.may_read",
    "plans.shown.cards_of_mine",
    "plans.shown.open_actions_of",
    "plans.shown.plan_of",
}
# ---- concerns: of a child they show nothing but by `open_record`, which leaves its own line.
ONLY_ASKS |= {
    "concerns.actions.adding.refusal_to_add",
    "concerns.actions.drafts.open_draft",
    "concerns.actions.protections.must_see",
    "concerns.actions.refusing.must_triage",
    "concerns.actions.searching.may_search",
    "concerns.actions.waiting_for_social_care.waits_for_social_care",
    "concerns.arrests.waiting",
    "concerns.reading.may_open",
}
# ---- assessments
ONLY_ASKS |= {
    "assessments.actions.drafts.draft_of",
    "assessments.listed.children_open",
    "assessments.shown.where_she_stands",
}
# Always called by another act, in its transaction, and so tried with it.
ONLY_WITHIN = {
    "access.clocks.follow": "timescales.passing_on.pass_on",
    "access.hiding.undo_shut_out": "concerns.actions.triage, where a concern turns out to be about another child",
    "agencies.accounts.take_role": "agencies.accounts.change_role, agencies.awaited_roles.confirm",
    "agencies.refused_lines.refused_on_the_trail": "the act that was refused, whose line it leaves",
    "agencies.actions.add_person": "agencies.accounts.make_account, agencies.demonstration.make_people",
    "agencies.actions.hold_post": "agencies.demonstration.make_people",
    "agencies.passing_on.pass_on_everything": "the end of an account, the entering of an absence",
    "chronology.notes.write_line": "the act whose note it is",
    "concerns.actions.acknowledging.pass_to_worker": "concerns.actions.deciding.decide",
    "concerns.actions.into_chronology.write_into_chronology": "the saying which child a concern is about",
    "concerns.actions.stepping.leave_line": "the act of triage whose line it is",
    "concerns.actions.waiting_for_social_care.wait_for_social_care": "the deciding of a concern, the mirroring of a fact",
    "concerns.clocks.follow": "timescales.passing_on.pass_on",
    "missing.actions.findings.leave_lines": "missing.actions.interviews.hear",
    "missing.actions.reporting.stands_on_the_board": "missing.actions.reporting.report, missing.actions.nobody_known",
    "missing.actions.stepping.leave_event": "the act or the taking in whose step it is",
    "matching.clocks.follow": "timescales.passing_on.pass_on",
    "missing.clocks.follow": "timescales.passing_on.pass_on",
    "questions.actions.promises.let_fall": "questions.actions.answering.correct",
    "questions.clocks.follow": "timescales.passing_on.pass_on",
    "records.erasing.erase": "sharing.actions.deleting.delete",
    "sharing.clocks.follow": "timescales.passing_on.pass_on",
    # plans, meetings, escalation
    "escalation.actions.going_up.end_what_stopped": "escalation.actions.going_up.take_overdue_up",
    "escalation.actions.stages.begin_stage": "the raising of a disagreement, or what takes it up",
    "escalation.clocks.follow": "timescales.passing_on.pass_on",
    "meetings.clocks.follow": "timescales.passing_on.pass_on",
    "plans.actions.begin_action": "plans.actions.set_action, meetings.actions.deciding",
    "plans.actions.carry": "meetings.actions.minutes",
    "plans.actions.close_action": "plans.actions.end_action, meetings.actions.deciding",
    "plans.clocks.follow": "timescales.passing_on.pass_on",
}
ONLY_WITHIN["single_view.clocks.hand_to"] = "single_view.passing_on.pass_on, the night that asks"
ONLY_WITHIN["assessments.clocks.follow"] = "timescales.passing_on.pass_on"
LEAVES_A_LINE = {"record", "record_list_shown", "record_search"}
WRITES_TO = re.compile(r"\s*(?:insert(?: or \w+)? into|update|delete from)\s+\"?(\w+)", re.IGNORECASE)
# With the trail asked for and not had. A few are enough: what an act does depends on what it is given, and two tests differ.
TRIES = 3
# Calls in one test that were refused before the trail was ever asked, as a test of a refusal is full of.
CALLS = 12


def modules_that_act() -> dict[str, str]:
    """By name, the source of every module in which an act may stand."""
    return {
        ".".join(parts): path.read_text(encoding="utf-8")
        for path in sorted(ROWAN.rglob("*.py"))
        for parts in [path.relative_to(ROWAN).with_suffix("").parts]
        if not NO_ACTS & set(parts) and not parts[-1].endswith(("_views", "_forms", "_urls"))
    }


def acts() -> dict[str, object]:
    """Every act, by its room, module and name."""
    return {
        f"{name}.{act}": getattr(importlib.import_module(f"rowan.{name}"), act)
        for name, source in modules_that_act().items()
        for act in _named_acts(source)
    }


def _named_acts(source: str) -> list[str]:
    tree = ast.parse(source)
    by_name = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return [
        name
        for name, node in by_name.items()
        if isinstance(node, ast.FunctionDef)
        and not name.startswith("_")
        and (
            "by" in [argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]]
            or reaches(name, by_name, LEAVES_A_LINE)
        )
    ]


def reaches(name: str, by_name: dict[str, ast.AST], goal: set[str], seen: frozenset = frozenset()) -> bool:
    """Whether a function calls one of these, itself or through what stands in its own module."""
    called = {
        call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        for call in ast.walk(by_name[name])
        if isinstance(call, ast.Call)
    }
    within = called & set(by_name) - seen - {name}
    return bool(called & goal) or any(reaches(each, by_name, goal, seen | {name}) for each in within)


class Watch:
    """Which tables hold other rows at its end than at its beginning. Only those are read that something is written to, just before it is."""

    def __init__(self):
        self.before: dict[str, list] = {}

    def __enter__(self):
        self.watching = connection.execute_wrapper(self._look_first)
        self.watching.__enter__()
        return self

    def __exit__(self, *_):
        self.watching.__exit__(None, None, None)
        self.changed = {
            table: sorted(set(rows) ^ set(now)) or ["the same rows, another number of times"]
            for table, rows in self.before.items()
            if (now := _rows(table)) != rows
        }

    def _look_first(self, execute, sql, params, many, context):
        if (written := WRITES_TO.match(sql)) and written[1] not in self.before:
            self.before[written[1]] = _rows(written[1])
        return execute(sql, params, many, context)


def _rows(table: str) -> list[str]:
    """All of them, whoever is reading meanwhile: an act may write with other eyes than its caller's."""
    with reading_as(ROWAN_ITSELF), connection.cursor() as cursor:
        cursor.execute(f"select * from {connection.ops.quote_name(table)}")
        return sorted(map(repr, cursor.fetchall()))


class NoTrail:
    """While it lasts no line can be written. Says whether anybody asked."""

    def __init__(self):
        self.asked = False

    def __enter__(self):
        self.write, writing_last.write = writing_last.write, self._refuse
        return self

    def __exit__(self, *_):
        writing_last.write = self.write

    def _refuse(self, *_):
        self.asked = True
        raise DatabaseError("The trail is not to be had.")


class Tried:
    """How often each act was called to be tried, and how often it asked for the trail and failed."""

    def __init__(self):
        self.calls: Counter = Counter()
        self.failed: Counter = Counter()

    def begin_test(self) -> None:
        """An act that has yet to fail may be tried again: refusals in one test, whichever came first, use up no later test's tries."""
        for name in set(self.calls) - set(+self.failed) - ONLY_ASKS - set(ONLY_WITHIN):
            del self.calls[name]

    def enough(self, name: str) -> bool:
        return self.failed[name] >= TRIES or self.calls[name] >= CALLS

    def try_first(self, name: str, act, args: tuple, given: dict) -> None:
        try:
            again = copy.deepcopy((args, given))
        except Exception:  # noqa: BLE001 (something that is only there once, such as an open file or a request)
            again = args, given
        self.calls[name] += 1
        went_on = False
        with Watch() as watch, NoTrail() as trail, contextlib.suppress(Exception):
            act(*again[0], **again[1])
            went_on = True
        assert not watch.changed, f"{name} changed {sorted(watch.changed)} without a line on the trail"
        assert not (trail.asked and went_on), f"{name} went on though its line could not be written"
        self.failed[name] += trail.asked


def try_each_first_without_the_trail(found: dict[str, object], tried: Tried) -> list[tuple]:
    """Put a stand-in wherever an act is known by its name, or answers at an address. Returns how to take them out again."""
    stand_ins = {id(act): _stand_in(name, act, tried) for name, act in found.items()}
    replaced = []
    for keeper in _keepers_of_acts():
        for attribute, value in list(vars(keeper).items()):
            if stand_in := stand_ins.get(id(value)):
                replaced.append((keeper, attribute, value))
                setattr(keeper, attribute, stand_in)
    return replaced


def _keepers_of_acts() -> list[object]:
    """The modules that are loaded, and the addresses of those that list some: they keep what answers, whatever its name stands for later."""
    modules = [
        module
        for module in list(sys.modules.values())
        if getattr(module, "__name__", "").split(".")[0] in {"rowan", "tests"} and module.__name__ != __name__
    ]
    listed = [pattern for module in modules for pattern in getattr(module, "urlpatterns", [])]
    return [*modules, *(pattern for pattern in listed if isinstance(pattern, URLPattern))]


def _stand_in(name: str, act, tried: Tried):
    @functools.wraps(act)
    def first_without(*args, **given):
        if not tried.enough(name) and _may_be_tried():
            tried.try_first(name, act, args, given)
        return act(*args, **given)

    return first_without


def _may_be_tried() -> bool:
    """Not inside another act, which is tried whole; not while queries are counted; not where others are at work meanwhile."""
    alone = threading.current_thread() is threading.main_thread()
    return alone and not connection.in_an_act() and not connection.force_debug_cursor
