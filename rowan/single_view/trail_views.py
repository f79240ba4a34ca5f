"""What was done that is about no child, for information governance: sign-ins, rights, settings, files and refusals."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed

from .forms import TrailForm
from .rules.acts import ASKED_WHAT, NOT_YOURS_TO_READ, days_asked
from .rules.looks import reads_the_whole_trail
from .whole_trail import lines_about_no_child, narrowed, page_of


@require_safe
def lines(request):
    """No narrative: why somebody did something, and the words of a search, stay where they are."""
    if not reads_the_whole_trail(request.user.role):
        record(by=request.user, did=ASKED_WHAT, refused_because=NOT_YOURS_TO_READ)
        raise NotAllowed(NOT_YOURS_TO_READ)
    form = TrailForm(request.GET if TrailForm.is_asked(request.GET) else None)
    asked, before = form.asked(), request.GET.get("before", "")
    days = days_asked(asked.pop("from_on", None), asked.pop("until_on", None), timezone.localdate())
    _leave_line(request.user, asked, days, before)
    page = None
    if not form.errors:
        chosen = narrowed(lines_about_no_child(request.user), from_on=days[0], until_on=days[1], **asked)
        page = page_of(chosen, before)
    context = {
        "form": form,
        "page": page,
        "from_on": days[0],
        "until_on": days[1],
        "older": _further(request.GET, page.older) if page and page.older else "",
        "newest": _further(request.GET, None) if before else "",
    }
    return render(request, "single_view/trail.html", context)


def _leave_line(by, asked: dict, days: tuple, before: str) -> None:
    words = {name: getattr(value, "pk", value) for name, value in asked.items()}
    words |= {"from": str(days[0]), "until": str(days[1])}
    if before:
        words["further back"] = True
    record(by=by, did=ASKED_WHAT, particulars=words)


def _further(params, before: int | None) -> str:
    """The same question, from another line on."""
    changed = params.copy()
    changed.pop("before", None)
    if before is not None:
        changed["before"] = str(before)
    return f"?{changed.urlencode()}#lines"
