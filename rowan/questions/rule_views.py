"""The pages of the register: every rule that may ask, its figures by group, and its switch."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.audit_trail.actions import PUBLIC, record

from . import actions, by_group
from .first_looks import first_looks
from .forms import SwitchForm
from .rules.register import ABOUT_FEEDS, NO_RULE_ABOUT, RULES, rule_named
from .shown_elsewhere import asked_elsewhere
from .shown_rules import published_rule
from .what_followed import FOLLOWED
from .whiskers import picture, picture_of_explained


@login_not_required
@require_safe
def rules(request):
    _leave_look_at_rules(request, "looked at the register of rules")
    counted = request.user.is_authenticated
    today = timezone.localdate()
    listed = [published_rule(rule, today, counted=counted) for rule in RULES]
    about_feeds = [published_rule(rule, today, counted=counted) for rule in ABOUT_FEEDS]
    return render(
        request,
        "questions/rules.html",
        {
            "rules": listed,
            "about_feeds": about_feeds,
            "asked_elsewhere": asked_elsewhere(today),
            "no_rule_about": NO_RULE_ABOUT.items(),
        },
    )


@login_not_required
@require_safe
def rule(request, name: str):
    found = rule_named(name)
    if found is None:
        raise Http404
    _leave_look_at_rules(request, "looked at a rule", name)
    signed_in = request.user.is_authenticated
    published = published_rule(found, timezone.localdate(), counted=signed_in)
    may_switch = signed_in and request.user.role in actions.SWITCHES_RULES
    looks = first_looks(found, timezone.now()) if signed_in and not found.about_a_feed else None
    return render(
        request, "questions/rule.html", {"shown": published, "may_switch": may_switch, "looks": looks}
    )


@require_safe
def rule_by_group(request, name: str):
    """Whom a rule asks about and what came of it, by group, for whoever signs in."""
    found = rule_named(name)
    if found is None or found.about_a_feed:
        raise Http404
    _leave_look_at_rules(request, "looked at whom a rule asks about", name)
    figures = by_group.by_group(found, timezone.localdate())
    return render(
        request,
        "questions/rule_by_group.html",
        {
            "rule": found,
            "by_group": figures,
            "tables": [
                (table, picture(table.lines), picture_of_explained(table.lines)) for table in figures.tables
            ],
            "followed": [name for _, name in FOLLOWED],
            "came_of_it": [name for _, name in by_group.CAME_OF_IT],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def switch(request, name: str):
    """Switch a rule off, or on again, from today."""
    found = rule_named(name)
    if found is None:
        raise Http404
    today = timezone.localdate()
    actions.may_switch_rules(name, by=request.user, did="looked at a rule's switch")
    published = published_rule(found, today, counted=False)
    form = SwitchForm(request.POST or None, initial={"to": "off" if published.on else "on"})
    if form.is_valid():
        on, why = form.cleaned_data["to"] == "on", form.cleaned_data["why"]
        switch = actions.switch_rule(name, on=on, from_on=today, why=why, by=request.user)
        if switch.by == request.user.display_name and switch.why == why.strip():
            messages.success(request, "Recorded. It counts from the next overnight run.")
            return redirect("questions:rule", name)
        form.add_error("why", f"{switch.by} was first and gave this reason: {switch.why}")
    _leave_look_at_rules(request, "looked at a rule's switch", name)
    return render(request, "questions/switch.html", {"shown": published, "form": form})


def _leave_look_at_rules(request, did: str, name: str = "") -> None:
    by = request.user if request.user.is_authenticated else PUBLIC
    record(by=by, did=did, about_kind="rule", about_id=name)
