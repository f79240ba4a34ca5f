"""Record what a child or family answered about a service; and what they answer later, or what was recorded wrongly."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rowan.access.rules.seeing import NOTHING_THERE
from rowan.audit_trail.actions import record
from rowan.refusals import NothingThere

from ..actions.service_consents import kinds_for, record_answer, said_before
from ..forms.service_consents import ServiceConsentForm
from ..models import ServiceConsent
from ..rules.service_consents import Answer
from ..shown_service_consents import may_read
from .about_child import opened
from .tokens import token_of


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, person_id: str):
    """The first answer about a service; with `after`, the next one; with `correcting`, what should have been recorded."""
    about = opened(request, person_id, did="opened the form for an answer about a service")
    follows = _followed(request, about)
    corrects = (
        request.POST.get("correcting") or request.GET.get("correcting")
    ) == "1" and follows is not None
    form = ServiceConsentForm(
        request.POST if request.method == "POST" else None,
        kinds=kinds_for(about.seen, request.user.agency.code),
        before=said_before(follows, corrects),
        today=about.today,
        initial=_typed_of(follows, whole=corrects) | ({} if corrects else {"on": about.today}),
    )
    newer = None
    if form.is_valid():
        made = record_answer(
            form.answer(), token=token_of(request), person_id=person_id, follows=follows, corrects=corrects, by=request.user, now=timezone.now()
        )  # fmt: skip
        if made is not None:
            messages.success(
                request, "Recorded. It decides nothing about what is shared to keep the child safe."
            )
            return redirect("sharing:child", person_id)
        newer = ServiceConsent.objects.select_related("by", "agency").get(follows=follows)
        follows = newer
    return render(
        request,
        "sharing/service_consent.html",
        {
            "child": about.child,
            "form": form,
            "follows": follows,
            "corrects": corrects,
            "newer": newer,
            "token": request.POST.get("token") or uuid4(),
        },
    )


def _followed(request, about) -> ServiceConsent | None:
    """The answer that this one follows. One that is not hers to read, or another child's, is not there."""
    pk = request.POST.get("after") or request.GET.get("after") or ""
    if not pk:
        return None
    found = (
        ServiceConsent.objects.select_related("agency", "by", "follows").filter(pk=pk).first()
        if _is_a_key(pk)
        else None
    )
    if found is None or found.person_id != about.person_id or not may_read(found, about.seen, request.user):
        record(by=request.user, did="looked at an answer about a service", about_person=about.person_id, refused_because=NOTHING_THERE)  # fmt: skip
        raise NothingThere(NOTHING_THERE)
    return found


def _is_a_key(pk: str) -> bool:
    try:
        ServiceConsent._meta.pk.to_python(pk)
    except ValidationError:
        return False
    return True


def _typed_of(follows: ServiceConsent | None, *, whole: bool) -> dict:
    """A later answer is about the same service; a correction starts from everything that was recorded."""
    if follows is None:
        return {}
    names = list(Answer.__dataclass_fields__) if whole else ["service", "compartment", "what_for", "under_13"]
    return {name: getattr(follows, name) for name in names}
