"""Accounts and posts, where there is no demonstration, the systems of agencies that may ask Rowan, and agencies' own sign-ins."""

import getpass
import sys
from datetime import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from rowan.agencies import own_sign_in
from rowan.agencies.actions import add_agency, add_person
from rowan.agencies.api_clients import end_client, listed, make_client
from rowan.agencies.awaited_roles import confirm
from rowan.agencies.models import Agency, AgencyKind, ApiClient, AwaitedRole, OwnSignIn, Practitioner
from rowan.agencies.rules.api_scopes import Scope
from rowan.agencies.rules.roles import ROLE_NAMES, Role
from rowan.audit_trail.actions import OPERATOR

from . import _posts


class Command(BaseCommand):
    help = "Make an account, keep the posts and leads, let an agency's system ask Rowan, or let an agency sign its own people in."

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
        role = verbs.add_parser(
            "confirm-role",
            help="confirm a role that waits for a second person, where nobody here approves yet; a password to start with is printed once",
        )
        role.add_argument("username")
        client = verbs.add_parser(
            "api-client", help="let an agency's system ask Rowan; its secret is printed once"
        )
        client.add_argument("name", help="what the system is, such as 'Case management, Invented Council'")
        client.add_argument("--agency", required=True, help="the agency's code")
        client.add_argument("--answered-for-by", required=True, help="user name of somebody of that agency")
        client.add_argument(
            "--scope", action="append", required=True, choices=[scope.value for scope in Scope]
        )
        own = verbs.add_parser(
            "own-sign-in",
            help="let an agency's people sign in by its own provider (OpenID Connect); the client's secret is asked for, or read "
            "from standard input",
        )
        own.add_argument("--agency", required=True, help="the agency's code")
        own.add_argument("--issuer", required=True, help="such as https://sign-in.council.example")
        own.add_argument("--client-id", required=True)
        own.add_argument(
            "--domain", action="append", required=True, help="of e-mail addresses that count; may be repeated"
        )
        own.add_argument(
            "--named-by", default="email", help="the claim that holds the e-mail address (default: email)"
        )
        own.add_argument(
            "--vouched-by",
            default="email_verified",
            help="the claim that is true when the address is checked (default: email_verified)",
        )
        for claim in ("acr", "amr"):
            own.add_argument(
                f"--trust-{claim}",
                action="append",
                default=[],
                help=f"a value of {claim} that stands for a second step; without any Rowan asks for its own",
            )
        own_end = verbs.add_parser("end-own-sign-in", help="from the next request it lets nobody in")
        own_end.add_argument("--agency", required=True, help="the agency's code")
        own_end.add_argument("--why", required=True)
        verbs.add_parser(
            "api-clients",
            help="which systems may ask Rowan: id, agency, scopes, who answers for it, since, last used, ended or not",
        )
        end = verbs.add_parser("end-api-client", help="from the next request the system gets nothing")
        end.add_argument("client_id")
        _posts.add_post_verbs(verbs)

    def handle(self, *args, **options):
        {
            "add-person": self._add_person,
            "confirm-role": self._confirm_role,
            "api-client": self._make_client,
            "api-clients": self._list_clients,
            "end-api-client": self._end_client,
            "own-sign-in": self._set_up_own_sign_in,
            "end-own-sign-in": self._end_own_sign_in,
            "post": lambda options: _posts.do(options, self.stdout.write),
        }[options["verb"]](options)

    def _confirm_role(self, options):
        waits = AwaitedRole.objects.select_related("practitioner")
        awaited = waits.filter(practitioner__username=options["username"], decided_at=None).first()
        if awaited is None:
            raise CommandError(f"No role waits for '{options['username']}'.")
        password = confirm(awaited, by=OPERATOR, now=timezone.now())
        self.stdout.write(f"{awaited.practitioner.display_name}: {ROLE_NAMES[Role(awaited.role)]}.\n")
        if password:
            self.stdout.write(f"password  {password}\n")
            self.stderr.write("The password is shown this once. Read it to the person yourself.\n")

    def _make_client(self, options):
        agency = Agency.objects.filter(code=options["agency"]).first()
        person = Practitioner.objects.filter(username=options["answered_for_by"], is_active=True).first()
        if agency is None or person is None or person.agency_id != agency.pk:
            raise CommandError("Name an agency that Rowan knows, and somebody of that agency who signs in.")
        client, secret = make_client(
            agency=agency,
            name=options["name"],
            scopes=options["scope"],
            answered_for_by=person,
            by=OPERATOR,
            now=timezone.now(),
        )
        self.stdout.write(f"client_id      {client.client_id}\nclient_secret  {secret}\n")
        self.stderr.write("The secret is shown this once. Hand it over by a way that nobody else reads.\n")

    def _list_clients(self, options):
        """One a line, apart by tabs, so that a spreadsheet opens it."""
        columns = ("client_id", "agency", "name", "scopes", "answered_for_by", "since", "last_used", "ended")
        rows = [
            (
                client.client_id,
                client.agency.code,
                client.name,
                client.scopes,
                client.answered_for_by.username,
                _on(client.made_at),
                _on(last_used) or "never",
                _on(client.ended_at) or "no",
            )
            for client, last_used in listed(by=OPERATOR)
        ]
        for row in (columns, *rows):
            self.stdout.write("\t".join(row) + "\n")

    def _end_client(self, options):
        client = ApiClient.objects.filter(client_id=options["client_id"], ended_at=None).first()
        if client is None:
            raise CommandError(f"No system asks Rowan as '{options['client_id']}'.")
        end_client(client, by=OPERATOR, now=timezone.now())
        self.stdout.write(f"{client.name} gets nothing any more.\n")

    def _set_up_own_sign_in(self, options):
        agency = Agency.objects.filter(code=options["agency"]).first()
        if agency is None:
            raise CommandError(f"There is no agency '{options['agency']}'.")
        own_sign_in.set_up(
            agency=agency,
            issuer=options["issuer"],
            client_id=options["client_id"],
            client_secret=_typed("The client's secret: "),
            domains=options["domain"],
            named_by=options["named_by"],
            vouched_by=options["vouched_by"],
            trusted_acr=options["trust_acr"],
            trusted_amr=options["trust_amr"],
            by=OPERATOR,
            now=timezone.now(),
        )
        comes_back = settings.ROWAN_ADDRESS + reverse("openid_connect_callback", args=[agency.code])
        self.stdout.write(
            f"{agency.name} signs in its own people. Its provider sends them back to\n{comes_back}\n"
        )

    def _end_own_sign_in(self, options):
        own = OwnSignIn.objects.filter(agency__code=options["agency"], ended_at=None).first()
        if own is None:
            raise CommandError(f"'{options['agency']}' has no own sign-in.")
        own_sign_in.end(own, why=options["why"], by=OPERATOR, now=timezone.now())
        self.stdout.write(f"{own.agency.name}'s own sign-in lets nobody in any more.\n")

    def _add_person(self, options):
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
        return add_agency(
            code=options["agency"], name=options["agency_name"], kind=options["agency_kind"], by=OPERATOR
        )


def _password() -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    password = _typed("Password: ")
    try:
        validate_password(password)
    except ValidationError as refusal:
        raise CommandError(" ".join(refusal.messages)) from None
    return password


def _on(at: datetime | None) -> str:
    return timezone.localtime(at).date().isoformat() if at else ""


def _typed(asked: str) -> str:
    """What nobody should read over a shoulder or in a list of commands."""
    return getpass.getpass(asked) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
