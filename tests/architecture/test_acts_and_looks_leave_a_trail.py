"""Every action leaves a line on the trail; every page asks for sign-in and, when about a child, for access."""

import ast
from pathlib import Path

import pytest

from tests.without_the_trail import ONLY_ASKS, ONLY_WITHIN, acts, modules_that_act, reaches

ROWAN = Path(__file__).resolve().parents[2] / "rowan"
# Wherever they stand in their room.
ACTS = acts()
ACTIONS = sorted({ROWAN.joinpath(*name.split(".")[:-1]).with_suffix(".py") for name in ACTS})
VIEWS = sorted([*ROWAN.glob("*/*views.py"), *ROWAN.glob("*/api.py"), *ROWAN.glob("*/views/*.py")])
# `refuse` (sharing) records why not, and raises.
LEAVES_A_LINE = {"record", "record_list_shown", "open_record", "refuse", "take_step"}
# `opened`, `open_draft`, `open_request` and `opened_decision` (sharing) ask `open_record` for the child that a page is about.
ASKS_ACCESS = {"open_record", "seen_by", "opened", "open_draft", "open_request", "opened_decision"}
# `open_episode` and `opened_episode` (missing) ask it for the child of an episode.
ASKS_ACCESS |= {"open_episode", "opened_episode"}
# Taking a photograph off a sheet opens the record of the child first (missing).
ASKS_ACCESS |= {"take_off_photograph"}
# Asking for access shows nothing of a child, and must look the same whether or not there is one.
ASKS_ACCESS |= {"open_in_emergency", "look_with_a_reason"}
# A concern that begins from a question opens the record of the child it is about (concerns).
ASKS_ACCESS |= {"begin_from_question", "may_be_joined", "join_concern"}
# plans, meetings, escalation: each asks `access` for the child, or for each child, that a page is about.
ASKS_ACCESS |= {
    "open_action",
    "open_meeting",
    "open_item",
    "items_shown",
    "open_overdue",
    "open_disagreement",
}
LEAVES_A_LINE |= {"open_action", "open_meeting", "open_item", "open_overdue", "open_disagreement"}
# Pages anybody may open before signing in; each says why.
OPEN_TO_ALL = {
    "agencies.token": "an agency's system shows its own id and secret",
    "records.feeds_of_an_agency": "an agency's system shows a token of its own",
    "agencies.choose": "the way to an agency's own sign-in",
    "agencies.go": "the way to an agency's own sign-in",
    "agencies.back": "the way back from an agency's own sign-in",
    "agencies.sign_in_by_link": "a demonstration's ten-minute address",
    "concerns.stands": "an agency's system shows a token of its own",
    "concerns.receive": "an agency's system shows a token of its own",
    "concerns.tell_us": "anybody may tell of a worry",
    "concerns.begin": "anybody may tell of a worry",
    "concerns.form": "anybody may tell of a worry; a signed token leads back to the draft",
    "concerns.come_back": "somebody shows the code of a receipt, for replies and nothing else",
    "concerns.by_link": "an agency without an account shows a one-time link",
    "questions.rules": "the register of rules is public",
    "questions.rule": "the register of rules is public",
    "sharing.can_i_share": "a teacher may read about sharing before signing in",
    "website.privacy": "whoever is written about may read what is done with it",
    "website.privacy_for_children": "a child may read what is done with it",
    "website.who_is_responsible": "whoever is written about may read who answers for it",
    "website.not_found": "an error page",
}


def room_of(path: Path) -> str:
    return path.relative_to(ROWAN).parts[0]


def functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def imported(source: str) -> set[str]:
    found = (node.names for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom))
    return {alias.asname or alias.name for names in found for alias in names}


def silent_actions(source: str, leaves: set[str] = LEAVES_A_LINE) -> list[str]:
    """Public functions that take `by` and leave no line."""
    by_name = functions(ast.parse(source))
    acts = [
        name
        for name, node in by_name.items()
        if not name.startswith("_") and "by" in [a.arg for a in [*node.args.kwonlyargs, *node.args.args]]
    ]
    return [name for name in acts if not reaches(name, by_name, leaves)]


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: str(path.relative_to(ROWAN)))
def test_every_action_leaves_a_line_on_the_trail(path):
    room = ".".join(path.relative_to(ROWAN).with_suffix("").parts)
    source = path.read_text()
    # Who calls what only asks has left no line by that.
    leaving = set(ACTS) - ONLY_ASKS
    acts_elsewhere = {name.rpartition(".")[2] for name in leaving if not name.startswith(f"{room}.")}
    silent = silent_actions(source, LEAVES_A_LINE | acts_elsewhere & imported(source))
    assert {f"{room}.{name}" for name in silent} - ONLY_ASKS - set(ONLY_WITHIN) == set()


# What changes something and leaves no line itself: for whom, or why it needs none.
PART_OF = {
    "access.actions.involve": "a question that is put, a night's sign of harm",
    "access.actions.join_records": "a night's joins (people.actions.take_in_joins)",
    "access.actions.undo_join": "a night's partings (people.actions.take_in_partings), and who somebody turned out to be",
    "agencies.accounts.end_sessions": "a change of role, the end of an account",
    "agencies.accounts.set_starting_password": "the giving of a password, the confirming of a role",
    "agencies.adapters.begin_session": "signing in, which leaves its own",
    "agencies.actions.team_named": "the making of an account",
    "agencies.actions.use_sign_in_link": "signing in, which leaves its own",
    "agencies.typed_text.note_what_waits": "a session's note of what waits; the keeping left a line",
    "agencies.typed_text.was_sent": "the act that the text was sent for",
    "chronology.notes.take_back": "the act that says why",
    "concerns.waiting.desk_of": "the raising of a concern, whose desk it finds",
    "concerns.waiting.whose_move": "the raising of a concern, whose desk it finds",
    "concerns.waiting.designated_officer": "the raising of a concern, whose desk it finds",
    # concerns, at triage
    "concerns.actions.stepping.move": "the act that takes the step",
    "concerns.actions.checks.not_needed_any_more": "the deciding of a concern",
    "concerns.actions.into_chronology.take_out_of_chronology": "the saying that a concern is about somebody else",
    "concerns.actions.sources.keep_whoever_raised_it": "the raising of the concern",
    "concerns.actions.sources.keep_whoever_told_the_police": "the raising of the concern",
    "concerns.actions.sent_files.hand_over_files": "the raising of the concern that they came with",
    "people.founding.found_by_day": "the act that says why somebody is founded",
    "chronology.notes.say_when_it_ended": "the act that ends it",
    "missing.actions.clocks_of_episodes.close_to_those_asked": "the step after which nothing is owed",
    "missing.actions.clocks_of_episodes.keep_its_clock": "the step that it follows",
    "notices.actions.tell": "the act that somebody is told of",
    "notices.actions.tell_post": "the act that somebody is told of",
    "notices.actions.tell_all": "the act that somebody is told of",
    "notices.actions.send_now": "the sending of mail, which says nothing of anybody",
    "notices.actions.send_what_waits": "the sending of mail, which says nothing of anybody",
    "notices.actions.make_mails": "the sending of mail, which says nothing of anybody",
    "notices.actions.try_given_up_again": "the sending of mail, which says nothing of anybody",
    "notices.actions.forget_what_was_read": "notices name nobody, and were read a month ago",
    "people.actions.take_in_people": "a night (pipeline.publish.begin_run)",
    "pipeline.publish.forget_ended": "a night; rows that no page shows any more",
    "pipeline.publish.publish_rows": "a night, shown with the line of its last row",
    "pipeline.publish.clear_unfinished": "a night; what it clears nobody has seen",
    "pipeline.purge.carry_out": "a night's purge (pipeline.night)",
    "pipeline.purge.finish_started": "a night's purge, whose line was left before",
    "records.keeping.delta_tables.forget_import": "an import (records.actions.import_paths)",
    # plans, meetings, escalation
    "meetings.actions.lists.leave_for_next": "the approval of minutes, the calling off of a meeting",
    "meetings.actions.lists.open_to_organiser": "the drawing up of a list, the changing of a series",
    "meetings.actions.series.plan_meeting": "the setting up of a series",
    "meetings.actions.series.plan_next": "the approval of minutes, the calling off of a meeting",
    "questions.actions.opening.let_look_a_while_longer": "the answer after which they may still look",
    "questions.actions.promises.promise": "the answer that promised it",
    "sharing.actions.escalating.close_to_everybody": "the closing of a request or a decision",
    "single_view.patterns.forget_old_openings": "days of looks, which the trail itself holds",
    "single_view.patterns.look_for_patterns": "the reading of the trail; what it asks leaves its own (single_view.actions.put)",
    "timescales.actions.start_clock": "the act that it is owed for",
    "timescales.actions.stop_clock": "the act that it was owed for",
    "timescales.background.put_what_is_due": "the queue of background work, in which nobody stands",
    "timescales.background.put_back_what_was_killed": "the queue of background work, in which nobody stands",
    "timescales.background.do": "the queue of background work, in which nobody stands",
    "timescales.background.work": "the queue of background work, in which nobody stands",
    "timescales.background.put_back_given_up": "the queue of background work, in which nobody stands",
    "timescales.background.forget_what_is_done": "the queue of background work, in which nobody stands",
    "timescales.dry_runs.take_one_that_waits": "a dry run, whose beginning and end leave their own (questions.actions.dry_runs.keep_found)",
    "timescales.dry_runs.hear": "a dry run, whose beginning and end leave their own",
    "timescales.dry_runs.let_go": "a dry run, whose beginning and end leave their own",
    "timescales.dry_runs.end_refused": "a dry run that came to nothing; its beginning left a line",
    "pipeline.waiting_dry_runs.forget_whom_they_were_about": "questions that nobody was asked, derived from rows that stay",
}
# ---- assessments
PART_OF |= {
    "assessments.actions.owing.take_step": "the act that takes the step",
    "assessments.actions.owing.write_step": "the act that takes the step, or hands the work over",
    "assessments.actions.owing.owe": "the act after which something is owed",
    "assessments.actions.writing.stands": "the writing of a version, the agreeing to a step-down",
}
CHANGES = {
    "create", "bulk_create", "update", "bulk_update", "save", "delete", "get_or_create", "update_or_create", "enqueue",
    "executemany",
}  # fmt: skip
# `update` and the like of something that is no table: a dictionary, a digest, an image.
NO_TABLE = {
    "access.standing", "matching.kept", "pipeline.evaluated_matching", "pipeline.evaluation", "pipeline.evaluation_pooled", "records.reading.bytes_of_a_file", "records.uploads.photographs",
}  # fmt: skip


def silent_changes(source: str) -> list[str]:
    """Public functions that change something stored, take no `by` and leave no line."""
    by_name = {
        node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    return [
        name
        for name, node in by_name.items()
        if isinstance(node, ast.FunctionDef)
        and not name.startswith("_")
        and "by" not in [a.arg for a in [*node.args.kwonlyargs, *node.args.args]]
        and reaches(name, by_name, CHANGES)
        and not reaches(name, by_name, LEAVES_A_LINE)
    ]


def test_what_changes_something_without_a_line_is_part_of_an_act_that_leaves_one():
    found = {
        f"{module}.{name}"
        for module, source in modules_that_act().items()
        if module not in NO_TABLE
        for name in silent_changes(source)
    }
    assert found == set(PART_OF)


def test_a_silent_change_is_found():
    assert silent_changes("def close(case):\n    case.save()\n") == ["close"]
    assert silent_changes("def close(case):\n    case.save()\n    record(by=ROWAN)\n") == []


def test_a_silent_action_is_found():
    assert silent_actions("def close(case, *, by):\n    case.save()\n") == ["close"]
    assert silent_actions("def close(case, *, by):\n    _do(by)\ndef _do(by):\n    record(by=by)\n") == []


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(ROWAN)))
def test_every_page_asks_for_sign_in_unless_listed(path):
    by_name = functions(ast.parse(path.read_text()))
    opened = {
        f"{room_of(path)}.{name}"
        for name, node in by_name.items()
        if any("login_not_required" in ast.unparse(d) for d in node.decorator_list)
    }
    assert opened <= set(OPEN_TO_ALL)


def pages_about_a_child(by_name: dict[str, ast.FunctionDef]) -> list[str]:
    about = {"person_id", "question_id", "evidence_id", "answer_id", "entry_key", "owed_id"}
    about |= {"draft_id", "decision_id", "request_id", "episode_id", "action_id"}
    return [
        name
        for name, node in by_name.items()
        if not name.startswith("_") and about & {a.arg for a in node.args.args}
    ]


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(ROWAN)))
def test_every_page_about_a_child_asks_access(path):
    by_name = functions(ast.parse(path.read_text()))
    for name in pages_about_a_child(by_name):
        assert reaches(name, by_name, ASKS_ACCESS), (
            f"{room_of(path)}: {name} shows a child without asking access"
        )
