"""`rowan audit-trail`: check the whole trail, anchor it, export it for an inspector; read or erase the words of searches."""

import json
from datetime import date, datetime, time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from rowan.audit_trail.actions import OPERATOR, export
from rowan.audit_trail.anchors import anchor
from rowan.audit_trail.checking import Checked, check_trail
from rowan.audit_trail.searches import erase_searches, read_search
from rowan.home import is_in_service


class Command(BaseCommand):
    help = "Checks, anchors and exports the audit trail; reads and erases what was searched for."

    def add_arguments(self, parser):
        ways = parser.add_subparsers(
            dest="way", required=True, metavar="verify | anchor | export | searched-for | forget-searches"
        )
        verify = ways.add_parser(
            "verify", help="check every line and every anchor; say where the trail breaks"
        )
        verify.add_argument("--json", action="store_true", dest="as_json")
        ways.add_parser(
            "anchor", help="sign where the trail stands now (done every 15 minutes by `rowan worker`)"
        )
        out = ways.add_parser("export", help="write the whole trail to a file, with its anchors beside it")
        out.add_argument("file", metavar="FILE")
        words = ways.add_parser(
            "searched-for", help="print the words of one search, which stand apart from its line"
        )
        words.add_argument("line", type=int, metavar="LINE", help="the line's number, as an export gives it")
        forget = ways.add_parser(
            "forget-searches",
            help="erase the words of searches now; their lines stay, and the trail still verifies (Rowan does it itself after some days)",
        )
        forget.add_argument("--before", type=date.fromisoformat, required=True, metavar="DATE", help="those made before this day, such as 2026-06-03")  # fmt: skip
        for each in (words, forget):
            each.add_argument("--why", required=True, metavar="WORDS", help="kept on the trail")

    def handle(self, *args, way, **options):
        getattr(self, f"_{way.replace('-', '_')}")(**options)

    def _verify(self, *, as_json: bool, **options):
        checked = check_trail()
        self.stdout.write(json.dumps(_as_json(checked)) if as_json else _in_words(checked))
        if not checked.is_whole:
            raise CommandError(
                "the trail is broken: keep the database as it is, and tell information governance."
            )
        if checked.unguarded and is_in_service():
            raise CommandError(
                "no line was changed, but the database would let somebody change one, and this home is in service: put the guards back as said above, then run this again."
            )

    def _anchor(self, **options):
        try:
            made = anchor(timezone.now())
        except OSError as error:
            raise CommandError(f"the anchors' folder cannot be written ({error.strerror}).") from None
        self.stdout.write(
            f"Anchored at line {made.position}." if made else "Nothing was added since the last anchor."
        )

    def _export(self, *, file: str, **options):
        lines, anchors = export(Path(file), by=OPERATOR, now=timezone.now())
        self.stdout.write(
            f"Wrote {lines} lines to {file} and the anchors to {anchors}. An inspector checks both with "
            f"{Path(__file__).resolve().parents[2] / 'verifier.py'}, which needs nothing but Python."
        )

    def _searched_for(self, *, line: int, why: str, **options):
        self.stdout.write(read_search(line, by=OPERATOR, why=why))

    def _forget_searches(self, *, before: date, why: str, **options):
        moment = timezone.make_aware(datetime.combine(before, time.min))
        erased = erase_searches(before=moment, by=OPERATOR, why=why)
        self.stdout.write(f"Erased the words of {erased} searches. Their lines stay.")


def _as_json(checked: Checked) -> dict:
    def told(breaks):
        return [{"kind": each.kind, "first": each.first, "last": each.last} for each in breaks]

    return {
        "whole": checked.is_whole,
        "lines": checked.trail.lines,
        "head": checked.trail.head,
        "anchors": checked.anchors,
        "anchored_to": checked.trail.anchored_to,
        "breaks": told(checked.trail.breaks),
        "breaks_after_the_last_anchor": told(checked.trail.after_the_last_anchor),
        "anchors_faults": checked.anchors_faults,
        "unguarded": checked.unguarded,
    }


def _in_words(checked: Checked) -> str:
    trail = checked.trail
    said = [f"{trail.lines} lines, {checked.anchors} anchors; anchored up to line {trail.anchored_to}."]
    said += [f"BROKEN  {each}" for each in trail.breaks]
    said += [f"BROKEN  after the last anchor, {each}" for each in trail.after_the_last_anchor]
    said += [f"BROKEN  {fault}" for fault in checked.anchors_faults]
    said += [f"Unguarded: {each}." for each in checked.unguarded]
    if trail.is_whole and trail.head > trail.anchored_to:
        said.append(
            f"Lines {trail.anchored_to + 1} to {trail.head} lie after the last anchor: they fit, but only the key vouches for them, "
            "and lines taken off the end would not be missed."
        )
    if checked.is_whole:
        said.append("Whole, but unguarded." if checked.unguarded else "Whole.")
    else:
        said.append("Broken.")
    return "\n".join(said)
