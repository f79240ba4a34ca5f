"""Actions after an episode."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rowan.access.reading import ROWAN, reading_as
from rowan.access.rules.seeing import NOTHING_THERE
from rowan.refusals import NothingThere
from rowan.sharing.views.tokens import token_of

from .. import actions, shown
from ..actions.interviews import who_may_hold
from ..forms.follow_up import ActionForm, DoneForm
from ..models import Action
from .about import opened_episode


@require_http_methods(["GET", "HEAD", "POST"])
def add_action(request, episode_id):
    about = opened_episode(request, episode_id, did="opened the form of an action after a missing episode")
    form = ActionForm(request.POST or None, who=who_may_hold(about.episode), today=about.today)
    if form.is_valid():
        actions.add_action(
            about.episode,
            token=token_of(request),
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(request, "The action is recorded, and its owner is told.")
        return redirect("missing:episode", about.episode.pk)
    context = {
        "child": about.child,
        "episode": about.episode,
        "form": form,
        "token": request.POST.get("token") or uuid4(),
    }
    return render(request, "missing/add_action.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def action_done(request, action_id):
    # With Rowan's own eyes: the trail says whose record was asked for, hidden or not.
    with reading_as(ROWAN):
        action = Action.objects.select_related("episode", "owner").filter(pk=action_id).first()
    # An id that nobody has asks what one that somebody has asks: what is hidden costs no query more than nothing.
    episode_id = action.episode_id if action else UUID(int=0)
    about = opened_episode(request, episode_id, did="opened an action")
    if not (shown.tells(about.seen, action.agency_code) or action.owner_id == request.user.pk):
        raise NothingThere(NOTHING_THERE)
    form = DoneForm(request.POST or None)
    if form.is_valid():
        actions.say_done(action, outcome=form.cleaned_data["outcome"], by=request.user, now=timezone.now())
        messages.success(request, "What came of it is recorded.")
        return redirect("missing:episode", about.episode.pk)
    return render(
        request,
        "missing/action_done.html",
        {"child": about.child, "episode": about.episode, "action": action, "form": form},
    )
