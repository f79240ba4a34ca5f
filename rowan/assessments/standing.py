"""Looked up before anybody acts: the child's strand, the signs of harm on her record, and the settings of the day. Changes nothing."""

from collections.abc import Iterable
from datetime import date

from rowan.access.models import KeptOut, LetIn, Restriction
from rowan.access.rules.seeing import Seen
from rowan.access.standing import Groups
from rowan.agencies.models import Practitioner
from rowan.asked_alike import asked_alike
from rowan.chronology.models import Entry, Observed
from rowan.people.models import KnownAs
from rowan.questions.clocks import SIGN_CLOCK
from rowan.timescales.actions import dated_values
from rowan.timescales.models import Clock
from rowan.timescales.rules.settings import values_on

from .models import Assessment, Strand
from .rules.settings import SETTINGS


def settings_on(day: date) -> dict[str, object]:
    return dict(values_on(SETTINGS, dated_values(), day))


def whole(settings: dict, setting) -> int:
    return int(str(settings[setting.name]))


def all_ids(person_id: str) -> list[str]:
    """Her id and those joined with it: work that was opened under another id of hers is hers."""
    return Groups([person_id]).all_ids


def strand_of(person_ids: Iterable[str]) -> Strand | None:
    """The newest, where two children turned out to be one."""
    return _strand_of.first(ids=list(person_ids))


def newest_version(strand: Strand) -> Assessment | None:
    return _newest_of.first(strand=strand.pk)


@asked_alike
def _strand_of(ids):
    found = Strand.objects.filter(person__among=ids).select_related("lead__agency", "state_by")
    return found.order_by("-opened_at")[:1]


@asked_alike
def _newest_of(strand):
    rows = Assessment.objects.filter(strand=strand)
    return rows.select_related("by", "agency", "second", "approval", "approval__by").order_by("-number")[:1]


def is_approved(version: Assessment | None) -> bool:
    return version is not None and hasattr(version, "approval") and version.approval.approved


def signs_on_record(person_ids: Iterable[str], seen: Seen) -> list[Entry]:
    """Past harm stays in view: every sign of harm in her chronology that this reader may know of, whatever its age."""
    rows = Entry.objects.current().filter(person_id__in=list(person_ids), observed=Observed.SIGN_OF_HARM)
    return [
        row for row in rows.order_by("-happened_on", "id") if seen.shows(row.agency_code, row.compartment)
    ]


def strategy_waits(person_ids: Iterable[str]) -> bool:
    return Clock.objects.running().filter(what=SIGN_CLOCK, about_person__in=list(person_ids)).exists()


def birth_date_of(person_ids: Iterable[str]) -> date | None:
    rows = KnownAs.objects.current().filter(person_id__in=list(person_ids), birth_date__isnull=False)
    return rows.values_list("birth_date", flat=True).first()


def those_who_may_take(person_ids: Iterable[str], roles: Iterable[str], *, but_for=None):
    """Of these roles, those who sign in and may open this record: nobody is named to whom it is hidden."""
    ids = list(person_ids)
    found = Practitioner.objects.filter(is_active=True, role__in=[str(role) for role in roles])
    if but_for is not None:
        found = found.exclude(pk=but_for.pk)
    kept_out = KeptOut.objects.standing().filter(person_id__in=ids)
    found = found.exclude(pk__in=kept_out.values("practitioner"))
    for restriction in Restriction.objects.standing().filter(person_id__in=ids):
        found = found.filter(pk__in=LetIn.objects.filter(restriction=restriction).values("practitioner"))
    return found.select_related("agency").order_by("display_name", "pk")
