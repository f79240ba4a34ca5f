"""Tell somebody that something needs them; mail it, without saying what.

`tell` writes a row in the act's own transaction and sends nothing: mail that is down blocks nobody and loses nothing. A worker makes
one mail a person a window, urgent ones at once, and tries again later each time until it is taken.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from rowan.agencies.leads import absences_of, lead_now
from rowan.agencies.models import Post, PostHolding, Practitioner
from rowan.agencies.rules.chain import is_away
from rowan.audit_trail.actions import record
from rowan.timescales.actions import dated_values
from rowan.timescales.rules.settings import values_on

from .models import Mail, Notice
from .rules.mail import Letter, is_given_up, is_time, wait_before
from .rules.settings import DIGEST_MINUTES, SETTINGS
from .sending import was_taken, way_out

MAILS_AT_ONCE = 100
FAILURES_IN_A_ROW = 3
KEEP_READ = timedelta(days=30)


@dataclass(frozen=True)
class News:
    """What somebody is told: `about` says what kind of thing it is, without a child in it; `path` is where it waits."""

    practitioner: Practitioner
    about: str
    path: str
    urgent: bool = False


def tell(practitioner: Practitioner, about: str, path: str, now: datetime, *, urgent: bool = False) -> None:
    """Tell somebody that something needs them. The same thing is told once until it is mailed or read."""
    tell_all([News(practitioner, about, path, urgent)], now)


def tell_post(
    post: Post,
    about: str,
    path: str,
    now: datetime,
    *,
    urgent: bool = False,
    never: Collection[int | None] = (),
) -> None:
    """Tell everybody who sits in a post and is there; when nobody is, whoever answers for its agency. Those in `never` (ids) are told nothing."""
    today = timezone.localdate(now)
    sitters = [
        holding.practitioner
        for holding in PostHolding.objects.on(today).filter(post=post).select_related("practitioner")
    ]
    calendar = absences_of([sitter.pk for sitter in sitters], since=today)
    there = [
        sitter
        for sitter in sitters
        if sitter.pk not in never and not is_away(calendar.get(sitter.pk, ()), today)
    ]
    if not there and (lead := lead_now(post.agency, today)).practitioner:
        there = [lead.practitioner]
    tell_all([News(person, about, path, urgent) for person in there if person.pk not in never], now)


def tell_all(news: Iterable[News], now: datetime) -> None:
    """Many at once, in two statements."""
    rows = {(each.practitioner.pk, each.about, each.path): each for each in news}
    Notice.objects.bulk_create(
        [
            Notice(practitioner=each.practitioner, about=each.about[:300], path=each.path, urgent=each.urgent, made_at=now)
            for each in rows.values()
        ],
        batch_size=500,
        ignore_conflicts=True,
    )  # fmt: skip
    if any(each.urgent for each in rows.values()):
        send_now.enqueue()


def read_all(*, by: Practitioner, now: datetime, up_to: int | None = None) -> int:
    """They have seen what needs them: everything up to the newest that stood on the page, and nothing that came since."""
    with transaction.atomic():
        seen = Notice.objects.unread().filter(practitioner=by, made_at__lte=now)
        read = (seen if up_to is None else seen.filter(pk__lte=up_to)).update(read_at=now)
        record(by=by, did="read notices", particulars={"notices": read})
    return read


@task()
def send_now() -> None:
    """What is urgent does not wait for the schedule."""
    send_what_waits(now=timezone.now())


def send_what_waits(now: datetime) -> int:
    """Make the mails that are due and try those that wait. Says how many were taken."""
    deliver = way_out()
    if deliver is None:
        return 0
    make_mails(now)
    taken = failed = 0
    for pk in _waiting(now):
        done = _try(pk, deliver, now)
        taken, failed = taken + (done is True), failed + (done is False)
        if failed >= FAILURES_IN_A_ROW:
            break  # the mail server is down: the others need not wait for it one by one
    return taken


def make_mails(now: datetime) -> int:
    """One mail a person for everything they have not been told of, unless they were mailed within the window."""
    window = float(values_on(SETTINGS, dated_values(), timezone.localdate(now))[DIGEST_MINUTES.name])
    with transaction.atomic():
        people = list(
            Practitioner.objects.select_for_update()
            .filter(
                Q(pk__in=Notice.objects.unread().filter(mail=None).values("practitioner")),
                is_active=True,
                email__gt="",
            )
            .order_by("pk")
        )
        untold = list(Notice.objects.unread().filter(mail=None, practitioner__in=people))
        urgent = {notice.practitioner_id for notice in untold if notice.urgent}
        last = dict(
            Mail.objects.filter(practitioner__in=people)
            .values_list("practitioner")
            .annotate(last=Max(Coalesce("sent_at", "made_at")))
            .order_by()
        )
        due = [
            person
            for person in people
            if is_time(
                urgent=person.pk in urgent,
                last_mailed_at=last.get(person.pk),
                now=now,
                window_minutes=window,
            )
        ]
        # Some hundreds at a time: a night may tell thousands, and a worker is killed sooner than thousands are told one by one.
        Mail.objects.bulk_create(
            [Mail(practitioner=person, made_at=now, next_try_at=now) for person in due], batch_size=500
        )
        mails = dict(Mail.objects.filter(practitioner__in=due, made_at=now).values_list("practitioner", "pk"))
        told = [notice for notice in untold if notice.practitioner_id in mails]
        for notice in told:
            notice.mail_id = mails[notice.practitioner_id]
        Notice.objects.bulk_update(told, ["mail"], batch_size=500)
    return len(due)


def try_given_up_again(now: datetime) -> int:
    """For the operator, when the mail server is back."""
    return Mail.objects.filter(given_up_at__isnull=False, sent_at=None).update(
        given_up_at=None, tries=0, next_try_at=now
    )


def forget_what_was_read(now: datetime) -> None:
    Notice.objects.filter(read_at__lt=now - KEEP_READ).delete()


def state() -> dict:
    """For the page that shows how Rowan is running: counts only."""
    return {
        "has_way_out": way_out() is not None,
        "waiting": Mail.objects.filter(next_try_at__isnull=False).count(),
        "given_up": Mail.objects.filter(given_up_at__isnull=False).count(),
        "without_address": Notice.objects.unread()
        .filter(practitioner__email="")
        .values("practitioner")
        .distinct()
        .count(),
    }


def _waiting(now: datetime) -> list[int]:
    return list(
        Mail.objects.filter(next_try_at__lte=now)
        .order_by("next_try_at", "pk")
        .values_list("pk", flat=True)[:MAILS_AT_ONCE]
    )


def _try(pk: int, deliver, now: datetime) -> bool | None:
    """Try one mail; None when another worker has it. Its next try is written before it is sent: a worker killed half-way leaves it to be tried again, by one other."""
    mail = Mail.objects.select_related("practitioner").get(pk=pk)
    again_at = now + wait_before(mail.tries + 1)
    mine = Mail.objects.filter(pk=pk, next_try_at=mail.next_try_at, tries=mail.tries)
    if mail.next_try_at is None or not mine.update(
        tries=mail.tries + 1, next_try_at=again_at, failed_with=""
    ):
        return None
    # A try that neither came through nor failed was cut off: its mail may have gone, or not.
    was_cut_off = mail.tries > 0 and not mail.failed_with
    letter = Letter(
        mail.practitioner.email, str(mail.key), settings.ROWAN_ADDRESS + reverse("notices:for_me")
    )
    taken, kind = True, ""
    try:
        if not (was_cut_off and was_taken(letter)):
            deliver(letter)
    except Exception as error:  # noqa: BLE001 (whatever went wrong: it is tried again, then shown to the operator)
        taken, kind = False, f"{type(error).__module__}.{type(error).__qualname__}"[:100]
    tried = Mail.objects.filter(pk=pk, tries=mail.tries + 1)
    if taken:
        tried.update(sent_at=now, next_try_at=None, failed_with="")
    elif is_given_up(mail.tries + 1):
        tried.update(given_up_at=now, next_try_at=None, failed_with=kind)
    else:
        tried.update(failed_with=kind)
    return taken
