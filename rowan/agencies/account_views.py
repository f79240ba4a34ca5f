"""The administrator's pages: who has an account, making one, changing its role, ending it, letting somebody in again."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import account_details as details
from . import accounts
from .account_forms import ChangedDetailsForm, NewAccountForm, RoleForm, WhyForm
from .actions import team_named
from .awaited_role_views import roles_waiting
from .looking_at_accounts import may_look
from .models import AwaitedRole, LinkedPerson, Practitioner, SecondFactorReset
from .rules.accounts import (
    KEEPS_ACCOUNTS,
    RESET_ASKED_FOR,
    refusal_to_confirm_reset,
    refusal_to_keep_accounts,
)
from .rules.roles import APPROVES_FOR_TWO

ACCOUNTS_ON_A_PAGE = 50
# Where the session keeps a password between making an account and showing it once.
SHOWN_ONCE = "starting_password"
WAITS = "This role approves what takes two people, so a second person who approves already has to confirm it first."


@require_safe
def accounts_list(request):
    may_look(request, "looked at accounts")
    is_linked = Exists(LinkedPerson.objects.filter(practitioner=OuterRef("pk")))
    is_waiting = Exists(AwaitedRole.objects.filter(practitioner=OuterRef("pk"), decided_at=None))
    people = (
        Practitioner.objects.select_related("agency")
        .annotate(is_linked=is_linked, is_waiting=is_waiting)
        .order_by("-is_active", "display_name", "pk")
    )
    page = Paginator(people, ACCOUNTS_ON_A_PAGE).get_page(request.GET.get("page"))
    waiting = _resets_waiting().select_related("practitioner", "asked_by")
    roles = roles_waiting()
    return render(request, "agencies/accounts.html", {"page": page, "waiting": waiting, "roles": roles})


@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request):
    may_look(request, "looked at making an account", only=KEEPS_ACCOUNTS)
    form = NewAccountForm(request.POST or None)
    if form.is_valid():
        about = form.cleaned_data
        about["team"] = team_named(about["agency"], about["team"])
        person, password = accounts.make_account(by=request.user, now=timezone.now(), **about)
        return _show_once(request, person, password)
    return render(request, "agencies/new_account.html", {"form": form})


@require_safe
def account(request, practitioner_id: int):
    person = get_object_or_404(Practitioner.objects.select_related("agency", "team"), pk=practitioner_id)
    may_look(request, "looked at an account", person)
    kept_for, password = request.session.pop(SHOWN_ONCE, (None, ""))
    kinds = Authenticator.objects.filter(user=person).values_list("type", flat=True)
    return render(
        request,
        "agencies/account.html",
        {
            "person": person,
            "password": password if kept_for == person.pk else "",
            "second_factors": sorted(set(kinds)),
            "sessions": person.sessions.count(),
            "linked": person.linked.select_related("own_sign_in__agency").first(),
            "waits": person.awaited_roles.filter(decided_at=None).first(),
            "password_version": accounts.password_version(person),
            "why_not": refusal_to_keep_accounts(request.user.role, is_oneself=person.pk == request.user.pk),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change_details(request, practitioner_id: int):
    person = to_change(request, practitioner_id)
    form = ChangedDetailsForm(request.POST or None, person=person)
    if form.is_valid():
        details.change_details(person, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "The account is changed.")
        return redirect("agencies:account", person.pk)
    return render(request, "agencies/change_details.html", {"person": person, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def change_role(request, practitioner_id: int):
    person = to_change(request, practitioner_id)
    form = RoleForm(request.POST or None, now=person.role)
    if form.is_valid():
        accounts.change_role(person, by=request.user, now=timezone.now(), **form.cleaned_data)
        says = (
            WAITS
            if form.cleaned_data["role"] in APPROVES_FOR_TWO
            else f"The role is changed. {person.display_name} signs in again."
        )
        messages.success(request, says)
        return redirect("agencies:account", person.pk)
    return render(request, "agencies/change_role.html", {"person": person, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def end_account(request, practitioner_id: int):
    person = to_change(request, practitioner_id)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        accounts.end_account(person, why=form.cleaned_data["why"], by=request.user, now=timezone.now())
        messages.success(request, "The account has ended, and the work is passed on.")
        return redirect("agencies:account", person.pk)
    return render(request, "agencies/end_account.html", {"person": person, "form": form})


@require_POST
def give_starting_password(request, practitioner_id: int):
    person = to_change(request, practitioner_id)
    password = accounts.give_starting_password(
        person, by=request.user, now=timezone.now(), opened_on=request.POST.get("opened_on", "")
    )
    return _show_once(request, person, password)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_reset(request, practitioner_id: int):
    person = to_change(request, practitioner_id)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        accounts.ask_for_reset(person, why=form.cleaned_data["why"], by=request.user, now=timezone.now())
        messages.success(request, "Asked. Nothing happens until somebody else confirms it.")
        return redirect("agencies:account", person.pk)
    return render(request, "agencies/ask_for_reset.html", {"person": person, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_reset(request, reset_id: int):
    reset = get_object_or_404(
        SecondFactorReset.objects.select_related("practitioner", "asked_by"), pk=reset_id
    )
    now = timezone.now()
    if request.method == "POST":
        accounts.confirm_reset(reset, by=request.user, now=now)
        messages.success(request, "Confirmed. The next password leads to a new second step.")
        return redirect("agencies:accounts")
    may_look(request, "looked at a reset of a second factor", reset.practitioner)
    why_not = (
        "This is confirmed already."
        if reset.confirmed_at
        else refusal_to_confirm_reset(
            request.user.role,
            asked_by_oneself=reset.asked_by_id == request.user.pk,
            is_oneself=reset.practitioner_id == request.user.pk,
            asked_at=reset.asked_at,
            now=now,
        )
    )
    return render(request, "agencies/confirm_reset.html", {"reset": reset, "why_not": why_not})


def _resets_waiting():
    since = timezone.now() - RESET_ASKED_FOR
    return SecondFactorReset.objects.filter(confirmed_at=None, asked_at__gt=since).order_by("asked_at")


def to_change(request, practitioner_id: int) -> Practitioner:
    person = get_object_or_404(Practitioner, pk=practitioner_id)
    may_look(request, "looked at changing an account", person, only=KEEPS_ACCOUNTS)
    return person


def _show_once(request, person: Practitioner, password: str):
    if not password:
        messages.success(request, WAITS)
        return redirect("agencies:account", person.pk)
    request.session[SHOWN_ONCE] = (person.pk, password)
    return redirect("agencies:account", person.pk)
