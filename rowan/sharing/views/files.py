"""A file for a decision's recipient; the register of decisions and its file."""

from uuid import uuid4

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rowan.audit_trail.actions import record
from rowan.people.where_they_live import home_is_withheld
from rowan.refusals import NotAllowed

from .. import shown
from ..actions.approvals import ask_for_two
from ..actions.files import is_bulk, make_childs_record, make_register
from ..files.register import listed
from ..forms.files import OverrideForm, RegisterForm
from ..models import Approval, Request
from ..rules.approvals import Act
from ..rules.items import ADDRESS
from ..rules.law import names_of
from ..rules.who_decides import READS_THE_REGISTER
from ..sending import as_download
from .decisions import opened_decision
from .tokens import token_of

ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def file(request, decision_id):
    found, about = opened_decision(request, decision_id)
    form = OverrideForm(request.POST or None) if _holds_a_withheld_address(found, about) else None
    if request.method == "POST" and (form is None or form.is_valid()):
        why = form.cleaned_data["override_why"] if form else ""
        made, content = make_childs_record(
            found, token=token_of(request), by=request.user, now=timezone.now(), override_why=why
        )
        return as_download(content, f"rowan-{made.pk}.zip")
    return render(
        request,
        "sharing/file.html",
        {
            "child": about.child,
            "decision": found,
            "items": shown.item_names(found),
            "form": form,
            "token": request.POST.get("token") or uuid4(),
            "made": found.files.select_related("by"),
        },
    )


def _holds_a_withheld_address(decision, about) -> bool:
    return decision.items.filter(item=ADDRESS).exists() and home_is_withheld(about.person_id)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request):
    """Decisions, not narrative: that each was made, on what ground, and when it is looked at again. No child is named."""
    if request.user.role not in READS_THE_REGISTER:
        reason = "The register of decisions is kept by information governance."
        record(by=request.user, did="looked at the register of decisions", refused_because=reason)
        raise NotAllowed(reason)
    form = RegisterForm(request.POST or None)
    rows = listed()
    bulk = is_bulk(rows.count(), timezone.localdate())
    if form.is_valid():
        return _register_file(request, form.cleaned_data, bulk)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    record(by=request.user, did="looked at the register of decisions", particulars={"page": page.number})
    lines = [(row, names_of([row.article6, row.condition, row.duty])) for row in page.object_list]
    late = Request.objects.open().filter(due_on__lt=timezone.localdate()).count()
    context = {"page": page, "lines": lines, "form": form, "bulk": bulk, "late": late, "waiting": Request.objects.open().count()}  # fmt: skip
    return render(request, "sharing/register.html", context | {"token": request.POST.get("token") or uuid4()})


def _register_file(request, typed: dict, bulk: bool):
    token, now, approval = token_of(request), timezone.now(), None
    if bulk and typed["approval"]:
        approval = get_object_or_404(Approval, pk=typed["approval"])
    elif bulk:
        asked = ask_for_two(
            Act.BULK_EXPORT, token=token, about_kind="register of decisions", about_id="", particulars={"to": typed["to"]},
            why=typed["purpose"], by=request.user, now=now,
        )  # fmt: skip
        return redirect("sharing:approval", asked.pk)
    made, content = make_register(
        to=typed["to"], purpose=typed["purpose"], token=token, by=request.user, now=now, approval=approval
    )
    return as_download(content, f"rowan-{made.pk}.zip")
