"""Files that left Rowan, from the command line: is this one genuine, and with which key was it signed?"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from rowan.audit_trail.actions import OPERATOR, record
from rowan.encryption import public_parts
from rowan.sharing.actions.files import SIGNED_WITH
from rowan.sharing.files.packing import digest
from rowan.sharing.files.verifying import verify


class Command(BaseCommand):
    help = "Check a file that left Rowan: rowan export verify FILE"

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser(
            "verify", help="says whether a file is one that Rowan signed, unchanged to the last byte"
        )
        check.add_argument("file", type=Path)
        check.add_argument(
            "--key",
            action="append",
            help="the sender's public key, 64 figures; without it, the keys of this home",
        )
        check.add_argument("--json", action="store_true", help="prints one JSON document")
        verbs.add_parser("public-key", help="prints the public key that others check this home's files with")

    def handle(self, *args, verb, **options):
        if verb == "public-key":
            self.stdout.write(public_parts(SIGNED_WITH)[0])
            return
        try:
            content = options["file"].read_bytes()
        except OSError:
            raise CommandError(f"{options['file']} cannot be read.") from None
        verdict = verify(content, options["key"] or public_parts(SIGNED_WITH))
        record(
            by=OPERATOR,
            did="checked a file that left Rowan",
            about_kind="file",
            about_id=digest(content),
            particulars={"genuine": verdict.genuine},
        )
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {"genuine": verdict.genuine, "faults": verdict.faults, "manifest": verdict.manifest},
                    ensure_ascii=False,
                )
            )
        elif verdict.genuine:
            self.stdout.write(_in_words(verdict.manifest))
        if not verdict.genuine:
            raise CommandError(f"This file is not genuine. {' '.join(verdict.faults)}")


def _in_words(manifest: dict) -> str:
    made, to = manifest["made by"], manifest["to"]
    return (
        f"Genuine: {manifest['what']}, {manifest['rows']} rows, made {manifest['made at']} by {made['name']}, {made['agency']}, "
        f"for {to}. To be destroyed by {manifest['destroy by']}."
    )
