"""Who a source is: asked for with a reason, and shown on one answer alone once a second person has approved."""

from uuid import uuid4

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NotPossible
from rowan.sharing.rules.approvals import Act, refusal_to_ask
from rowan.sharing.views.tokens import token_of
from rowan.sharing.whose_approvals import approval_of

from ..actions.unmasking import ask_to_unmask, unmask
from ..forms.sources import WhoASourceIsForm

OPENED = "opened the form to ask who a source is"


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    refusal = refusal_to_ask(Act.UNMASK_SOURCE, request.user.role)
    record(by=request.user, did=OPENED, refused_because=refusal or "")
    if refusal:
        raise NotAllowed(refusal)
    form = WhoASourceIsForm(request.POST or None)
    if form.is_valid():
        try:
            asked = ask_to_unmask(
                **form.cleaned_data, token=token_of(request), by=request.user, now=timezone.now()
            )
            return redirect("sharing:approval", asked.pk)
        except NotPossible as refused:
            form.add_error("reference", refused.reason)
    context = {"form": form, "token": request.POST.get("token") or uuid4()}
    return render(request, "concerns/ask_who_a_source_is.html", context)


@require_POST
def show(request, approval_id):
    approval = approval_of(approval_id, by=request.user)
    rows = unmask(approval, by=request.user, now=timezone.now())
    return render(request, "concerns/source.html", {"approval": approval, "rows": rows})
