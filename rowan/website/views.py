"""The first page, how Rowan is running, the components, and the pages for when something goes wrong."""

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from rowan.agencies.rules.roles import KEEPS_THE_FEEDS, SEES_NO_CHILD
from rowan.audit_trail.actions import record
from rowan.audit_trail.models import Entry
from rowan.notices.actions import state as mail_state
from rowan.records.models import FeedAgreement, ImportedFile, OvernightRun, QuarantinedRow
from rowan.refusals import NotAllowed
from rowan.timescales import background
from rowan.timescales.forms import DayField
from rowan.timescales.passing_on import without_anybody


@require_safe
def home(request):
    return redirect("running" if request.user.role in SEES_NO_CHILD else "questions:for_me")


@require_safe
def running(request):
    """Counts only: no child is named or counted one by one on this page."""
    if request.user.role not in KEEPS_THE_FEEDS:
        refused = "This page is for those who keep Rowan running."
        record(by=request.user, did="looked at how Rowan is running", refused_because=refused)
        raise NotAllowed(refused)
    record(by=request.user, did="looked at how Rowan is running")
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = Entry.objects.filter(at__gte=midnight)
    return render(
        request,
        "website/running.html",
        {
            "run": OvernightRun.current(),
            "unfinished": OvernightRun.objects.filter(finished_at=None).exists(),
            "files": ImportedFile.objects.count(),
            "newest_file": ImportedFile.objects.select_related("agency").first(),
            "put_aside": QuarantinedRow.objects.count(),
            "agreements": FeedAgreement.objects.filter(until_on=None).count(),
            "trail_today": today.count(),
            "refused_today": today.refused().count(),
            "trail_all": Entry.objects.count(),
            "background": background.state(),
            "mail": mail_state(),
            "without_anybody": without_anybody(timezone.localdate()),
        },
    )


class EveryField(forms.Form):
    """One of each thing a person may type, for the components page."""

    name = forms.CharField(
        label="A line of text",
        help_text="What it is for, in a few words.",
        error_messages={"required": "Enter a line of text"},
    )
    note = forms.CharField(label="Longer text", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    on = DayField(
        label="A date", help_text="For example, 3 6 2026", error_messages={"required": "Enter a date"}
    )
    choice = forms.ChoiceField(
        label="One of several",
        choices=[("one", "The first"), ("two", "The second")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one"},
    )
    listed = forms.ChoiceField(
        label="One of many", required=False, choices=[("a", "An agency"), ("b", "Another agency")]
    )


@require_safe
def components(request):
    record(by=request.user, did="looked at the components")
    return render(
        request,
        "website/components.html",
        {"form": EveryField(), "refused_form": EveryField({}), "today": timezone.localdate()},
    )


def bad_request(request, exception=None):
    return _page(request, "400.html", 400)


def not_allowed(request, exception=None):
    return _page(request, "403.html", 403)


def send_again(request, reason=""):
    """The form's token was missing or too old (CSRF)."""
    return _page(request, "403_csrf.html", 403)


def too_often(request):
    return _page(request, "429.html", 429)


def not_found(request, exception=None):
    return _page(request, "404.html", 404)


def went_wrong(request):
    """Stands without a database and without a context: it must not fail in its turn."""
    return HttpResponseServerError(render_to_string("500.html"))


def _page(request, template: str, status: int):
    # An address that is refused before sign-in is looked at has no user yet.
    if not hasattr(request, "user"):
        request.user = AnonymousUser()
    return render(request, template, status=status)
