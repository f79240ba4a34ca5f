"""Laws that wait for a date: how each stands, and recording the day it came into force. They name no child."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.access.rules.seeing import NOTHING_THERE
from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NothingThere

from ..actions.decisions import settings_on
from ..actions.law import KIND, date_a_law
from ..forms.law import DateLawForm
from ..rules.law import LAWS, in_force_from, law_named, standing_of
from ..rules.who_decides import refusal_to_date_a_law


@require_safe
def listed(request):
    record(by=request.user, did="looked at laws that wait for a date")
    today = timezone.localdate()
    settings = settings_on(today)
    laws = [(law, standing_of(law, settings, today)) for law in LAWS if law.from_setting]
    context = {"laws": laws, "may_date": refusal_to_date_a_law(request.user.role) is None}
    return render(request, "sharing/laws.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def date_one(request, key: str):
    law = law_named(key)
    refusal = refusal_to_date_a_law(request.user.role) or ""
    missing = law is None or not law.from_setting
    record(
        by=request.user, did="opened the form to date a law", about_kind=KIND, about_id=key, refused_because=refusal or (NOTHING_THERE if missing else "")
    )  # fmt: skip
    if refusal:
        raise NotAllowed(refusal)
    if missing:
        raise NothingThere(NOTHING_THERE)
    today = timezone.localdate()
    settings = settings_on(today)
    form = DateLawForm(request.POST or None, initial={"on": in_force_from(law, settings)})
    if form.is_valid():
        date_a_law(law, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Recorded. Forms about sharing say so from now on.")
        return redirect("sharing:laws")
    context = {"law": law, "standing": standing_of(law, settings, today), "form": form}
    return render(request, "sharing/date_law.html", context)
