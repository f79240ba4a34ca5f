"""The pages of posts and leads: an agency's posts, who sits in each and until when, their deputies, and the chain of leads."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.agencies import posts as acts
from rowan.agencies.looking_at_accounts import may_look
from rowan.agencies.models import Agency, AgencyKind, LeadPlace, Post, PostHolding
from rowan.agencies.rules.accounts import KEEPS_ACCOUNTS
from rowan.agencies.rules.roles import SEES_NO_CHILD

from .post_forms import ChainForm, DeputyForm, EndSeatForm, PostForm, SeatForm

AGENCIES_ON_A_PAGE = 50


@require_safe
def posts(request):
    may_look(request, "looked at the agencies whose posts are kept")
    agencies = sorted(
        Agency.objects.all(), key=lambda agency: (agency.kind == AgencyKind.SCHOOL, agency.name, agency.pk)
    )
    page = Paginator(agencies, AGENCIES_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "timescales/posts.html", {"page": page})


@require_safe
def agency_posts(request, agency_id: int):
    agency = get_object_or_404(Agency, pk=agency_id)
    may_look(request, "looked at an agency's posts")
    today = timezone.localdate()
    not_over = Q(until_on__isnull=True) | Q(until_on__gte=today)
    seats = PostHolding.objects.filter(not_over, practitioner__is_active=True).select_related("practitioner")
    places = LeadPlace.objects.filter(not_over, post__agency=agency).select_related("post")
    return render(
        request,
        "timescales/agency_posts.html",
        {
            "agency": agency,
            "posts": Post.objects.filter(agency=agency)
            .select_related("deputy")
            .prefetch_related(Prefetch("holdings", seats, to_attr="seats"))
            .order_by("title", "pk"),
            "chain": acts.chain_of(agency, today),
            "later": places.filter(from_on__gt=today).order_by("from_on", "place"),
            "today": today,
            "keeps_posts": request.user.role in KEEPS_ACCOUNTS,
            "sees_no_child": {role.value for role in SEES_NO_CHILD},
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_post(request, agency_id: int):
    agency = get_object_or_404(Agency, pk=agency_id)
    _may_change(request, "looked at making a post")
    form = PostForm(request.POST or None)
    if form.is_valid():
        acts.make_post(agency=agency, by=request.user, **form.cleaned_data)
        return _back_to(request, agency, "The post is made. Nobody sits in it yet.")
    return render(request, "timescales/new_post.html", {"agency": agency, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def seat(request, post_id: int):
    post = _post(request, post_id, "looked at seating somebody")
    now = timezone.now()
    form = SeatForm(request.POST or None, post=post, by=request.user, today=timezone.localdate(now))
    if form.is_valid():
        acts.seat(post, by=request.user, now=now, **form.cleaned_data)
        return _back_to(request, post.agency, "The seat is entered.")
    return render(request, "timescales/seat.html", {"post": post, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def end_seat(request, holding_id: int):
    holding = get_object_or_404(
        PostHolding.objects.select_related("post__agency", "practitioner"), pk=holding_id
    )
    _may_change(request, "looked at ending a seat")
    now = timezone.now()
    form = EndSeatForm(request.POST or None, holding=holding, today=timezone.localdate(now))
    if form.is_valid():
        acts.end_seat(holding, by=request.user, now=now, **form.cleaned_data)
        says = "The end of the seat is entered. What waits there passes to somebody else on that day."
        return _back_to(request, holding.post.agency, says)
    return render(request, "timescales/end_seat.html", {"holding": holding, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def deputy(request, post_id: int):
    post = _post(request, post_id, "looked at naming a deputy")
    form = DeputyForm(request.POST or None, post=post)
    if form.is_valid():
        acts.name_deputy(post, by=request.user, **form.cleaned_data)
        return _back_to(request, post.agency, "The deputy is entered.")
    return render(request, "timescales/deputy.html", {"post": post, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def chain_of_leads(request, agency_id: int):
    agency = get_object_or_404(Agency, pk=agency_id)
    _may_change(request, "looked at ordering a chain of leads")
    now = timezone.now()
    today = timezone.localdate(now)
    form = ChainForm(request.POST or None, agency=agency, today=today)
    if form.is_valid():
        typed = form.cleaned_data
        acts.order_chain(
            agency,
            typed["posts"],
            from_on=typed["from_on"],
            opened_on=typed["opened_on"],
            by=request.user,
            now=now,
        )
        return _back_to(request, agency, "The chain of leads is entered.")
    is_planned = LeadPlace.objects.filter(post__agency=agency, from_on__gt=today).exists()
    return render(
        request, "timescales/chain_of_leads.html", {"agency": agency, "form": form, "is_planned": is_planned}
    )


def _post(request, post_id: int, did: str) -> Post:
    post = get_object_or_404(Post.objects.select_related("agency", "deputy"), pk=post_id)
    _may_change(request, did)
    return post


def _may_change(request, did: str) -> None:
    may_look(request, did, only=KEEPS_ACCOUNTS)


def _back_to(request, agency: Agency, says: str):
    messages.success(request, says)
    return redirect("timescales:agency_posts", agency.pk)
