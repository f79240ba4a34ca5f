"""A feed fell silent: the night asks the lead of the agency that sends it, files that come end the question, and somebody may answer it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NoReturn

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.agencies.in_words import by_and_when
from rowan.agencies.models import Agency
from rowan.audit_trail.actions import ROWAN, record
from rowan.notices.actions import tell_post
from rowan.refusals import Both, NotAllowed, NotPossible, SomebodyWasFirst
from rowan.timescales.actions import dated_values, start_clock, stop_clock
from rowan.timescales.rules.settings import values_on
from rowan.timescales.rules.working_days import add_working_days

from ..clocks import FEED, FEED_CLOCK
from ..models import FeedQuestion
from ..posts import Posts
from ..rules import feed_silent
from ..rules.declaration import Rule, whole
from ..rules.feed_silent import EXPECTED_WITHIN_DAYS
from ..silent_feeds import refusal_to_answer_about_feed

CAME = "files came"


def ask_about_feeds(
    silent: Iterable[Mapping],
    *,
    run: int,
    today: date,
    now: datetime,
    rule: Rule = feed_silent.RULE,
    switched_off: Collection[str] = (),
) -> int:
    """Ask about each feed that fell silent, once while it is; end what has come since. Rows as the rule's own table gives them."""
    found = {(row["feed"], row["agency"]): row for row in silent}
    standing = {
        (question.feed, question.agency.code): question
        for question in FeedQuestion.objects.open().filter(rule=rule.name).select_related("agency")
    }
    for key in standing.keys() - found.keys():
        _end_as_it_came(standing[key], now)
    if rule.name in switched_off:
        return 0
    values = rule.values_used(values_on(rule.goes_by, dated_values(), today))
    agencies = {each.code: each for each in Agency.objects.filter(code__in=[code for _, code in found])}
    posts, asked = Posts(today), 0
    for key, row in sorted(found.items()):
        agency = agencies.get(row["agency"])
        if agency is None:
            continue
        sentence = rule.explain({**row, "school": agency.name, "agency_name": agency.name}, values)
        if key in standing:
            _say_how_long_by_now(standing[key], sentence, row["reaches_to"])
        elif not _expected_later(agency, row["feed"], today):
            _ask(rule, agency, row, sentence, values, posts, run=run, today=today, now=now)
            asked += 1
    return asked


def answer_about_feed(
    question: FeedQuestion, *, why: str, expected_on: date | None, by, now: datetime
) -> FeedQuestion:
    """Say why nothing comes and when it will. It is asked again when that day has passed and nothing came."""
    did, today, why = "answered about a silent feed", timezone.localdate(now), why.strip()
    if refusal := refusal_to_answer_about_feed(question, by, today=today):
        _refuse(refusal, question, by, did, NotAllowed)
    if not why:
        _refuse("Say why nothing comes.", question, by, did)
    if not expected_on or not today < expected_on <= today + timedelta(days=EXPECTED_WITHIN_DAYS):
        _refuse(f"Files are expected on a day after today, within {EXPECTED_WITHIN_DAYS} days.", question, by, did)  # fmt: skip
    with transaction.atomic():
        question = FeedQuestion.objects.select_for_update().get(pk=question.pk)
        if question.ended_at is None:
            question.ended_at, question.answered_by = now, by
            question.why, question.expected_on = why, expected_on
            question.save(update_fields=["ended_at", "answered_by", "why", "expected_on"])
            stop_clock(what=FEED_CLOCK, about_kind=FEED, about_id=question.pk, now=now, because="answered")
            _leave_line(did, question, by, {"expected_on": expected_on.isoformat()})
            return question
    if (question.answered_by_id, question.why, question.expected_on) == (by.pk, why, expected_on):
        return question
    _somebody_was_first(question, why, by, did)


def _ask(
    rule: Rule,
    agency: Agency,
    row: Mapping,
    sentence: str,
    values,
    posts: Posts,
    *,
    run: int,
    today: date,
    now: datetime,
) -> None:
    with transaction.atomic():
        question = FeedQuestion.objects.create(
            rule=rule.name,
            rule_version=rule.version,
            feed=row["feed"],
            agency=agency,
            post=posts.answers_for_files_of(agency),
            reaches_to=row["reaches_to"],
            sentence=sentence,
            settings_used=values,
            asked_run=run,
            asked_on=today,
            due_on=add_working_days(today, whole(values, rule.due_working_days)),
        )
        start_clock(
            what=FEED_CLOCK, about_kind=FEED, about_id=question.pk, due_on=question.due_on, now=now, owner_post=question.post
        )  # fmt: skip
        _leave_line("asked about a silent feed", question, ROWAN, {"run": run})
        path = reverse("questions:feed", args=[question.pk])
        tell_post(question.post, "A question was put to you", path, now)


def _say_how_long_by_now(question: FeedQuestion, sentence: str, reaches_to: date | None) -> None:
    if (question.sentence, question.reaches_to) == (sentence, reaches_to):
        return
    with transaction.atomic():
        question.sentence, question.reaches_to = sentence, reaches_to
        question.save(update_fields=["sentence", "reaches_to"])
        _leave_line("said how long a feed has been silent by now", question, ROWAN, {})


def _expected_later(agency: Agency, feed: str, today: date) -> bool:
    answered = FeedQuestion.objects.filter(feed=feed, agency=agency, expected_on__gte=today)
    return answered.exists()


def _end_as_it_came(question: FeedQuestion, now: datetime) -> None:
    with transaction.atomic():
        if not FeedQuestion.objects.open().filter(pk=question.pk).update(ended_at=now):
            return
        stop_clock(what=FEED_CLOCK, about_kind=FEED, about_id=question.pk, now=now, because=CAME)
        _leave_line("closed a question about a silent feed", question, ROWAN, {"because": CAME})


def _somebody_was_first(question: FeedQuestion, why: str, by, did: str) -> NoReturn:
    if question.answered_by is None:
        _refuse("Files have come since, so the question is closed.", question, by, did)
    reason = f"{question.answered_by.display_name} has answered already."
    record(by=by, did=did, about_kind=FEED, about_id=question.pk, refused_because=reason)
    answered = by_and_when(question.answered_by.display_name, question.ended_at)
    raise SomebodyWasFirst(
        reason, [Both("Why nothing comes", question.why, why), Both("Said by", answered, "Not sent")]
    )


def _refuse(reason: str, question: FeedQuestion, by, did: str, refusal=NotPossible) -> NoReturn:
    record(by=by, did=did, about_kind=FEED, about_id=question.pk, refused_because=reason)
    raise refusal(reason)


def _leave_line(did: str, question: FeedQuestion, by, particulars: dict) -> None:
    record(
        by=by, did=did, about_kind=FEED, about_id=question.pk, particulars={"feed": question.feed, "agency": question.agency.code} | particulars
    )  # fmt: skip
