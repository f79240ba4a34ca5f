"""Making a one-time link for an agency without an account, and ending one that is not used yet."""

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NotPossible

from ..actions.links import end_link, make_link, new_token
from ..forms.links import LinkForm
from ..models import OneTimeLink
from ..rules.who_makes_links import refusal_to_make_links

SALT = "rowan.concerns.link"


@require_http_methods(["GET", "HEAD", "POST"])
def links(request):
    """The new link is shown once, on the page that answers the form; it can be read nowhere afterwards."""
    did = "looked at one-time links"
    if refusal := refusal_to_make_links(request.user.role):
        record(by=request.user, did=did, refused_because=refusal)
        raise NotAllowed(refusal)
    form, address = LinkForm(request.POST or None), ""
    now = timezone.now()
    if form.is_valid():
        token = _drawn(request.POST.get("drawn", ""))
        make_link(token=token, **form.cleaned_data, by=request.user, now=now)
        address = request.build_absolute_uri(reverse("concerns:by_link", args=[token]))
        form = LinkForm()
    record(by=request.user, did=did)
    mine = OneTimeLink.objects.filter(made_by=request.user).select_related("agency")[:50]
    drawn = "" if address else request.POST.get("drawn", "")
    context = {
        "form": form,
        "address": address,
        "links": mine,
        "now": now,
        "drawn": drawn or signing.dumps(new_token(), salt=SALT),
    }
    return render(request, "concerns/links.html", context)


def _drawn(signed: str) -> str:
    """The token that this form was made with: nobody chooses one themselves."""
    try:
        return signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        raise NotPossible("This form is not whole. Open the page again and send it from there.") from None


@require_POST
def end(request, link_id: int):
    end_link(link_id, by=request.user, now=timezone.now())
    messages.success(request, "The link is ended. Nobody can raise a concern by it.")
    return redirect("concerns:links")
