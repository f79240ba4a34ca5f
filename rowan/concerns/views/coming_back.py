"""Coming back with the code of a receipt: replies, and a box to add to it. Never the report, whoever holds the code."""

from uuid import uuid4

from allauth.core.internal import ratelimit
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rowan.audit_trail.actions import PUBLIC, record
from rowan.refusals import NotAllowed
from rowan.sharing.views.tokens import token_of

from ..actions.adding import add_words, concern_with_code, refusal_of_words
from ..actions.telling import challenge_with_code
from ..rules.receipts import is_a_code
from ..rules.steps import Step, refusal_to_move
from ..rules.telling import may_challenge, refusal_of_challenge
from ..shown_raised import outcome_of
from .without_account import login_not_required_and_nothing_kept

# A code cannot be guessed; this only keeps a machine from trying all day. Nobody's address stands in any log.
TRIES = {"come_back": "30/m/ip"}
NOT_A_CODE = "Enter the code of your receipt: 20 letters and digits in four groups of five."
TOO_OFTEN = "Too many tries in one minute. Wait a minute, then press again. Your code is still in its box."


@login_not_required_and_nothing_kept
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request):
    if request.method != "POST":
        record(by=PUBLIC, did="opened the page to come back")
        return render(request, "concerns/come_back.html", {})
    code = request.POST.get("receipt", "")[:100]
    if not ratelimit.consume(request, app="rowan", action="come_back", config=TRIES):
        return _asked_again(request, code, TOO_OFTEN, 429)
    if not is_a_code(code):
        return _asked_again(request, code, NOT_A_CODE)
    now = timezone.now()
    try:
        concern = concern_with_code(code, now=now)
    except NotAllowed as refusal:
        return _asked_again(request, code, refusal.reason)
    error, added = "", False
    disagreed = _disagree(request, code, concern, now)
    words = request.POST.get("words", "").replace("\x00", "")
    if request.POST.get("then") == "add":
        error = refusal_of_words(words) or ""
        if not error:
            add_words(concern, words=words, token=token_of(request), by=PUBLIC, now=now)
            words, added = "", True
    context = {
        "concern": concern,
        "code": code,
        "outcome": outcome_of(concern, now),
        "replies": concern.replies.all(),
        **disagreed,
        "error": error,
        "typed": words,
        "added": added,
        "token": (request.POST.get("token") if error else "") or uuid4(),
    }
    return render(request, "concerns/replies.html", context)


def _disagree(request, code: str, concern, now) -> dict:
    """Whoever came by a link and is told of the decision may say that it is wrong. What they wrote is shown to nobody who comes back."""
    why, sought = (request.POST.get(box, "").replace("\x00", "") for box in ("why", "sought"))
    error = ""
    if request.POST.get("then") == "disagree" and _may_disagree(concern):
        error = refusal_of_challenge(why, sought, raises=concern.raises) or ""
        if not error:
            challenge_with_code(code, token=token_of(request), why=why, sought=sought, now=now)
            why = sought = ""
            concern.refresh_from_db()
    return {
        "may_disagree": _may_disagree(concern),
        "disagreed": concern.challenges.last() if concern.step == Step.CHALLENGED else None,
        "why": why,
        "sought": sought,
        "why_error": error,
        "disagree_token": (request.POST.get("token") if error else "") or uuid4(),
    }


def _may_disagree(concern) -> bool:
    return may_challenge(concern.may_be_told.of) and not refusal_to_move(concern.step, Step.CHALLENGED)


def _asked_again(request, code: str, error: str, status: int = 200):
    return render(request, "concerns/come_back.html", {"code": code, "error": error}, status=status)
