"""Agreements between agencies: the list, one with its versions, recording one, replacing it, looking at it again, ending it. They name no child."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.access.rules.seeing import NOTHING_THERE
from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NothingThere

from .. import shown_agreements as shown
from ..actions import agreements
from ..actions.decisions import settings_on
from ..forms.agreements import AgreementForm, EndAgreementForm, LookAgainForm
from ..models import Agreement, StandingDecision
from ..models.agreements import ended_ones
from ..resting import why_not
from ..rules.who_decides import KEEPS_AGREEMENTS, refusal_to_keep_agreement
from .tokens import token_of

ON_A_PAGE = 50
LOOKED = "looked at an agreement"


@require_safe
def listed(request):
    """Everybody may read what agencies agreed: in force and due for review first, or those that are past."""
    today, past = timezone.localdate(), request.GET.get("show") == "past"
    record(by=request.user, did="looked at agreements")
    rows = Agreement.objects.past(today) if past else Agreement.objects.current(today)
    rows = (
        rows.select_related("owner__agency").prefetch_related("parties").annotate(ended=Exists(ended_ones()))
    )
    page = Paginator(rows.order_by("-review_on" if past else "review_on", "name", "id"), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    lines = [shown.Listed(row, shown.how(row, today, ended=row.ended)) for row in page.object_list]
    due = [line for line in lines if line.how is shown.How.DUE]
    context = {
        "page": page,
        "past": past,
        "groups": [("Past", lines)]
        if past
        else [("Due for review", due), ("In force", [line for line in lines if line not in due])],
        "may_record": request.user.role in KEEPS_AGREEMENTS,
    }
    return render(request, "sharing/agreements.html", context)


@require_safe
def one(request, series):
    newest = _newest(request, series)
    today, ended = timezone.localdate(), agreements.is_ended(newest)
    in_force = Agreement.objects.on(today).filter(series=series).first()
    resting = list(
        StandingDecision.objects.on(today)
        .filter(agreement__series=series)
        .select_related("agency", "recipient_agency")
    )
    over = why_not(resting, today)
    clock = agreements.clocks_of(newest).filter(what=agreements.CLOCK).select_related("owner__agency").first()
    events = [
        event
        for version in Agreement.objects.filter(series=series).prefetch_related("events__by")
        for event in version.events.all()
    ]
    context = {
        "agreement": newest,
        "how": shown.how(newest, today, ended=ended),
        "how_name": shown.HOW_NAMES[shown.how(newest, today, ended=ended)],
        "rows": shown.rows_of(newest.says, newest.owner),
        "versions": shown.versions_of(series),
        "in_force": in_force,
        "resting": [(each, over.get(each.pk, "")) for each in resting],
        "sees_to_it": clock.owner if clock and clock.owner_id != newest.owner_id else None,
        "events": sorted(events, key=lambda event: (event.at, event.pk), reverse=True),
        "may_keep": not ended and _refusal(request, newest) is None,
    }
    return render(request, "sharing/agreement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    if refusal := refusal_to_keep_agreement(request.user.role, is_party=True):
        record(by=request.user, did="opened the form of an agreement", refused_because=refusal)
        raise NotAllowed(refusal)
    record(by=request.user, did="opened the form of an agreement")
    form = _form(request, None, initial={"parties": [request.user.agency_id], "owner": request.user.pk})
    if form.is_valid():
        made = agreements.record_agreement(
            form.said(),
            token=token_of(request),
            owner=form.cleaned_data["owner"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "Recorded. A standing decision can now be set up under it.")
        return redirect("sharing:agreement", made.series)
    return _page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request, series):
    """Starts from the newest version. Replaced meanwhile, both are shown and nothing is lost."""
    newest = _newest(request, series)
    _may_keep(request, newest, "opened the form of an agreement")
    based_on = _based_on(request, newest)
    form = _form(request, based_on, initial=_typed_of(newest))
    if form.is_valid():
        made = agreements.record_agreement(
            form.said(),
            token=token_of(request),
            owner=form.cleaned_data["owner"],
            replaces=based_on,
            by=request.user,
            now=timezone.now(),
        )
        if made is not None:
            messages.success(request, "The new version is recorded, beside those before it.")
            return redirect("sharing:agreement", series)
        newest = _newest(request, series)
        differ = shown.differences((newest.says, newest.owner), (form.said(), form.cleaned_data["owner"]))
        return _page(request, form, newest, stale=newest, differ=differ)
    return _page(request, form, based_on)


@require_http_methods(["GET", "HEAD", "POST"])
def look_again(request, series):
    newest = _newest(request, series)
    _may_keep(request, newest, "opened the review of an agreement")
    based_on = _based_on(request, newest)
    form, stale = LookAgainForm(request.POST or None), False
    if form.is_valid():
        made = agreements.look_again(
            based_on, token=token_of(request), by=request.user, now=timezone.now(), **form.cleaned_data
        )
        if made is not None:
            messages.success(request, "Looked at again: nothing changed but the day of the next review.")
            return redirect("sharing:agreement", series)
        newest, stale = _newest(request, series), True
    context = {
        "agreement": newest,
        "stale": stale,
        "differ": shown.differences((based_on.says, based_on.owner), (newest.says, newest.owner)),
        "form": form,
        "rows": shown.rows_of(newest.says, newest.owner),
    }
    return render(request, "sharing/look_again.html", context | _token(request))


@require_http_methods(["GET", "HEAD", "POST"])
def end(request, series):
    newest = _newest(request, series)
    _may_keep(request, newest, "opened the form to end an agreement")
    form = EndAgreementForm(request.POST or None)
    if form.is_valid():
        agreements.end_agreement(newest, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Ended. Nothing more is shared under it.")
        return redirect("sharing:agreement", series)
    resting = StandingDecision.objects.on(timezone.localdate()).filter(agreement__series=series)
    return render(
        request, "sharing/end_agreement.html", {"agreement": newest, "form": form, "resting": resting}
    )


def _newest(request, series) -> Agreement:
    found = (
        Agreement.objects.newest()
        .select_related("owner__agency", "by__agency")
        .prefetch_related("parties")
        .filter(series=series)
        .first()
    )
    record(by=request.user, did=LOOKED, about_kind=agreements.KIND, about_id=series, refused_because="" if found else NOTHING_THERE)  # fmt: skip
    if found is None:
        raise NothingThere(NOTHING_THERE)
    return found


def _based_on(request, newest: Agreement) -> Agreement:
    """The version that the form was opened on."""
    number = request.POST.get("based_on", "")
    found = (
        Agreement.objects.filter(series=newest.series, pk=int(number)).first() if number.isdigit() else None
    )
    return found or newest


def _refusal(request, newest: Agreement) -> str | None:
    is_party = request.user.agency_id in {agency.pk for agency in newest.parties.all()}
    sees_to_review = agreements.is_seen_to_by(newest, request.user)
    return refusal_to_keep_agreement(request.user.role, is_party=is_party, sees_to_review=sees_to_review)


def _may_keep(request, newest: Agreement, did: str) -> None:
    if refusal := _refusal(request, newest):
        record(by=request.user, did=did, about_kind=agreements.KIND, about_id=newest.series, refused_because=refusal)  # fmt: skip
        raise NotAllowed(refusal)


def _form(request, replaces: Agreement | None, *, initial: dict) -> AgreementForm:
    today = timezone.localdate()
    passed = replaces is not None and agreements.is_seen_to_by(replaces, request.user)
    return AgreementForm(
        request.POST if request.method == "POST" else None,
        by=request.user,
        today=today,
        settings=settings_on(today),
        replaces=replaces,
        makers_agency=None if passed else request.user.agency_id,
        initial=initial,
    )


def _typed_of(agreement: Agreement) -> dict:
    boxes = {name: getattr(agreement, name) for name in AgreementForm.base_fields if name not in {"parties", "owner", "why", "review_on"}}  # fmt: skip
    return boxes | {"parties": [agency.pk for agency in agreement.parties.all()], "owner": agreement.owner_id}


def _token(request) -> dict:
    return {"token": request.POST.get("token") or uuid4()}


def _page(request, form, based_on: Agreement | None, **more):
    context = {"form": form, "based_on": based_on} | _token(request) | more
    return render(request, "sharing/record_agreement.html", context)
