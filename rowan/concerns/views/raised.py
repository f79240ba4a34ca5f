"""Concerns I raised: the receipt, what I may be told of what came of it, and a box to add to it."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.audit_trail.actions import record
from rowan.sharing.views.tokens import token_of

from ..actions.adding import add_words, my_concern, refusal_to_add
from ..models import Concern
from ..rules.steps import STEP_NAMES, Step, refusal_to_move
from ..rules.telling import may_challenge
from ..rules.what_it_is_about import ABOUT_NAMES
from ..shown_raised import outcome_of
from ..told_in_rows import rows_of

ON_A_PAGE = 30


@require_safe
def listed(request):
    """By the date they were raised, the newest first."""
    mine = Concern.objects.filter(by=request.user).order_by("-received_at", "pk")
    page = Paginator(mine, ON_A_PAGE).get_page(request.GET.get("page"))
    record(
        by=request.user,
        did="looked at the concerns they raised",
        particulars={"concerns": len(page.object_list)},
    )
    rows = [(each, ABOUT_NAMES.get(each.about, ""), _stands_at(each)) for each in page.object_list]
    return render(request, "concerns/raised.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def one(request, concern_id):
    concern = my_concern(concern_id, by=request.user, did="looked at a concern they raised")
    error = ""
    if request.method == "POST":
        words = request.POST.get("words", "").replace("\x00", "")
        error = refusal_to_add(concern, words, request.user) or ""
        if not error:
            add_words(concern, words=words, token=token_of(request), by=request.user, now=timezone.now())
            messages.success(request, "What you added has been received.")
            return redirect("concerns:one_raised", concern.pk)
    return render(
        request,
        "concerns/one_raised.html",
        {
            "concern": concern,
            "rows": rows_of(concern),
            "outcome": outcome_of(concern, timezone.now()),
            "may": concern.may_be_told,
            "may_disagree": may_challenge(concern.may_be_told.of)
            and not refusal_to_move(concern.step, Step.CHALLENGED),
            "added": concern.added_words.select_related("by"),
            "replies": concern.replies.select_related("by"),
            "error": error,
            "typed": request.POST.get("words", ""),
            "token": request.POST.get("token") or uuid4(),
        },
    )


def _stands_at(concern: Concern) -> str:
    return STEP_NAMES[concern.step] if concern.waits_for_triage else "Decided"
