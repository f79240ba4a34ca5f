"""What people send at work, with what each leaves when it is done: for the tests that kill the server while it is saved."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.forms_on_pages import hidden_in
from tests.killed_server import KilledServer
from tests.soak.homes import CHECKOUT

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Work:
    """`parts`: by the words after `select count(*) from`, each there once when it is done and not at all before."""

    who: str
    path: str
    says: dict[str, str]
    parts: tuple[str, ...] = field(default=())
    action: str = ""  # where its form goes, when not back to its page


class AtWork:
    def __init__(self, folder):
        self.server = KilledServer(folder)
        said = subprocess.run(
            [sys.executable, str(CHECKOUT / "tests" / "people_at_work.py")],
            cwd=CHECKOUT, env={**self.server.home.environment, "PYTHONPATH": str(CHECKOUT)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert said.returncode == 0, said.stderr[-3000:]
        self.made = json.loads(said.stdout.splitlines()[-1])

    def form_of(self, work: Work) -> dict:
        self.server.cookies.clear()
        self.server.cookies["sessionid"] = self.made["sessions"][work.who]
        page = self.server.get(work.path)
        hidden = hidden_in(page, work.action, work.path)
        assert hidden or TOKEN.search(page), page[-2000:]
        return {"csrfmiddlewaretoken": TOKEN.search(page)[1], **hidden, **work.says}

    def done(self, work: Work) -> list[int]:
        return [self.server.rows(f"select count(*) from {part}")[0][0] for part in work.parts]

    def survives(self, work: Work, steps: Callable[[int], int]) -> int:
        """Kill it at the first step, then at what `steps` says comes next, until it lives. Says how often it was killed."""
        form, step, kills = self.form_of(work), 1, 0
        to = work.action or work.path
        assert set(self.done(work)) == {0}, (work, self.done(work))
        while self.server.killed_at(step, to, form):
            assert len(set(self.done(work))) == 1, f"killed at step {step}: {self.done(work)}"
            step, kills = steps(step), kills + 1
        # The page is still in the browser: sent once more, whatever the kills left, it is done once.
        for _ in range(2):
            self.server.post(to, form)
            assert set(self.done(work)) == {1}, (work, self.done(work))
        return kills

    def everything(self) -> dict[str, Work]:
        made, at = self.made, datetime.now(ZoneInfo("Europe/London")) - timedelta(hours=2)
        lines = "audit_trail_entry where refused_because = '' and did ="
        concern, question, meeting, boy = made["concern"], made["question"], made["meeting"], made["boy"]
        dashed = {key: _dashed(made[key]) for key in ("concern", "question", "meeting")}
        return {
            "a decision of triage": Work(
                "triage",
                f"/concerns/triage/{dashed['concern']}/decide/",
                {"decided": "to_worker", "reason": "Her worker is seeing her tomorrow"},
                (
                    f"concerns_decision where concern_id = '{concern}'",
                    f"concerns_concern where id = '{concern}' and step = 'decided'",
                    "timescales_clock where about_kind = 'concern passed on' and stopped_at is null",
                    f"{lines} 'decided a concern'",
                ),
            ),
            "a missing report": Work(
                "worker",
                f"/missing/children/{boy}/report/",
                {"at_on_day": at.day, "at_on_month": at.month, "at_on_year": at.year, "at_time": f"{at:%H:%M}", "worry": "He left after a call"},
                (
                    f"missing_episode where person_id = '{boy}'",
                    "missing_event where kind = 'reported'",
                    "timescales_clock where about_kind = 'missing episode' and stopped_at is null",
                    f"chronology_entry where kind = 'went_missing' and person_id = '{boy}'",
                    f"{lines} 'reported a child missing'",
                ),
            ),
            "an answer to a question": Work(
                "worker",
                f"/questions/{dashed['question']}/answer/",
                {"kind": "explained", "explained_text": "A school trip", "how_known": "The school said so"},
                (
                    f"questions_answer where question_id = '{question}'",
                    f"questions_question where id = '{question}' and answered_at is not null",
                    "timescales_clock where about_kind = 'question' and stopped_at is not null",
                    f"{lines} 'answered a question'",
                ),
            ),
            "minutes of a meeting": Work(
                "organiser",
                f"/meetings/{dashed['meeting']}/minutes/",
                {"words": "Two themes, and one gap in the evening."},
                (f"meetings_minutes where meeting_id = '{meeting}'", f"{lines} 'wrote minutes'"),
            ),
            "the approval of minutes": Work(
                "chair",
                f"/meetings/{dashed['meeting']}/",
                {},
                (
                    f"meetings_meeting where id = '{meeting}' and step = 'approved'",
                    f"meetings_meeting where id <> '{meeting}' and step = 'planned'",
                    f"{lines} 'approved minutes'",
                ),
                action=f"/meetings/{dashed['meeting']}/approve/",
            ),
        }  # fmt: skip


def _dashed(key: str) -> str:
    return "-".join((key[:8], key[8:12], key[12:16], key[16:20], key[20:]))
