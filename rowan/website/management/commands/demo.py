"""The demonstration: build an invented county, import it, run the night, serve the site."""

import csv
import json
import os
import secrets
import shutil
import sys
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Q
from django.utils import timezone

from rowan.agencies import actions, demonstration
from rowan.agencies.models import Practitioner
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR
from rowan.questions.models import Question
from rowan.timescales.models import SettingValue

CHILDREN = 2000
SEED = 20261
STORIES_PER_1000 = 25
# First run: show occasions of the last ninety days, so that a new visitor has something to answer.
WINDOW_SETTING = "questions.published_within_days"
WINDOW_DAYS = 90
STEPS = {
    "database": "making the database",
    "county": "writing an invented county",
    "files": "importing its agencies' files, as real ones are",
    "people": "making somebody to sign in as, for every role",
    "night": "the overnight run",
}


class Command(BaseCommand):
    help = "Build, serve and sign in to the demonstration. Everybody in it is invented."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, explained in [
            ("build", "build the county, import its files and run the night"),
            ("run", "build what is missing, then serve the site"),
        ]:
            sub = verbs.add_parser(verb, help=explained)
            sub.add_argument("--reset", action="store_true", help="start over: everything typed is lost")
            sub.add_argument("--children", type=int, default=CHILDREN)
        sign_in = verbs.add_parser("sign-in", help="print a ten-minute address that signs one person in")
        sign_in.add_argument("username")

    def handle(self, *args, **options):
        if options["verb"] == "sign-in":
            token = actions.issue_sign_in_link(options["username"], now=timezone.now())
            self.stdout.write(f"http://localhost:{settings.LISTEN_PORT}/sign-in/link/{token}/")
            return
        build(reset=options["reset"], children=options["children"])
        if options["verb"] == "run":
            self._how_to_sign_in()
            call_command("serve")

    def _how_to_sign_in(self) -> None:
        rows = [
            (p.username, p.display_name, p.get_role_display(), p.agency.name, _waiting(p))
            for p in _one_of_each_role()
        ]
        widths = [max(len(row[n]) for row in rows) for n in range(5)]
        self.stdout.write(
            f"\nRowan is at http://localhost:{settings.LISTEN_PORT}  (everybody in it is invented)\n\n"
        )
        self.stdout.write(
            "Sign in as one of these people. In another window, make a ten-minute address:\n\n"
            "  .venv/bin/rowan demo sign-in NAME\n\n"
            f"or type the name and the password  {demonstration_password()}  and set up a second step, as at work.\n\n"
        )
        for row in rows:
            self.stdout.write(
                "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + "\n"
            )
        self.stdout.write("\nStop with Ctrl+C. What you type is kept; `make demo RESET=1` starts over.\n\n")
        self.stdout.flush()


def build(*, reset: bool, children: int = CHILDREN) -> None:
    """Do each step that is not done yet; a step that was interrupted is done again."""
    home = settings.ROWAN_HOME
    if reset:
        forget(home)
    home.mkdir(parents=True, exist_ok=True)
    note = _read_note(home)
    if note and note.get("kind") != "demonstration":
        raise CommandError(
            f"{home} is not a demonstration ({note.get('kind')}). Set ROWAN_HOME to an empty folder to build one beside it."
        )
    note = note or {
        "kind": "demonstration",
        "children": children,
        "seed": SEED,
        "stories_per_1000": STORIES_PER_1000,
        "window_days": WINDOW_DAYS,
        "done": [],
    }
    county = home / "county"
    steps = {
        "database": lambda: call_command("migrate", verbosity=0, interactive=False),
        "county": lambda: _build_county(county, note),
        "files": lambda: call_command("records", "import", str(county)),
        "people": lambda: _make_people(county),
        "night": lambda: call_command("overnight"),
    }
    for name, do in steps.items():
        # Migrations are looked at every time: the checkout may be newer than the home.
        if name in note["done"] and name != "database":
            continue
        if name not in note["done"]:
            sys.stderr.write(f"demo: {STEPS[name]}\n")
        do()
        if name not in note["done"]:
            note["done"].append(name)
        _write_note(home, note)


def forget(home: Path) -> None:
    """Start over. Only a demonstration is ever thrown away."""
    note = _read_note(home)
    if note is None:
        if home.exists() and any(home.iterdir()):
            raise CommandError(f"{home} holds something that is not a demonstration; it is left as it is.")
        return
    if note.get("kind") != "demonstration":
        raise CommandError(f"{home} is not a demonstration; it is left as it is.")
    from django.db import connection

    connection.close()
    shutil.rmtree(home)


def _build_county(county: Path, note: dict) -> None:
    if county.exists():
        shutil.rmtree(county)
    call_command(
        "county",
        str(county),
        children=note["children"],
        seed=note["seed"],
        stories_per_1000=float(note["stories_per_1000"]),
    )


def _make_people(county: Path) -> None:
    today = timezone.localdate()
    demonstration.make_people(
        worker=_busiest_worker(county),
        schools=_schools_by_size(county),
        password=demonstration_password(),
        today=today,
        by=OPERATOR,
    )
    if not SettingValue.objects.filter(name=WINDOW_SETTING).exists():
        # Imported here: what is declared grows with the rooms, and the command's help must not wait for it.
        from rowan.timescales.actions import change_setting
        from rowan.timescales.declared import setting_named

        change_setting(
            setting_named(WINDOW_SETTING),
            WINDOW_DAYS,
            by=OPERATOR,
            from_on=date(today.year - 1, 1, 1),
            why="The demonstration shows ninety days, so that there is something to answer on the first day.",
        )


def _busiest_worker(county: Path) -> tuple[str, str, str] | None:
    """The worker with most open children on the invented case list: somebody worth signing in as."""
    open_children: dict[tuple[str, str, str], int] = {}
    with (county / "council" / "case_list.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["Worker"] and not row["Closed"]:
                who = (row["Worker"], row["Team"], row["Worker phone"])
                open_children[who] = open_children.get(who, 0) + 1
    return max(open_children, key=lambda who: (open_children[who], who)) if open_children else None


def _one_of_each_role() -> list[Practitioner]:
    """One demonstration person a role; of the schools' leads, the one with most to answer."""
    leads = Practitioner.objects.filter(role=Role.SCHOOL_SAFEGUARDING_LEAD).annotate(
        open_questions=Count(
            "holdings__post__questions", filter=Q(holdings__post__questions__answered_at=None), distinct=True
        )
    )
    names = [person.username for person in demonstration.PEOPLE]
    names += [demonstration.LEAD_PROFESSIONAL, demonstration.REFERRER]
    names += leads.order_by("-open_questions", "username").values_list("username", flat=True)[:1]
    return list(Practitioner.objects.filter(username__in=names).select_related("agency").order_by("username"))


def _waiting(person: Practitioner) -> str:
    mine = Q(practitioner=person) | Q(practitioner=None, post__holdings__practitioner=person)
    count = Question.objects.filter(mine, answered_at=None).distinct().count()
    return f"{count} questions waiting" if count > 1 else "1 question waiting" if count else ""


def _schools_by_size(county: Path) -> list[str]:
    """The largest roll first: that school's lead is the one most likely to have something to answer."""
    rolls = {roll.parent.name: roll.stat().st_size for roll in county.glob("schools/*/roll.csv")}
    return sorted(rolls, key=lambda laestab: (-rolls[laestab], laestab))


def demonstration_password() -> str:
    """One password for every invented person, made for this home and kept with its keys."""
    path = settings.ROWAN_KEYS / "demonstration-password"
    settings.ROWAN_KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        words = [
            "amber",
            "birch",
            "cedar",
            "dunlin",
            "elder",
            "fern",
            "gorse",
            "hazel",
            "iris",
            "juniper",
            "larch",
            "maple",
        ]
        path.write_text(
            "-".join(secrets.choice(words) for _ in range(3)) + f"-{secrets.randbelow(9000) + 1000}\n"
        )
        path.chmod(0o600)
    return path.read_text().strip()


def _read_note(home: Path) -> dict | None:
    path = home / "home.json"
    return json.loads(path.read_text()) if path.exists() else None


def _write_note(home: Path, note: dict) -> None:
    path = home / "home.json"
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(note, indent=2))
    os.replace(fresh, path)
