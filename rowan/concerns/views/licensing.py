"""The form on which triage records a look into a licensing register, for one name that was heard."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rowan.sharing.views.tokens import token_of

from ..actions.licensing import record_look_up
from ..actions.refusing import open_at_the_desk
from ..forms.licensing import LicensingForm
from .triage import acted, form_page

INTRO = (
    "Whoever keeps the register looks up one person or one vehicle. Rowan matches no list with any register. "
    "That somebody was looked up says nothing against them."
)


@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request, concern_id, name_id: int):
    now = timezone.now()
    opened = open_at_the_desk(
        concern_id,
        by=request.user,
        now=now,
        did="opened the form to record a look-up in a licensing register",
    )
    name = opened.concern.names_heard.filter(pk=name_id).first()
    if name is None:
        raise Http404
    form = LicensingForm(
        request.POST or None,
        initial={"sought": name.as_said or name.description, "looked_on": timezone.localdate(now)},
    )
    if form.is_valid():
        said = {"name_id": name_id, "token": token_of(request), "by": request.user, "now": now}
        if acted(form, record_look_up, concern_id, **said, **form.cleaned_data):
            messages.success(request, "Recorded, with who looked and why.")
            return redirect("concerns:triage_one", concern_id)
    return form_page(
        request, opened, form, "A look-up in a licensing register", "Record the look-up", intro=INTRO
    )
