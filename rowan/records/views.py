"""What agencies sent: files that are in, rows put aside, and why each feed is sent at all. Counts and reasons, no child."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rowan.agencies.rules.roles import KEEPS_THE_FEEDS
from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed

from .attachments import open_document
from .downloads import as_a_download, never_a_page
from .models import FeedAgreement, FeedReach, ImportedFile, QuarantinedRow
from .rules.feed_names import feed_name

LINES_ON_A_PAGE = 50
NOT_YOURS = (
    "Files and rows put aside are for those who keep the feeds. What each feed is for is on the feeds page."
)


@require_safe
def imports(request):
    _keeps_the_feeds(request, "looked at imports")
    files = ImportedFile.objects.select_related("agency")
    page = _page(request, files)
    shown = [(file, feed_name(file.feed)) for file in page.object_list]
    return render(request, "records/imports.html", {"page": page, "files": shown})


@require_safe
def imported_file(request, import_id: str):
    file = get_object_or_404(ImportedFile.objects.select_related("agency"), import_id=import_id)
    _keeps_the_feeds(request, "looked at an imported file", import_id)
    notes = [note if isinstance(note, dict) else {"says": note} for note in file.notes]
    return render(
        request,
        "records/imported_file.html",
        {
            "file": file,
            "feed": feed_name(file.feed),
            "says": [note["says"] for note in notes if "says" in note],
            "marks": [note for note in notes if "marked" in note],
            "page": _page(request, file.quarantined_rows.all()),
        },
    )


@require_safe
def quarantine(request):
    _keeps_the_feeds(request, "looked at rows put aside")
    rows = QuarantinedRow.objects.select_related("imported_file__agency").order_by(
        "-imported_file__at", "line", "id"
    )
    reasons = (
        QuarantinedRow.objects.order_by()
        .values("reason")
        .annotate(rows=Count("id"))
        .order_by("-rows", "reason")
    )
    if reason := request.GET.get("reason", ""):
        rows = rows.filter(reason=reason)
    return render(
        request,
        "records/quarantine.html",
        {"page": _page(request, rows), "reasons": reasons[:20], "reason": reason},
    )


@require_safe
def feeds(request):
    """Why each agency sends what it sends: for everybody who signs in."""
    record(by=request.user, did="looked at feeds")
    agreements = FeedAgreement.objects.select_related("agency").order_by("feed", "agency__name")
    reach = {(row.feed, row.agency_id): row for row in FeedReach.objects.current()}
    page = _page(request, agreements)
    shown = [
        (agreement, feed_name(agreement.feed), reach.get((agreement.feed, agreement.agency_id)))
        for agreement in page.object_list
    ]
    return render(request, "records/feeds.html", {"page": page, "agreements": shown})


@require_safe
def feed(request, agreement_id: int):
    agreement = get_object_or_404(FeedAgreement.objects.select_related("agency"), pk=agreement_id)
    record(by=request.user, did="looked at a feed", about_kind="feed agreement", about_id=agreement.pk)
    sent = {"feed": agreement.feed, "agency": agreement.agency}
    keeps = request.user.role in KEEPS_THE_FEEDS
    return render(
        request,
        "records/feed.html",
        {
            "agreement": agreement,
            "name": feed_name(agreement.feed),
            "reach": FeedReach.objects.current().filter(**sent).first(),
            "keeps_the_feeds": keeps,
            "files": ImportedFile.objects.filter(**sent)[:20] if keeps else [],
            "earlier": FeedAgreement.objects.filter(**sent).exclude(pk=agreement.pk),
        },
    )


def _keeps_the_feeds(request, did: str, import_id: str = "") -> None:
    refused = "" if request.user.role in KEEPS_THE_FEEDS else NOT_YOURS
    record(
        by=request.user,
        did=did,
        about_kind="file" if import_id else "",
        about_id=import_id,
        refused_because=refused,
    )
    if refused:
        raise NotAllowed(refused)


def _page(request, found):
    return Paginator(found, LINES_ON_A_PAGE).get_page(request.GET.get("page"))


@require_safe
@never_a_page
def document(request, attachment_id: UUID):
    attachment, content = open_document(attachment_id, by=request.user, today=timezone.localdate())
    return as_a_download(content, name=attachment.name, kind=attachment.kind)
