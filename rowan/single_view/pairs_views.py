"""Who is who: the pairs of records that wait for an answer, one pair side by side, and what was judged."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.audit_trail.actions import record, record_list_shown
from rowan.matching import waiting
from rowan.matching.actions import answer, look_at, open_judgement, undo
from rowan.matching.actions.answering import PURPOSE, what_two_said
from rowan.matching.models import AwaitedJoin
from rowan.matching.rules.who_judges import refusal_to_judge
from rowan.refusals import NotAllowed, NotPossible, SomebodyWasFirst

from . import shown_pairs
from .pair_forms import PairForm, TakeBackForm

ON_A_PAGE = 25
LISTED = "looked at the records that may be one person’s"
LISTED_JUDGED = "looked at what was judged about records"


@require_safe
def pairs(request):
    today = timezone.localdate()
    _must_judge(request.user, LISTED)
    page = Paginator(waiting.pairs_for(request.user, today), ON_A_PAGE).get_page(request.GET.get("page"))
    mine = list(waiting.mine_that_wait(request.user)[:ON_A_PAGE])
    ids = [each for row in [*page.object_list, *mine] for each in (row.left_person_id, row.right_person_id)]
    record_list_shown(by=request.user, did=LISTED, person_ids=ids, purpose=PURPOSE)
    context = {
        "page": page,
        "lines": shown_pairs.lines(page.object_list, request.user, today),
        "mine": shown_pairs.named(mine, request.user, today),
    }
    return render(request, "single_view/pairs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request, left_rid: str, right_rid: str):
    now = timezone.now()
    found = look_at(left_rid, right_rid, by=request.user)
    form = PairForm(request.POST or None)
    if form.is_valid() and (done := _answered(form, left_rid, right_rid, request.user, now)):
        messages.success(request, _said(done))
        return redirect("who_is_who:pairs")
    context = {
        "pair": found,
        "beside": shown_pairs.side_by_side(found, request.user, timezone.localdate(now)),
        "form": form,
        "said": what_two_said(found),
    }
    return render(request, "single_view/pair.html", context)


def _answered(form, left_rid: str, right_rid: str, by, now):
    """What was recorded; why it was not is said beside the form, with everything typed still there."""
    try:
        return answer(left_rid, right_rid, by=by, now=now, **form.cleaned_data)
    except SomebodyWasFirst:
        raise
    except NotPossible as refusal:
        form.add_error(None, refusal.reason)
        return None


def _said(done) -> str:
    if not isinstance(done, AwaitedJoin):
        return "Recorded. It holds from the next night on, and can be taken back."
    if done.closed_at is None:
        return "Recorded. Both have work on them, so somebody else answers too before they are joined."
    return "Recorded. Somebody else answered otherwise, so both reasons stand beside the two records now, and a third person looks."


@require_safe
def judgements(request):
    today = timezone.localdate()
    _must_judge(request.user, LISTED_JUDGED)
    page = Paginator(waiting.judgements_for(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    shown = shown_pairs.judged(rows, request.user, today)
    ids = [person_id for each in shown for person_id in each.person_ids]
    record_list_shown(by=request.user, did=LISTED_JUDGED, person_ids=ids, purpose=PURPOSE)
    return render(request, "single_view/judgements.html", {"page": page, "judged": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request, judgement_id: int):
    judgement = open_judgement(judgement_id, by=request.user)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        undo(judgement_id, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Taken back. From the next night on everything stands as it stood before.")
        return redirect("who_is_who:judgements")
    [shown] = shown_pairs.judged([judgement], request.user, timezone.localdate())
    return render(request, "single_view/take_back.html", {"each": shown, "form": form})


def _must_judge(reader, did: str) -> None:
    if refusal := refusal_to_judge(reader.role):
        record(by=reader, did=did, refused_because=refusal)
        raise NotAllowed(refusal)
