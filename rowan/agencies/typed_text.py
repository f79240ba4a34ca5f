"""What was typed is there after signing in again.

A form that arrives when its session is over is not acted on. What was typed is kept sealed for a day, for the person whose browser
it was and for nobody else: a cookie that Rowan signed says who signed in there last. When that person signs in again, in any
browser, the page with the form comes back filled, and nothing is sent until she sends it herself.
"""

import json
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from rowan.audit_trail.actions import PUBLIC, record

from .models import Practitioner, TypedText
from .rules.filling_in import fill_in, may_be_kept

KEPT_FOR = timedelta(hours=24)
KEPT_AT_MOST = 5
LONGEST = 200_000
# What the session holds of what waits: its pages, so that no other page has to ask.
WAITING = "typed_text"
_SALT = "rowan.agencies.typed_text"


def keep(request, *, now: datetime) -> str:
    """Keep a lost form, when it is known whose it was. Says which page to come back to."""
    page, action = page_of(request), request.path
    typed = {name: request.POST.getlist(name) for name in request.POST if may_be_kept(name)}
    said = json.dumps(typed)
    person = _who_signed_in_here_last(request)
    if person is None or not any(any(values) for values in typed.values()) or len(said) > LONGEST:
        return page
    with transaction.atomic():
        TypedText.objects.create(
            practitioner=person,
            page=page,
            action=action,
            typed=said,
            kept_at=now,
            expires_at=now + KEPT_FOR,
        )
        newest = person.typed_texts.order_by("-kept_at", "-pk").values_list("pk", flat=True)[:KEPT_AT_MOST]
        person.typed_texts.exclude(pk__in=list(newest)).delete()
        record(by=PUBLIC, did="kept what was typed", about_kind="practitioner", about_id=person.pk)
    return page


def note_what_waits(session, person: Practitioner, *, now: datetime) -> None:
    """At signing in: which pages have something of hers to give back."""
    TypedText.objects.filter(expires_at__lte=now).delete()
    waiting = person.typed_texts.order_by("kept_at", "pk").values_list("pk", "page", "action")
    if waiting:
        session[WAITING] = [list(row) for row in waiting]


def give_back(request, response):
    """The page with its form filled as it was left, and a word about it on top."""
    found = [row for row in request.session[WAITING] if row[1] == request.get_full_path()]
    kept = _kept(request.user, found[-1][0]) if found else None
    if kept is None:
        return response
    html = response.content.decode(response.charset)
    filled = fill_in(html, page=request.path, action=kept.action, typed=json.loads(kept.typed))
    word = render_to_string("agencies/_typed_before.html", {"kept": kept, "filled": filled is not None})
    response.content = (filled or html).replace(
        '<main class="govuk-main-wrapper" id="main-content">',
        f'<main class="govuk-main-wrapper" id="main-content">{word}',
        1,
    )
    record(by=request.user, did="was given back what was typed")
    return response


def was_sent(request) -> None:
    """She has sent the form herself: from here it is like any other."""
    left = [row for row in request.session[WAITING] if row[2] != request.path]
    if left != request.session[WAITING]:
        request.user.typed_texts.filter(action=request.path).delete()
        request.session[WAITING] = left


def throw_away(*, by: Practitioner, session) -> None:
    with transaction.atomic():
        by.typed_texts.all().delete()
        record(by=by, did="threw away what was typed")
    session.pop(WAITING, None)


def remember_who(request, response) -> None:
    """A signed cookie names who signed in here last. It opens nothing: it only says for whom to keep a lost form."""
    if _last_here(request) != request.user.pk:
        response.set_cookie(
            settings.TYPIST_COOKIE_NAME,
            signing.dumps(request.user.pk, salt=_SALT),
            max_age=KEPT_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _last_here(request) -> int | None:
    try:
        # Written anew well before it lapses.
        return signing.loads(
            request.COOKIES.get(settings.TYPIST_COOKIE_NAME, ""), salt=_SALT, max_age=KEPT_FOR / 2
        )
    except signing.BadSignature:
        return None


def _who_signed_in_here_last(request) -> Practitioner | None:
    return Practitioner.objects.filter(pk=_last_here(request), is_active=True).first()


def _kept(person: Practitioner, pk: int) -> TypedText | None:
    return person.typed_texts.filter(pk=pk, expires_at__gt=timezone.now()).first()


def page_of(request) -> str:
    """The page on which the form stood, when the browser says so and it is one of ours."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    ours = came_from.netloc == request.get_host() and came_from.path.startswith("/")
    page = came_from.path + (f"?{came_from.query}" if came_from.query else "") if ours else request.path
    return page if len(page) <= 500 else request.path
