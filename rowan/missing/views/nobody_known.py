"""A missing child whom nobody knows yet is put on the board; and, later, which child it is."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rowan.access.rules.matrix import may_look_outside
from rowan.access.standing import hidden_from
from rowan.audit_trail.actions import record, record_list_shown
from rowan.concerns.actions.searching import search
from rowan.concerns.forms.protections import UndoForm
from rowan.concerns.forms.triage import SearchForm
from rowan.concerns.shown import candidates
from rowan.people.finding import Likely
from rowan.people.models import Person
from rowan.refusals import NotAllowed, NothingThere, NotPossible, SomebodyWasFirst
from rowan.sharing.views.tokens import token_of

from .. import actions, shown
from ..actions.nobody_known import KNOWN, version_of
from ..forms.episodes import NobodyKnownForm
from ..forms.nobody_known import WhoForm
from ..models import UnknownChild
from ..one_absence import ONE, other_of
from ..rules.nobody_known import refusal_to_report, refusal_to_say_who
from .about import opened_episode

LOOKED_WHO = "opened a missing episode to say who it is"


@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    now, did = timezone.now(), "opened the form to report a child whom nobody knows"
    if refusal := refusal_to_report(request.user.role):
        record(by=request.user, did=did, refused_because=refusal)
        raise NotAllowed(refusal)
    form = NobodyKnownForm(request.POST or None, now=now)
    if form.is_valid():
        typed = form.cleaned_data
        boxes = ("called", "known_by", "last_seen", "worry", "police_reference")
        made = actions.report_nobody_known(
            token=token_of(request), began_at=typed["at"], by=request.user, now=now, **{box: typed[box] for box in boxes}
        )  # fmt: skip
        messages.success(
            request,
            "On the board. The missing co-ordinator is told. Rowan tells no police force: if you have not rung them, ring 101, or 999.",
        )
        return redirect("missing:episode", made.pk)
    record(by=request.user, did=did)
    return render(
        request, "missing/nobody_known.html", {"form": form, "token": request.POST.get("token") or uuid4()}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def who(request, episode_id):
    """Looked for by the hub's search and chosen from those found. Sent by POST, so that no address holds a name."""
    about, now = opened_episode(request, episode_id, did=LOOKED_WHO), timezone.now()
    unknown = UnknownChild.objects.filter(episode=about.episode).first()
    refusal = refusal_to_say_who(request.user.role)
    if refusal or unknown is None:
        record(
            by=request.user, did=LOOKED_WHO, about_person=about.person_id, about_kind="missing episode", about_id=episode_id,
            refused_because=refusal or KNOWN,
        )  # fmt: skip
        raise NotAllowed(refusal) if refusal else NothingThere(KNOWN)
    looking = request.POST.get("then") == "search"
    stands = unknown.found_to_be.last()
    initial = {
        "opened_on": request.POST.get("opened_on") or version_of(unknown),
        "how_known": request.POST.get("how_known", ""),
    }
    # Named already, and the same child's absence may stand on the board twice: asked again, about that child.
    if (
        not looking
        and stands
        and stands.into_id
        and other_of(about.episode, stands.into_id, by=request.user, now=now)
    ):
        initial |= {"into": stands.into_id, "one_absence": ONE if about.episode.same_absence_as_id else ""}
    form = WhoForm(request.POST if request.method == "POST" and not looking else None, initial=initial)
    chosen = _chosen(form["into"].value() or "", request.user)
    other = other_of(about.episode, chosen, by=request.user, now=now) if chosen else None
    form.asked_of(other)
    if form.is_valid() and _said(form, episode_id, request.user, now):
        messages.success(request, "Recorded. Everything recorded until now goes with the episode.")
        return redirect("missing:episode", episode_id)
    more = _page(request, about, unknown, form, now) | {"undo": _undo(form, stands)}
    return render(request, "missing/who.html", more | _beside(about, chosen, other, request.user))


def _said(form, episode_id, by, now) -> bool:
    try:
        actions.say_who(episode_id, by=by, now=now, **form.cleaned_data)
    except SomebodyWasFirst:
        raise
    except NotPossible as no:
        form.add_error(form.field_of(no.reason), no.reason)
        return False
    return True


def _page(request, about, unknown, form, now) -> dict:
    by, look_for, found, looked = request.user, None, [], False
    if may_look_outside(by.role):
        look_for = SearchForm(request.POST if request.POST.get("then") == "search" else None, role=by.role)
        if look_for.is_valid():
            found = [
                one
                for one in search(look_for.sought(), why=look_for.cleaned_data["why"], by=by, now=now)
                if one.person_id != unknown.person_id
            ]
            looked = True
    return {
        "child": about.child,
        "episode": about.episode,
        "told": shown.tells(about.seen, about.episode.agency_code),
        "unknown": unknown,
        "form": form,
        "look_for": look_for,
        "looked": looked,
        "found": candidates(found, by, about.today),
    }


def _undo(form, stands) -> UndoForm | None:
    kept = {box: form.initial[box] for box in ("opened_on", "how_known")}
    kept["thought_of"] = form["thought_of"].value()
    return UndoForm(initial=kept) if stands and stands.into_id else None


def _beside(about, chosen: str, other, by) -> dict:
    """The one that was chosen; and, where that child is reported missing already, both reports beside each other."""
    both = []
    if other is not None:
        record_list_shown(
            by=by, did="looked at whether two reports are one absence", person_ids=[other.person_id]
        )
        both = shown.side_by_side(about.episode, other, by, about.today)
    return {
        "chosen": candidates([Likely(chosen, 0)], by, about.today)[0] if chosen else None,
        "both": both,
        "other": other,
    }


def _chosen(person_id: str, by) -> str:
    """Whoever was chosen and stands on the page again because something is lacking: a look. Nobody hidden is shown."""
    may = person_id and person_id not in hidden_from(by) and Person.objects.filter(pk=person_id).exists()
    if may:
        record_list_shown(by=by, did="looked at whom a missing child may be", person_ids=[person_id])
    return person_id if may else ""
