"""Missing now; the list of the daily huddle; and one child's episodes."""

from datetime import datetime

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rowan.audit_trail.actions import record_list_shown

from .. import shown
from ..actions.opening import tells
from ..actions.reporting import episodes_of
from ..actions.sheets import newest_sheet
from ..rules.nobody_known import refusal_to_report
from .about import opened

ON_A_PAGE = 30


@require_safe
def board(request):
    today = timezone.localdate()
    episodes, seen = shown.missing_now(request.user, today)
    # By a letter and not by a name that is typed: no name stands in an address.
    by_letter = shown.by_letter(episodes, seen, today)
    letter = request.GET.get("letter", "")
    episodes = by_letter.get(letter, episodes)
    page = Paginator(episodes, ON_A_PAGE).get_page(request.GET.get("page"))
    cards = shown.cards(list(page.object_list), seen, today)
    record_list_shown(
        by=request.user,
        did="looked at who is missing now",
        person_ids=[card.child.person_id for card in cards],
    )
    return render(
        request,
        "missing/board.html",
        {
            "page": page,
            "cards": cards,
            "may_report_nobody_known": refusal_to_report(request.user.role) is None,
            "letters": list(by_letter) if len(seen) > 1 else [],
            "letter": letter if letter in by_letter else "",
        },
    )


@require_safe
def huddle(request):
    """What the daily huddle goes through: missing now, back since the last one, interviews that wait."""
    today = timezone.localdate()
    since = shown.working_day_before(today)
    episodes, seen = shown.for_huddle(request.user, today)
    page = Paginator(_in_the_huddles_order(episodes), ON_A_PAGE).get_page(request.GET.get("page"))
    cards = shown.cards(list(page.object_list), seen, today)
    record_list_shown(
        by=request.user,
        did="looked at the huddle’s list of missing children",
        person_ids=[card.child.person_id for card in cards],
    )
    parts = [
        ("Missing now", [card for card in cards if card.episode.is_missing_now], "Nobody whom you may see is reported missing now."),
        ("Interviews that wait", [card for card in cards if _waits(card.episode)], "No interview waits, of the children whom you may see."),
        (
            "Back, and nothing owed any more",
            [card for card in cards if not card.episode.is_missing_now and not _waits(card.episode)],
            "Nobody else came back since then.",
        ),
    ]  # fmt: skip
    counted = shown.counted(request.user, today)
    return render(
        request,
        "missing/huddle.html",
        {"page": page, "parts": parts, "since": since, "counted": counted, "days": shown.COUNTED_DAYS},
    )


@require_safe
def child(request, person_id: str):
    about = opened(request, person_id, did="looked at a child's missing episodes")
    found = [
        each
        for each in shown.in_lists(episodes_of(person_id).order_by("-began_at", "id"))
        if any(tells(about.seen, agency) for agency in shown.agencies_of(each))
    ]
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    of_page = list(page.object_list)
    cards = shown.cards(of_page, {each.person_id: about.seen for each in of_page}, about.today)
    return render(
        request,
        "missing/child.html",
        {
            "child": about.child,
            "cards": cards,
            "page": page,
            "may_report": tells(about.seen, request.user.agency.code),
            "sheet": newest_sheet(person_id, about.seen),
        },
    )


def _in_the_huddles_order(episodes) -> list:
    """By date: those away longest, then interviews by when they are due, then the returns."""

    def order(episode):
        part = 0 if episode.is_missing_now else 1 if _waits(episode) else 2
        moment: datetime = episode.began_at if part == 0 else episode.interview_due_at
        return part, moment or episode.recorded_at, str(episode.pk)

    return sorted((each for each in episodes if each.step != "not_missing"), key=order)


def _waits(episode) -> bool:
    return episode.interview in {"required", "offered", "accepted", "declined"}
