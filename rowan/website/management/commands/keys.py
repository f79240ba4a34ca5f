"""`rowan keys` makes, lists, changes and retires the keys in ROWAN_KEYS. It never prints one."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from rowan.audit_trail.actions import OPERATOR, record
from rowan.audit_trail.keys import CHAIN
from rowan.encryption import this_homes_keys
from rowan.refusals import NotPossible
from rowan.website import signing_keys
from rowan.website.rotation import retire, rotate


class Command(BaseCommand):
    help = "Makes, lists, changes and retires the keys in ROWAN_KEYS. It never prints one."

    def add_arguments(self, parser):
        ways = parser.add_subparsers(
            dest="way", required=True, metavar="list | make | rotate | retire | public"
        )
        ways.add_parser("list", help="the purposes there are keys for, and how many each has")
        for way, does in [
            ("make", "make a purpose's first key, where a home in service makes none by itself"),
            (
                "rotate",
                "put a new key first and seal every row again with it; run it again if it was stopped",
            ),
            ("retire", "take the older keys out of use once every row follows the newest"),
            ("public", "print what an outsider checks this purpose's signatures with"),
        ]:
            ways.add_parser(way, help=does).add_argument("purpose", metavar="PURPOSE")

    def handle(self, *, way, purpose="", **options):
        getattr(self, f"_{way}")(purpose)

    def _list(self, _):
        keys = this_homes_keys()
        for name in keys.purposes():
            number = len(keys.keys_for(name))
            self.stdout.write(f"{name}: {number} key{'s' if number != 1 else ''}")

    def _make(self, purpose):
        keys = this_homes_keys()
        if keys.path(purpose).exists():
            raise NotPossible(
                f"There is a key for '{purpose}' already. `rowan keys rotate {purpose}` changes it."
            )
        if purpose == CHAIN:
            # No line can be bound before there is a key to bind it with.
            keys.make(purpose)
        record(by=OPERATOR, did="made a key", about_kind="key", about_id=purpose)
        keys.make(purpose)
        self.stdout.write(f"Made a key for '{purpose}'. Keep a copy of it apart from Rowan's backups.")

    def _rotate(self, purpose):
        rows = rotate(purpose, by=OPERATOR)
        if purpose == signing_keys.PURPOSE:
            self.stdout.write(
                "From its next start Rowan signs with the new key: start `rowan serve` and `rowan worker` again. What the older one signed "
                f"still opens; `rowan keys retire {purpose}` ends that, a day later."
            )
            return
        self.stdout.write(f"{rows:,} rows are sealed again. `rowan keys retire {purpose}` ends the change.")

    def _retire(self, purpose):
        number = retire(purpose, by=OPERATOR, now=timezone.now())
        self.stdout.write(f"{number} older key{'s are' if number != 1 else ' is'} out of use.")

    def _public(self, purpose):
        for part in this_homes_keys().public_parts(purpose):
            self.stdout.write(part)
