"""Serve the site on this machine."""

import os
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from rowan.agencies.actions import is_demonstration
from rowan.audit_trail.anchors import anchor_or_say
from rowan.audit_trail.guards import refuse_unguarded
from rowan.website.ready import refuse_without_a_signing_key

# More at once in one process only take the processor from one another. A thread that has nothing to do for a while stays: its connection
# knows the plans of what pages ask (rowan/asked_alike.py).
THREADS = ("--blocking-threads", "4", "--blocking-threads-idle-timeout", "600")


class Command(BaseCommand):
    help = "Serve the site (ROWAN_LISTEN and ROWAN_PORT say where; by default http://localhost:8000)."

    def add_arguments(self, parser):
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args, workers, **options):
        if not settings.STATICFILES_DIRS:
            raise CommandError("The style sheets are not built. Run `make setup` first.")
        refuse_without_a_signing_key()
        call_command("migrate", verbosity=0, interactive=False)
        refuse_unguarded(connection, self.stderr.write)
        call_command("collectstatic", verbosity=0, interactive=False)
        anchor_or_say(timezone.now(), self.stderr.write)
        command = [
            sys.executable,
            *("-m", "granian", "--interface", "wsgi", "--no-access-log", "--log-level", "error"),
            *("--host", settings.LISTEN_HOST, "--port", str(settings.LISTEN_PORT), "--workers", str(workers)),
            # A handful of requests at once is what two processes can serve; more wait their turn.
            *("--backpressure", "16", *THREADS),
            *("--workers-kill-timeout", "5", "rowan.website.wsgi:application"),
        ]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(settings.CHECKOUT), os.environ.get("PYTHONPATH", "")]),
        }
        sys.stdout.flush()
        if is_demonstration():
            # One command is enough to look at everything; in service workers are started by themselves.
            subprocess.Popen([sys.executable, "-m", "rowan.command", "worker", "--beside"], env=environment)
        os.execve(sys.executable, command, environment)
