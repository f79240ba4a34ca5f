"""What must be settled on paper before a real agency's file comes in: the assessment, the agreements, and that this home serves."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from rowan.agencies.models import Agency
from rowan.audit_trail.actions import record
from rowan.home import NOTE, note_of
from rowan.refusals import NotPossible

from .models import FeedAgreement, ImpactAssessment, ImportedFile
from .rules.feed_names import FEED_NAMES, feed_name
from .rules.real_feeds import refusal_to_take

MARKER = "INVENTED"


def begin_service(home: Path, *, by) -> None:
    """From now on this home refuses a real feed until the assessment and its agreement are recorded."""
    if (home / NOTE).exists() or ImportedFile.objects.exists():
        raise NotPossible(
            "This home has been used already: it is a demonstration, holds invented people or has taken files in. "
            "Begin service in a home of its own (another ROWAN_HOME)."
        )
    record(by=by, did="put this home in service", about_kind="home")
    home.mkdir(parents=True, exist_ok=True)
    (home / NOTE).write_text(json.dumps({"kind": "service"}) + "\n")


@transaction.atomic
def record_assessment(
    *, reference: str, approved_by: str, approved_on: date, review_on: date, by, now: datetime
) -> ImpactAssessment:
    """The newest stands. Earlier ones stay, to say on what ground earlier files came in."""
    if approved_on > now.date() or review_on <= approved_on:
        raise NotPossible(
            "An assessment was approved today or earlier, and is to be reviewed on a later day."
        )
    if _holds_invented_people():
        raise NotPossible(
            "This home holds invented people from a file with the marker INVENTED. Real children must not stand among them: "
            "begin service in a home of its own."
        )
    made = ImpactAssessment.objects.create(
        reference=reference,
        approved_by=approved_by,
        approved_on=approved_on,
        review_on=review_on,
        recorded_at=now,
    )
    record(
        by=by,
        did="recorded the data protection impact assessment",
        about_kind="impact assessment",
        about_id=made.pk,
        particulars={"reference": reference, "approved_on": str(approved_on), "review_on": str(review_on)},
    )
    return made


@transaction.atomic
def record_agreement(*, feed: str, agency: str, reference: str, signed_by: str, by, **terms) -> FeedAgreement:
    """`terms`: purpose, whose_rows, how_far_back_days, own_watch, from_on, until_on."""
    if feed not in FEED_NAMES:
        raise NotPossible(f"There is no feed '{feed}'. There are: {', '.join(FEED_NAMES)}.")
    sender = Agency.objects.filter(code=agency).first()
    if sender is None:
        raise NotPossible(
            f"There is no agency '{agency}' here. `rowan agencies add-person` makes one with its first person."
        )
    if terms["until_on"] and terms["until_on"] < terms["from_on"]:
        raise NotPossible("An agreement ends on the day it begins, or later.")
    made, _ = FeedAgreement.objects.update_or_create(
        feed=feed,
        agency=sender,
        from_on=terms.pop("from_on"),
        defaults={"document": reference, "signed_by": signed_by, **terms},
    )
    record(
        by=by,
        did="recorded a feed agreement",
        about_kind="feed agreement",
        about_id=made.pk,
        particulars={"feed": feed, "agency": agency, "reference": reference},
    )
    return made


def who_may_send(*, in_service: bool, today: date) -> Callable[[Path, str, str], str | None]:
    """For an import: why this file of this feed from this agency is refused, or None. Looked up once for all files."""
    if not in_service:
        return lambda path, feed, agency: None
    assessment = ImpactAssessment.objects.first()
    agreed = set(
        FeedAgreement.objects.filter(from_on__lte=today, document__gt="")
        .exclude(until_on__lt=today)
        .values_list("feed", "agency__code")
    )

    def refusal(path: Path, feed: str, agency: str) -> str | None:
        return refusal_to_take(
            feed=feed,
            feed_name=feed_name(feed),
            agency=agency,
            invented=is_invented(path),
            assessed=assessment is not None,
            review_on=str(assessment.review_on) if assessment and assessment.review_on < today else None,
            agreed=(feed, agency) in agreed,
        )

    return refusal


def is_invented(path: Path) -> bool:
    """Whether it, or a folder it lies in, says that everybody in it is invented."""
    return any((folder / MARKER).is_file() for folder in [path.resolve(), *path.resolve().parents])


def remember_invented_people(home: Path) -> None:
    """A home in service that took an invented file before it was assessed is not one for real children."""
    if ImpactAssessment.objects.exists():
        return
    (home / NOTE).write_text(json.dumps({**note_of(home), "holds_invented_people": True}) + "\n")


def _holds_invented_people() -> bool:
    note = note_of(settings.ROWAN_HOME)
    return bool(note.get("holds_invented_people")) or note.get("kind") in {"invented", "demonstration"}
