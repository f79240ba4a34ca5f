"""Signing in and out, each leaving a line on the trail, a refused sign-in too; and who answers for each agency."""

import json

from allauth.account import views as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.base import views as second_factor
from allauth.mfa.webauthn import views as passkey
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.serializers.json import DjangoJSONEncoder
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rowan.audit_trail.actions import PUBLIC, record
from rowan.refusals import NotPossible

from .actions import use_sign_in_link
from .adapters import begin_session, leave_refused_sign_in, own_sign_in_among
from .leads import half_of, leads_now
from .models import Agency, AgencyKind, OwnSignIn
from .rules.accounts import CONFIRMS_A_RESET
from .rules.roles import APPROVES_FOR_TWO
from .rules.session_limits import ENDED_IN_WORDS


class SignIn(account.LoginView):
    template_name = "agencies/sign_in.html"

    def get_context_data(self, **kwargs):
        ended = ENDED_IN_WORDS.get(self.request.GET.get("ended", ""), "")
        own_sign_ins = OwnSignIn.objects.filter(ended_at=None).exists()
        return super().get_context_data(**kwargs) | {
            "next": self.get_next_url() or "",
            "ended": ended,
            "own_sign_ins": own_sign_ins,
        }


class SignInWithCode(second_factor.AuthenticateView):
    template_name = "agencies/sign_in_code.html"

    def get_context_data(self, **kwargs):
        shown = super().get_context_data(**kwargs)
        options = json.dumps(shown["js_data"]["request_options"], cls=DjangoJSONEncoder)
        proofs = get_authentication_records(self.request, self.stage.login.user)
        return shown | {"options": options, "by_own_sign_in": own_sign_in_among(proofs) is not None}

    def form_invalid(self, form):
        leave_refused_sign_in(self.stage.login.user, "The code or the passkey was not right.")
        return super().form_invalid(form)


class SignInWithPasskey(passkey.LoginWebAuthnView):
    template_name = "agencies/sign_in.html"

    def form_invalid(self, form):
        leave_refused_sign_in(None, "The passkey was not right.")
        return redirect("account_login")


@require_POST
def sign_out(request):
    record(by=request.user, did="signed out")
    logout(request)
    return redirect("account_login")


@login_not_required
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_link(request, token: str):
    """The address that `rowan demo sign-in` prints. It asks for a press of a button, so that a preview does not use it up."""
    if request.method == "POST":
        try:
            person = use_sign_in_link(token, now=timezone.now())
        except NotPossible as refusal:
            record(by=PUBLIC, did="tried to sign in", refused_because=refusal.reason)
            raise
        record(by=person, did="signed in", particulars={"with": "demonstration address"})
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        begin_session(request, person, proof="demonstration address")
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
        {
            "leads": leads,
            "at": now,
            "nobody": any(lead.practitioner is None for lead in leads),
            "approves": request.user.role in APPROVES_FOR_TWO,
            "sees_posts": request.user.role in CONFIRMS_A_RESET,
        },
    )
