"""A sign of harm asks its strategy question the day it reaches Rowan: of the allocated worker by name, else of triage."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import transaction
from django.urls import reverse

from rowan.access.actions import involve
from rowan.access.models import Involvement, Why
from rowan.access.standing import owners_of_restricted
from rowan.agencies.models import Post, Practitioner
from rowan.agencies.rules.posts import PostKind
from rowan.audit_trail.actions import ROWAN, record
from rowan.chronology.models import Entry
from rowan.notices.actions import News, tell_all, tell_post
from rowan.timescales.actions import dated_values, start_clock
from rowan.timescales.models import Clock, HandOver
from rowan.timescales.rules.settings import values_on

from ..clocks import SIGN_CLOCK
from ..models import HUB
from ..posts import Posts
from ..rules.declaration import whole
from ..rules.settings import FOR_ALL, OLD_SIGNS_DUE
from ..rules.signs_of_harm import sign_due_on
from ..waiting import asked_by_name, old_among, unanswered_signs

SIGNS_A_TRANSACTION = 50
SIGN_OF_HARM = "A sign of harm asks: strategy discussion today?"


def take_in_signs(*, run: int, today: date, now: datetime) -> int:
    """Start the clock of every sign of harm that waits, and open the child's record to triage where triage is asked.

    The strategy question itself stays a query over the chronology; this writes no copy of it. Twice changes nothing.
    """
    return ask_about_signs(list(unanswered_signs(run)), run=run, today=today, now=now)


def ask_about_signs(signs: list[Entry], *, run: int, today: date, now: datetime) -> int:
    """The same for some signs: those of a night, or one that somebody has just written down. How many it asked about."""
    if not signs:
        return 0
    whom = _WhomToAsk.about(signs, today)
    old = old_among(signs, today)
    old_due = whole(values_on(FOR_ALL, dated_values(), today), OLD_SIGNS_DUE)
    not_yet_asked = _not_yet_asked(signs, whom)
    for some in _some_at_a_time(not_yet_asked):
        with transaction.atomic():
            for sign in some:
                due_on = sign_due_on(sign.known_on, old=sign.key in old, old_due_working_days=old_due)
                _ask(sign, whom, due_on=due_on, run=run, today=today, now=now)
            _tell([sign for sign in some if sign.key not in old], whom, now)
    return len(not_yet_asked)


@dataclass(frozen=True)
class _WhomToAsk:
    """Who is asked by name about a child's signs, and the post that is asked about every other child's."""

    by_name: Mapping[str, Practitioner]
    triage: Post

    @classmethod
    def about(cls, signs: list[Entry], today: date) -> "_WhomToAsk":
        allocated = dict(asked_by_name(today).order_by("opened_on").values_list("person_id", "practitioner"))
        workers = Practitioner.objects.in_bulk(set(allocated.values()))
        by_name = {person_id: workers[worker] for person_id, worker in allocated.items()}
        # A restricted child's signs go to whoever answers for the record, and to nobody else.
        owners = owners_of_restricted({sign.person_id for sign in signs})
        return cls(by_name | owners, Posts(today).named(PostKind.TRIAGE, HUB))

    def worker(self, sign: Entry) -> Practitioner | None:
        return self.by_name.get(sign.person_id)


def _not_yet_asked(signs: list[Entry], whom: _WhomToAsk) -> list[Entry]:
    """Signs whose clock does not run yet, or runs for somebody who is no longer the one to ask."""
    running = dict(Clock.objects.running().filter(what=SIGN_CLOCK).values_list("about_id", "owner_id"))
    # What passed on because somebody was away stays with whoever has it now.
    passed_on = set(
        HandOver.objects.filter(clock__stopped_at=None, clock__what=SIGN_CLOCK).values_list(
            "clock__about_id", "from_owner_id"
        )
    )
    opened = set(
        Involvement.objects.filter(why=Why.ASKED, rests_on__startswith="sign ").values_list(
            "person_id", "rests_on"
        )
    )

    def waits(sign: Entry) -> bool:
        worker = whom.worker(sign)
        worker_id = worker.pk if worker else None
        if sign.key not in running:
            return True
        if running[sign.key] != worker_id and (sign.key, worker_id) not in passed_on:
            return True
        return worker is None and (sign.person_id, _rests_on(sign)) not in opened

    return [sign for sign in signs if waits(sign)]


def _ask(sign: Entry, whom: _WhomToAsk, *, due_on: date, run: int, today: date, now: datetime) -> None:
    worker = whom.worker(sign)
    start_clock(
        what=SIGN_CLOCK,
        about_kind="sign of harm",
        about_id=sign.key,
        about_person=sign.person_id,
        due_on=due_on,
        now=now,
        owner=worker,
        owner_post=whom.triage,
    )
    if not worker:
        involve(
            person_id=sign.person_id,
            why=Why.ASKED,
            rests_on=_rests_on(sign),
            opened_on=today,
            agency=whom.triage.agency,
            post=whom.triage,
        )
    record(
        by=ROWAN,
        did="asked whether a strategy discussion is needed",
        about_person=sign.person_id,
        about_kind="sign of harm",
        about_id=sign.key,
        particulars={"run": run, "asked": "allocated_worker" if worker else "triage"},
    )


def _tell(signs: list[Entry], whom: _WhomToAsk, now: datetime) -> None:
    """Due the day it reached Rowan, so it is told at once. Older signs are told by their list."""
    path = reverse("questions:for_me")
    asked = {whom.worker(sign) for sign in signs}
    tell_all([News(worker, SIGN_OF_HARM, path, urgent=True) for worker in asked if worker], now)
    if None in asked:
        tell_post(whom.triage, SIGN_OF_HARM, path, now, urgent=True)


def _rests_on(sign: Entry) -> str:
    return f"sign {sign.key}"


def _some_at_a_time(signs: Iterable[Entry]) -> Iterator[list[Entry]]:
    rest = iter(signs)
    while some := list(islice(rest, SIGNS_A_TRANSACTION)):
        yield some
