"""A concern stands in the chronology of the child it is about: one line for it, and one for each thing that was noticed."""

from datetime import datetime

from django.utils import timezone

from rowan.access.models import Involvement, Why
from rowan.chronology.models import Compartment, Entry
from rowan.chronology.notes import Written, take_back, write_line
from rowan.chronology.rules.observations import BY_CODE
from rowan.questions.clocks import SIGN_CLOCK
from rowan.timescales.actions import stop_clock

from ..models import Concern
from ..rules.who_they_are import is_called_a_health_professional


def signs_in(concern: Concern) -> list[str]:
    """Keys of its signs of harm, as they stand about whoever it is thought to be about now."""
    return [_key(concern, row.code) for row in concern.noticed.filter(kind="S")]


def _key(concern: Concern, code: str = "") -> str:
    """Its own at each time that triage says who it is about, so that a line taken back stays as it was."""
    return " ".join(part for part in (f"concern {concern.pk}", code, str(concern.matched.count())) if part)


def _keys(concern: Concern) -> list[str]:
    return [_key(concern), *(_key(concern, row.code) for row in concern.noticed.all())]


def write_into_chronology(concern: Concern, *, by, now: datetime) -> list[Entry]:
    """Gives back the signs of harm among them, which ask at once. Called again, it writes nothing.

    What was told of a professional stays with the designated officer: of that, only what was noticed about the child stands here.
    """
    if Entry.objects.filter(key__in=_keys(concern), by_day=True).exists():
        return []
    day = timezone.localdate(concern.received_at)
    of = {"person_id": concern.person_id, "happened_on": day} | _read_by(concern)
    of |= {"particulars": {"concern": str(concern.pk)}}
    if not concern.about_a_professional:
        told = Written(
            key=_key(concern),
            kind="concern_raised",
            title="A concern was raised",
            text=concern.what_worries,
            **of,
        )
        write_line(told, by=by, now=now)
    signs = []
    for row in concern.noticed.all():
        seen = BY_CODE.get(row.code)
        noticed = Written(
            key=_key(concern, row.code),
            kind="sign_of_harm" if row.kind == "S" else "observed",
            title=(seen.words if seen else row.code)[:300],
            observed=row.kind,
            observed_code=row.code,
            **of,
        )
        entry = write_line(noticed, by=by, now=now)
        if row.kind == "S":
            signs.append(entry)
    return signs


def _read_by(concern: Concern) -> dict[str, str | None]:
    """Where a concern is read, its lines are: those who read only what they sent themselves find no other's words in the timeline.

    What health told stays in its own compartment, under the desk's name and not the service's. What a school told of one of its
    own people is not that school's own.
    """
    if is_called_a_health_professional(concern.compartment):
        return {"compartment": concern.compartment, "agency_code": None}
    is_own = concern.agency is not None and not concern.about_a_professional
    return {"compartment": Compartment.CONTACTS, "agency_code": concern.agency.code if is_own else ""}


def take_out_of_chronology(concern: Concern, now: datetime) -> None:
    """It was about somebody else: its lines are shown no more about this child, and its signs ask nothing more about her."""
    for key in _keys(concern):
        for entry in Entry.objects.filter(key=key, by_day=True):
            take_back(entry)
        Involvement.objects.filter(why=Why.ASKED, rests_on=f"sign {key}", closed_on=None).update(
            closed_on=timezone.localdate(now)
        )
        stop_clock(
            what=SIGN_CLOCK, about_kind="sign of harm", about_id=key, now=now, because="about somebody else"
        )
