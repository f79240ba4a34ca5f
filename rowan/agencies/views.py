"""Signing in and out. Each leaves a line on the trail, and so does a sign-in that was refused."""

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rowan.audit_trail.actions import PUBLIC, record
from rowan.refusals import NotPossible

from .actions import may_use_sign_in_links, use_sign_in_link
from .forms import SignInForm
from .leads import half_of, leads_now
from .models import Agency, AgencyKind, Practitioner


class SignIn(LoginView):
    template_name = "agencies/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        record(by=form.get_user(), did="signed in", particulars={"with": "password"})
        return super().form_valid(form)

    def form_invalid(self, form):
        _leave_refused_sign_in(form.data.get("username", ""))
        return super().form_invalid(form)


def _leave_refused_sign_in(typed: str) -> None:
    """Whose account was tried, if there is one. What was typed is not kept: people type passwords into the wrong box."""
    tried = Practitioner.objects.filter(username=typed).first() if "\x00" not in typed else None
    record(
        by=PUBLIC,
        did="tried to sign in",
        about_kind="practitioner" if tried else "",
        about_id=tried.pk if tried else "",
        refused_because="The user name or the password was not right.",
    )


@require_POST
def sign_out(request):
    record(by=request.user, did="signed out")
    logout(request)
    return redirect("agencies:sign_in")


@login_not_required
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_link(request, token: str):
    """The address that `rowan demo sign-in` prints. It asks for a press of a button, so that a preview does not use it up."""
    if not may_use_sign_in_links():
        raise Http404
    if request.method == "POST":
        try:
            person = use_sign_in_link(token, now=timezone.now())
        except NotPossible as refusal:
            record(by=PUBLIC, did="tried to sign in", refused_because=refusal.reason)
            raise
        record(by=person, did="signed in", particulars={"with": "demonstration address"})
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("home")
    return render(request, "agencies/sign_in_by_link.html")


@require_safe
def who_answers(request):
    """Who answers for each agency now, how to ring them, and how they were reached. For everybody who signs in."""
    now = timezone.now()
    record(by=request.user, did="looked at who answers")
    own_first = sorted(
        Agency.objects.filter(practitioners__is_active=True).distinct(),
        key=lambda agency: (
            agency.pk != request.user.agency_id,
            agency.kind == AgencyKind.SCHOOL,
            agency.name,
        ),
    )
    leads = leads_now(own_first, timezone.localdate(now), half=half_of(now))
    return render(
        request,
        "agencies/who_answers.html",
        {"leads": leads, "at": now, "nobody": any(lead.practitioner is None for lead in leads)},
    )
