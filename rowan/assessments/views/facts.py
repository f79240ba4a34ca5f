"""The child was seen; an agency disagrees; the statutory system says; the move at 18."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rowan.agencies.models import Agency

from ..actions import record_dissent, record_seen, record_statutory, record_transition
from ..forms.facts import DissentForm, SeenForm, StatutoryForm, TransitionForm
from ..rules.who import refusal_to_dissent, refusal_to_write
from .about_child import About, form_page, opened, token_of


@require_http_methods(["GET", "HEAD", "POST"])
def seen(request, person_id: str):
    about = opened(request, person_id, did="opened the form to say that a child was seen")
    form = SeenForm(request.POST or None, today=about.today, initial={"seen_by": request.user.display_name})
    return _added(
        request, about, form, record_seen, title="Say when somebody saw", said="Recorded: the child was seen."
    )


@require_http_methods(["GET", "HEAD", "POST"])
def statutory(request, person_id: str):
    about = opened(request, person_id, did="opened the form to mirror a statutory fact")
    form = StatutoryForm(request.POST or None, today=about.today)
    return _added(
        request, about, form, record_statutory, title="What the statutory system says about", said="Mirrored, with the clocks that run from it.",
        beneath="Rowan is not the statutory record. What you write here mirrors children’s social care’s own system and sends nothing to it.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def transition(request, person_id: str):
    about = opened(request, person_id, did="opened the form for a move to adult services")
    form = TransitionForm(request.POST or None)
    return _added(
        request, about, form, record_transition, title="The move to adult services:", said="Recorded. The hub’s work goes on until it is closed.",
        beneath="Turning 18 is a move, not an ending.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def dissent(request, person_id: str):
    """Any agency with a part in the child's life; for another agency, the hub."""
    about = opened(request, person_id, did="opened the form to put a disagreement on record")
    why_not = refusal_to_dissent(about.seen, own_agency=True) or _nothing_written(about)
    others = Q() if about.seen.is_hub else Q(pk=request.user.agency_id)
    form = DissentForm(
        request.POST or None,
        agencies=Agency.objects.filter(others).order_by("name"),
        initial={"agency": request.user.agency_id, "said_by": request.user.display_name},
    )
    if why_not is None and form.is_valid():
        record_dissent(
            token=token_of(request), person_id=about.person_id, by=request.user, now=timezone.now(),
            assessment=_newest(about), step_down=_waiting_step_down(about), **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, "On record. The lead professional is told.")
        return redirect("assessments:child", about.person_id)
    return form_page(
        request, about, form, title="Put a disagreement on record:", button="Put it on record", why_not=why_not
    )  # fmt: skip


def _added(request, about: About, form, act, *, title: str, said: str, **more):
    why_not = refusal_to_write(request.user.role, about.seen) or _nothing_written(about)
    if why_not is None and form.is_valid():
        act(token=token_of(request), person_id=about.person_id, by=request.user, now=timezone.now(), **form.cleaned_data)  # fmt: skip
        messages.success(request, said)
        return redirect("assessments:child", about.person_id)
    return form_page(request, about, form, title=title, button="Save", why_not=why_not, **more)


def _nothing_written(about: About) -> str | None:
    return None if about.strand else "The hub does not work with this child."


def _waiting_step_down(about: About):
    """What somebody asked for and nobody has decided yet: a disagreement is about that too."""
    return about.strand.step_downs.filter(decided=None).order_by("-at").first()


def _newest(about: About):
    return about.strand.versions.order_by("number").last()
