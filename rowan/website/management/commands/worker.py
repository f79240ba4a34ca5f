"""Do background work: mail, hand-overs, whatever is due by the clock."""

import os
import signal
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.crypto import get_random_string

from rowan.timescales import background
from rowan.timescales.rules.background import KILLED_AFTER


class Command(BaseCommand):
    help = "Do background work until stopped. Several workers may run, on several machines."

    def add_arguments(self, parser):
        parser.add_argument("--until-idle", action="store_true", help="stop when nothing waits")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks when idle")
        parser.add_argument(
            "--killed-after",
            type=float,
            default=KILLED_AFTER.total_seconds(),
            help="seconds after which running work counts as left by a killed worker",
        )
        parser.add_argument(
            "--put-back", action="store_true", help="give what was given up a fresh start, and stop"
        )
        parser.add_argument(
            "--beside", action="store_true", help="stop when the process that started this one ends"
        )

    def handle(self, *, until_idle, interval, killed_after, put_back, beside, **options):
        if put_back:
            self.stdout.write(f"{background.put_back_given_up(timezone.now())} put back\n")
            return
        parent, told = os.getppid(), []
        for sign in (signal.SIGTERM, signal.SIGINT):
            # What is being done is finished first.
            signal.signal(sign, lambda *_: told.append(True))
        background.work(
            get_random_string(12),
            stop=lambda: bool(told) or (beside and os.getppid() != parent),
            interval=interval,
            until_idle=until_idle,
            killed_after=timedelta(seconds=killed_after),
        )
