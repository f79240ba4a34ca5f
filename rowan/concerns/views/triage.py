"""The queue of triage, one concern, and what triage does with it before it is decided."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rowan.access.standing import hidden_from
from rowan.audit_trail.actions import record, record_list_shown
from rowan.people.called import called
from rowan.people.finding import Likely
from rowan.people.models import Person
from rowan.refusals import NotAllowed, NotPossible, SomebodyWasFirst
from rowan.sharing.views.tokens import token_of

from .. import shown
from ..actions import acknowledging, checks, deciding, reaching, searching, triage
from ..actions.refusing import open_at_the_desk
from ..actions.waiting_for_social_care import waits_for_social_care
from ..forms import triage as forms
from ..reading import open_concern, settings_on, to_triage
from ..rules.as_told import as_told
from ..rules.steps import Step
from ..rules.urgency import label
from ..rules.who_triages import NOT_YOURS, triages
from ..shown_joined import joined_to
from ..told_in_rows import rows_for_the_desk

ON_A_PAGE = 25
IN_TURN = "in-turn"


@require_safe
def queue(request):
    now = timezone.now()
    today = timezone.localdate(now)
    waiting = to_triage(request.user, today)
    if not triages(request.user.role) and not waiting.exists():
        record(by=request.user, did="looked at the triage queue", refused_because=NOT_YOURS)
        raise NotAllowed(NOT_YOURS)
    in_turn = shown.in_turn(waiting, now)
    shows_turn = request.GET.get("list") == IN_TURN
    listed = waiting.in_turn(now) if shows_turn else waiting.not_in_turn(now)
    page = Paginator(listed, ON_A_PAGE).get_page(request.GET.get("page"))
    ids = [each.person_id for each in page.object_list if each.person_id]
    record_list_shown(by=request.user, did="looked at the triage queue", person_ids=ids)
    rows = shown.queue(page.object_list, settings_on(today), now)
    return render(
        request,
        "concerns/triage_queue.html",
        {"page": page, "rows": rows, "in_turn": in_turn, "shows_turn": shows_turn},
    )


@require_safe
def one(request, concern_id):
    now = timezone.now()
    opened = open_concern(concern_id, by=request.user, now=now)
    return render(request, "concerns/triage_one.html", _page_of(opened, request.user, now))


def _page_of(opened, reader, now) -> dict:
    concern, today = opened.concern, timezone.localdate(now)
    settings = settings_on(today)
    matched = concern.matched.select_related("by").last()
    decision = concern.decisions.standing().select_related("by").last()
    facts = list(concern.statutory_facts.all())
    return {
        "concern": concern,
        "opened": opened,
        "child": called({concern.person_id: opened.seen}, today)[concern.person_id] if opened.seen else None,
        "told_of": as_told(concern.details),
        "told_rows": rows_for_the_desk(concern, at_the_desk=opened.triages),
        "urgency": label(concern.urgency, settings),
        "urgencies": [(label(row.urgency, settings), row) for row in concern.urgencies.select_related("by")],
        "late": concern.waits_for_triage and concern.due_at < now,
        "referrer": shown.referrer_of(concern),
        "names_heard": list(
            concern.names_heard.select_related("part_known").prefetch_related("licensing_look_ups__by")
        ),
        "checks": list(concern.checks.select_related("agency", "answered_by")),
        "matched": matched,
        "matched_by": shown.with_names([matched], concern)[0][1] if matched else "",
        "worker": deciding.worker_of(concern, today),
        "decisions": list(concern.decisions.select_related("by")),
        "decision": decision,
        "passed_on": shown.passed_on(concern, opened, reader),
        "told": list(concern.told.select_related("by")),
        "challenges": shown.with_names(concern.challenges.select_related("by"), concern),
        "facts": facts,
        "social_care_owes": waits_for_social_care(concern).first(),
        "added": shown.with_names(concern.added_words.select_related("by"), concern),
        "joined": joined_to(concern, opened.seen),
        "files": list(concern.files.all()),
        "may_be_reached": opened.triages and reaching.left_something(concern),
        "replies": shown.with_names(concern.replies.select_related("by"), concern),
        "to_decide": opened.triages and (concern.waits_for_triage or concern.step == Step.CHALLENGED),
        "by_me": decision is not None and decision.by_id == reader.pk,
    }


@require_POST
def begin(request, concern_id):
    triage.begin_screening(concern_id, by=request.user, now=timezone.now())
    messages.success(request, "You are screening this concern.")
    return redirect("concerns:triage_one", concern_id)


@require_POST
def acknowledge(request, concern_id):
    words = request.POST.get("words", "")
    acknowledging.acknowledge(concern_id, words=words, by=request.user, now=timezone.now())
    messages.success(request, "Recorded: the concern has reached the child’s worker.")
    return redirect("concerns:triage_one", concern_id)


@require_http_methods(["GET", "HEAD", "POST"])
def urgency(request, concern_id):
    now = timezone.now()
    opened = open_at_the_desk(
        concern_id, by=request.user, now=now, did="opened the form to say how urgent a concern is"
    )
    stands = triage.version_of(opened.concern.urgencies.last())
    form = forms.UrgencyForm(
        request.POST or None,
        initial={"urgency": opened.concern.urgency, "opened_on": stands},
        settings=settings_on(timezone.localdate(now)),
    )
    if form.is_valid():
        triage.set_urgency(concern_id, by=request.user, now=now, **form.cleaned_data)
        messages.success(request, "Recorded. The date by which it is decided follows from it.")
        return redirect("concerns:triage_one", concern_id)
    return form_page(request, opened, form, "How urgent is this concern?", "Record how urgent it is", intro="The clock began when it was received. Red counts every hour of the day and the night; the others count the hours the hub is open.")  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def who(request, concern_id):
    """Which child is it about? Looked for by what was told, or by what triage knows better: sent by POST, so that no address holds a name."""
    now = timezone.now()
    opened = open_at_the_desk(
        concern_id, by=request.user, now=now, did="opened a concern to say who it is about"
    )
    told = triage.sought_of(opened.concern)
    form = forms.LookForForm(request.POST or None, initial=vars(told))
    sought = form.sought() if form.is_valid() else told if request.method != "POST" else None
    looked = sought is not None and sought.says_enough
    found = triage.who_it_may_be(concern_id, sought, by=request.user, now=now) if looked else []
    cards = shown.candidates(found, request.user, timezone.localdate(now))
    said = {"concern": opened.concern, "form": form, "looked": looked, "found": cards}
    return render(request, "concerns/triage_who.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def say_who(request, concern_id):
    """One of those found. Opened by GET it leads to the page on which they stand."""
    now = timezone.now()
    opened = open_at_the_desk(
        concern_id, by=request.user, now=now, did="opened a concern to say who it is about"
    )
    if request.method != "POST":
        chosen = request.GET.get("person_id", "")
        form = forms.SayWhoForm(
            initial={"person_id": chosen, "opened_on": triage.version_of(opened.concern.matched.last())}
        )
        return _say_who_page(request, opened, form, chosen, now)
    form = forms.SayWhoForm(request.POST)
    if form.is_valid():
        triage.say_who(concern_id, by=request.user, now=now, **form.cleaned_data)
        messages.success(
            request, "Recorded. You may open the child’s record until this concern has come to its end."
        )
        return redirect("concerns:triage_one", concern_id)
    return _say_who_page(request, opened, form, request.POST.get("person_id", ""), now)


def _say_who_page(request, opened, form, chosen: str, now):
    cards = (
        shown.candidates([Likely(chosen, 0)], request.user, timezone.localdate(now))
        if _may_choose(request, chosen)
        else []
    )
    # Whoever is asked for by an address stands on this page by name: that is a look, like the list it is chosen from.
    record_list_shown(
        by=request.user,
        did="looked at the child a concern may be about",
        person_ids=[card.person_id for card in cards],
        particulars={"concern": str(opened.concern.pk)},
    )
    return form_page(
        request,
        opened,
        form,
        "Is the concern about this child?",
        "Yes, it is about this child",
        candidates=cards,
    )


def _may_choose(request, chosen: str) -> bool:
    hidden = hidden_from(request.user)
    return Person.objects.filter(pk=chosen).exists() and chosen not in hidden


@require_http_methods(["GET", "HEAD", "POST"])
def nobody_known(request, concern_id):
    now = timezone.now()
    opened = open_at_the_desk(concern_id, by=request.user, now=now, did="opened a concern to found a record")
    told = as_told(opened.concern.details)
    stands = triage.version_of(opened.concern.matched.last())
    initial = {
        "first_name": told.first_name,
        "surname": told.surname,
        "birth_date": told.birth_date,
        "opened_on": stands,
    }
    form = forms.NobodyKnownForm(request.POST or None, initial=initial)
    if form.is_valid():
        triage.say_nobody_known(concern_id, school_code="", by=request.user, now=now, **form.cleaned_data)
        messages.success(request, "Recorded. The child has a record of her own from now on.")
        return redirect("concerns:triage_one", concern_id)
    return form_page(
        request, opened, form, "A child Rowan does not know yet", "Found a record for this child"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask_agency(request, concern_id):
    now = timezone.now()
    opened = open_at_the_desk(concern_id, by=request.user, now=now, did="opened the form to ask an agency")
    form = forms.AskAgencyForm(request.POST or None, concern=opened.concern)
    if form.is_valid():
        checks.ask_agency(concern_id, token=token_of(request), by=request.user, now=now, **form.cleaned_data)
        messages.success(request, "Asked. The check’s clock runs, and whoever leads there today was told.")
        return redirect("concerns:triage_one", concern_id)
    return form_page(request, opened, form, "Ask an agency what it knows", "Ask the agency", intro="They see what you ask and who the concern is about, as it was told. They do not see the concern itself, nor who raised it.")  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def reach(request, concern_id):
    """How to reach whoever raised it: asked for by POST, with a reason, and shown on that answer alone."""
    now = timezone.now()
    opened = open_at_the_desk(
        concern_id, by=request.user, now=now, did="opened the form to reach whoever raised a concern"
    )
    form, found = forms.ReachForm(request.POST or None), None
    if form.is_valid():
        found = reaching.reach(concern_id, why=form.cleaned_data["why"], by=request.user, now=now)
    return render(
        request, "concerns/triage_reach.html", {"concern": opened.concern, "form": form, "reach": found}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def search(request):
    """The hub's search. It is sent by POST, so that no name stands in an address or a log."""
    now = timezone.now()
    searching.may_search(by=request.user)
    form = forms.SearchForm(request.POST or None, role=request.user.role)
    found, looked = [], False
    if form.is_valid():
        found = searching.search(form.sought(), why=form.cleaned_data["why"], by=request.user, now=now)
        looked = True
    else:
        record(by=request.user, did="opened the search")
    cards = shown.candidates(found, request.user, timezone.localdate(now))
    return render(request, "concerns/triage_search.html", {"form": form, "found": cards, "looked": looked})


def form_page(request, opened, form, title: str, button: str, *, intro: str = "", **more):
    """One question of triage on a page of its own."""
    return render(
        request,
        "concerns/triage_form.html",
        {
            "concern": opened.concern, "form": form, "title": title, "button": button, "intro": intro,
            "token": request.POST.get("token") or uuid4(), **more,
        },
    )  # fmt: skip


def acted(form, act, /, *args, **said) -> bool:
    """Do it; a refusal that is about what was typed stands beside its box, with everything typed still there."""
    try:
        act(*args, **said)
    except SomebodyWasFirst:
        raise
    except NotPossible as no:
        form.add_error(form.field_of(no.reason), no.reason)
        return False
    return True
