"""Mail that was given up, once the mail server is back."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from rowan.notices.actions import try_given_up_again


class Command(BaseCommand):
    help = "rowan notices send-again: mails that were given up are tried again."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("send-again", help="try the mails that were given up")

    def handle(self, *args, **options):
        self.stdout.write(f"{try_given_up_again(timezone.now())} mails are tried again\n")
