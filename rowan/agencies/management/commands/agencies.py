"""Accounts, where there is no demonstration."""

import getpass
import sys

from django.core.management.base import BaseCommand, CommandError

from rowan.agencies.actions import add_person
from rowan.agencies.models import Agency, AgencyKind
from rowan.agencies.rules.roles import ROLE_NAMES, Role
from rowan.audit_trail.actions import OPERATOR


class Command(BaseCommand):
    help = "Make an account: rowan agencies add-person USERNAME --name … --role … --agency …"

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser(
            "add-person", help="make an account; the password is asked for, or read from standard input"
        )
        add.add_argument("username")
        add.add_argument("--name", required=True, help="the person's name as colleagues will see it")
        add.add_argument("--role", required=True, choices=[role.value for role in Role])
        add.add_argument("--agency", required=True, help="the agency's code, such as council-899")
        add.add_argument(
            "--agency-name", help="with --agency-kind: makes the agency if Rowan does not know it"
        )
        add.add_argument("--agency-kind", choices=AgencyKind.values)
        add.add_argument("--email", default="")
        add.add_argument("--phone", default="")

    def handle(self, *args, **options):
        person = add_person(
            username=options["username"],
            display_name=options["name"],
            role=options["role"],
            agency=self._agency(options),
            email=options["email"],
            phone=options["phone"],
            password=_password(),
            by=OPERATOR,
        )
        self.stdout.write(
            f"{person.display_name} can sign in as {person.username} ({ROLE_NAMES[Role(person.role)]}).\n"
        )

    def _agency(self, options) -> Agency:
        if agency := Agency.objects.filter(code=options["agency"]).first():
            return agency
        if not (options["agency_name"] and options["agency_kind"]):
            known = ", ".join(Agency.objects.values_list("code", flat=True)[:20]) or "none yet"
            raise CommandError(
                f"There is no agency '{options['agency']}' (known: {known}). Give --agency-name and --agency-kind to make it."
            )
        return Agency.objects.create(
            code=options["agency"], name=options["agency_name"], kind=options["agency_kind"]
        )


def _password() -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as refusal:
        raise CommandError(" ".join(refusal.messages)) from None
    return password
