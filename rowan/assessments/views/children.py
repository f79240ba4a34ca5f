"""The list of children open to exploitation, one child's page, and two versions side by side."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rowan.audit_trail.actions import record_list_shown

from ..listed import ORDERS, children_open, rows
from ..rules.who import refusal_to_dissent, refusal_to_write
from ..shown import everything, lists_of, where_she_stands
from ..standing import signs_on_record, strategy_waits
from .about_child import opened

ON_A_PAGE = 25


@require_safe
def listed(request):
    today = timezone.localdate()
    order = request.GET.get("order") if request.GET.get("order") in ORDERS else "due"
    found = children_open(request.user, today, order)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    record_list_shown(
        by=request.user,
        did="looked at the children open to exploitation",
        person_ids=[each.child.person_id for each in page.object_list],
    )
    return render(
        request,
        "assessments/listed.html",
        {
            "page": page,
            "rows": rows(page.object_list, today),
            "order": order,
            "orders": ORDERS.items(),
            "today": today,
        },
    )


@require_safe
def child(request, person_id: str):
    """Where the child stands and everything it rests on, the newest first; past harm always in view."""
    about = opened(request, person_id, did="looked at where a child stands")
    if about.person_id != person_id:
        return redirect("assessments:child", about.person_id)
    return render(
        request,
        "assessments/child.html",
        {
            "child": about.child,
            "today": about.today,
            "stands": where_she_stands(about.ids, about.seen, request.user, about.today),
            "all": everything(about.strand, about.seen),
            "signs": signs_on_record(about.ids, about.seen),
            "strategy_waits": about.seen.is_hub and strategy_waits(about.ids),
            "may_write": refusal_to_write(request.user.role, about.seen) is None,
            "may_dissent": about.strand is not None
            and refusal_to_dissent(about.seen, own_agency=True) is None,
        },
    )


@require_safe
def compare(request, person_id: str):
    """Two versions side by side: the newest and the one before it, or the two that were chosen."""
    about = opened(request, person_id, did="compared versions of where a child stands")
    versions = everything(about.strand, about.seen).versions
    by_number = {str(version.number): version for version in versions}
    after = by_number.get(request.GET.get("after", "")) or (versions[0] if versions else None)
    before = by_number.get(request.GET.get("before", "")) or next(
        (version for version in versions if after and version.number < after.number), None
    )
    sides = [side for side in (before, after) if side]
    return render(
        request,
        "assessments/compare.html",
        {
            "child": about.child,
            "versions": list(reversed(versions)),
            "before": before,
            "after": after,
            "sides": sides,
            "rows": _side_by_side(sides),
        },
    )


WORDS = (
    ("The harm or worry", "narrative"),
    ("The child’s own words", "childs_words"),
    ("What the child thinks of it", "child_view"),
    ("The child’s view was not sought, because", "child_not_sought"),
    ("What a parent or carer thinks of it", "carer_view"),
    ("A parent’s or carer’s view was not sought, because", "carer_not_sought"),
    ("What the school thinks of it", "school_view"),
    ("The school’s view was not sought, because", "school_not_sought"),
    ("What was seen or said of harm", "harm_words"),
    ("Where the child stands", "get_state_display"),
    ("Why it is this", "why_state"),
    ("Why a sign of harm is not harm, by a manager", "over_a_sign_why"),
    ("How soon something has to happen", "get_urgency_display"),
    ("How good the information is", "get_confidence_display"),
    ("Better or worse", "get_trend_display"),
)


def _side_by_side(sides: list) -> list[tuple[str, list[tuple], bool]]:
    """What each version says of each thing, and whether they differ; rows in which nobody says anything are left out."""
    found = [(name, [_says(side, box) for side in sides]) for name, box in WORDS]
    for number, each in enumerate(lists_of(sides[-1]) if sides else []):
        found.append((each.name, ["\n".join(lists_of(side)[number].words) for side in sides]))
    numbers = [side.number for side in sides]
    return [
        (name, list(zip(numbers, says, strict=True)), len(set(says)) > 1) for name, says in found if any(says)
    ]


def _says(version, box: str) -> str:
    value = getattr(version, box)
    return value() if callable(value) else value
