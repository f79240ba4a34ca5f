"""The register of decisions: when, by which agency, to whom, on what ground and when it is looked at again. No child, no words."""

from django.db.models import Count, Exists, OuterRef

from ..models import SharingDecision
from ..rules.law import names_of
from .packing import Sheet

HEADINGS = ["Decision", "When", "Decided", "By agency", "Role", "To", "Items", "Basis", "Child told", "Parent told", "Advice", "Looked at again", "Corrected"]  # fmt: skip


def sheet() -> Sheet:
    rows = [
        [
            row.pk,
            row.at.strftime("%Y-%m-%d %H:%M"),
            row.get_decided_display(),
            row.agency.name,
            row.role,
            row.recipient,
            row.counted,
            "; ".join(names_of([row.article6, row.condition, row.duty])),
            row.told_child,
            row.told_parent,
            row.advice,
            row.review_on or "",
            "yes" if row.corrected else "",
        ]
        for row in listed()
    ]
    return Sheet(
        "register.csv", "Register of decisions", HEADINGS, rows, "Every decision; no child, no narrative."
    )


def listed():
    """Newest first, in one query."""
    later = SharingDecision.objects.filter(corrects=OuterRef("pk"))
    return (
        SharingDecision.objects.select_related("agency", "recipient_agency")
        .annotate(counted=Count("items"), corrected=Exists(later))
        .order_by("-at", "id")
    )
