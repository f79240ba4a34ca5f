"""Concerns for tests, as intake leaves them: received, with a clock at the desk."""

import json
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from rowan.concerns.actions.stepping import run_its_clock
from rowan.concerns.models import Concern, NameHeard, Noticed, SentFile, UrgencySet
from rowan.concerns.models.sent_files import FOLDER
from rowan.concerns.reading import settings_on
from rowan.concerns.rules.urgency import due_at
from rowan.records.sealed_files import new_key, write_sealed

LONDON = ZoneInfo("Europe/London")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def concern(
    *, by=None, agency=None, raises: str = "school_lead", urgency: str = "amber", received_at: datetime | None = None, noticed=(), names=(), details=None, **more
) -> Concern:  # fmt: skip
    received_at = received_at or timezone.now()
    due = due_at(timezone.localtime(received_at), urgency, settings_on(timezone.localdate(received_at)))
    pk = uuid4()
    made = Concern.objects.create(
        pk=pk,
        reference=pk.hex[:8].upper(),
        about=more.pop("about", "child"),
        came_by=more.pop("came_by", "practitioner"),
        raises=raises,
        by=by,
        agency=agency or (by.agency if by else None),
        received_at=received_at,
        details=json.dumps(details or {}),
        what_worries=more.pop(
            "what_worries", "Comes to school with a new phone and will not say whose it is."
        ),
        urgency=urgency,
        due_at=due,
        **more,
    )
    for code, kind in noticed:
        Noticed.objects.create(concern=made, code=code, kind=kind)
    for as_said, description in names:
        NameHeard.objects.create(concern=made, as_said=as_said, description=description)
    UrgencySet.objects.create(concern=made, urgency=urgency, why="As it was told", due_at=due, at=received_at)
    run_its_clock(made, now=received_at)
    return made


def sent_file(concern: Concern, name: str = "letter.txt", content: bytes = b"A letter.") -> SentFile:
    """A document that came with it."""
    file = SentFile.objects.create(
        concern=concern,
        name=name,
        kind="plain text",
        size=len(content),
        digest="x" * 64,
        data_key=new_key(),
        added_at=concern.received_at,
    )
    write_sealed(FOLDER, file.pk, content, key=file.data_key)
    return file
