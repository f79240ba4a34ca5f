"""Signing in by an agency's own provider: choosing it, going there, coming back; and the administrator's list of them."""

from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from . import own_sign_in
from .account_forms import WhyForm
from .account_views import to_change
from .adapters import shown_by_own_sign_in
from .looking_at_accounts import may_look
from .models import OwnSignIn
from .own_sign_in_protocol import NotBelieved, begin, claims_of, state_of
from .rules.accounts import KEEPS_ACCOUNTS
from .rules.own_sign_in import address_vouched_for, origin_of, second_step_counts

# A whole council may come from one address, as with passwords.
TRIES = {"own_sign_in": "120/m/ip"}
ON_A_PAGE = 50
STATE_LOST = "What was begun here is not known, too old, or used already."
CANCELLED = "The provider was left without signing in."


@login_not_required
@require_safe
def choose(request):
    open_ones = OwnSignIn.objects.filter(ended_at=None).select_related("agency").order_by("agency__name")
    return render(
        request, "agencies/own_sign_in_choose.html", {"own_sign_ins": open_ones, "then": _then(request)}
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def go(request, provider_id: str):
    """A button, so that no link and no preview starts anything."""
    own = _open_one(provider_id)
    then = _then(request)
    if request.user.is_authenticated:
        return redirect(then or settings.LOGIN_REDIRECT_URL)
    if request.method == "POST":
        if limited := _tried_too_often(request):
            return limited
        try:
            return begin(request, own, then=then)
        except NotBelieved as fault:
            return _refused(request, own, str(fault), "agencies/own_sign_in_trouble.html", 502, then=then)
    page = render(request, "agencies/own_sign_in_go.html", {"own": own, "then": then})
    # A browser holds the form to where it leads in the end, and this one leads there.
    page._csp_update = {"form-action": [origin_of(own.issuer)]}
    return page


@login_not_required
@never_cache
@require_GET
def back(request, provider_id: str):
    """From the provider, with a code that only Rowan can change into an answer."""
    own = _open_one(provider_id)
    if limited := _tried_too_often(request):
        return limited
    state = state_of(request, own)
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if state is None:
        return _refused(request, own, STATE_LOST, "agencies/own_sign_in_again.html", 400)
    then = state.get("next") or ""
    if request.GET.get("error"):
        return _refused(request, own, CANCELLED, "agencies/own_sign_in_again.html", 403, then=then)
    try:
        claims = claims_of(request, own, state)
    except NotBelieved as fault:
        return _refused(request, own, str(fault), "agencies/own_sign_in_trouble.html", 502, then=then)
    return _let_in(request, own, claims, then)


def _let_in(request, own: OwnSignIn, claims: dict, then: str):
    now = timezone.now()
    address = address_vouched_for(
        claims, named_by=own.named_by, vouched_by=own.vouched_by, domains=own.domains.split()
    )
    try:
        person = own_sign_in.let_in(own, subject=claims["sub"], address=address, now=now)
    except own_sign_in.NotLetIn as no:
        return _refused(request, own, no.why, "agencies/own_sign_in_no_account.html", 403, tried=no.tried)
    second_step = second_step_counts(
        claims,
        trusted_acr=own.trusted_acr.split(),
        trusted_amr=own.trusted_amr.split(),
        now=now,
        within=settings.SIGNED_IN_AT_MOST,
    )
    shown_by_own_sign_in(request, person, own, second_step=second_step)
    return perform_login(request, person, redirect_url=then or None)


@require_safe
def own_sign_ins(request):
    may_look(request, "looked at own sign-ins")
    them = OwnSignIn.objects.select_related("agency").annotate(people=Count("linked"))
    page = Paginator(them.order_by("-set_up_at", "-pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "agencies/own_sign_ins.html",
        {"page": page, "may_end": request.user.role in KEEPS_ACCOUNTS},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end(request, own_id: int):
    own = get_object_or_404(OwnSignIn.objects.select_related("agency"), pk=own_id)
    may_look(request, "looked at ending an own sign-in", only=KEEPS_ACCOUNTS)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        own_sign_in.end(own, why=form.cleaned_data["why"], by=request.user, now=timezone.now())
        messages.success(request, f"Ended. Nobody is signed in by {own.agency.name}’s own sign-in any more.")
        return redirect("agencies:own_sign_ins")
    return render(request, "agencies/own_sign_in_end.html", {"own": own, "form": form})


@require_POST
def unlink(request, practitioner_id: int):
    person = to_change(request, practitioner_id)
    own_sign_in.unlink(person, by=request.user)
    messages.success(request, "Unlinked. The next sign-in by the agency links the account anew.")
    return redirect("agencies:account", person.pk)


def _open_one(provider_id: str) -> OwnSignIn:
    found = OwnSignIn.objects.select_related("agency").filter(agency__code=provider_id, ended_at=None).first()
    if found is None:
        raise Http404
    return found


def _then(request) -> str:
    """Where to go on to afterwards: a page of Rowan's own, whatever was asked."""
    return get_next_redirect_url(request) or ""


def _tried_too_often(request):
    if not ratelimit.consume(request, app="rowan", action="own_sign_in", config=TRIES, limit_get=True):
        return render(request, "429.html", status=429)
    return None


def _refused(request, own: OwnSignIn, why: str, page: str, status: int, *, then: str = "", tried=None):
    own_sign_in.refuse(own, why, tried)
    return render(request, page, {"own": own, "then": then}, status=status)
