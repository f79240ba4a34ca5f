"""The night's reports of missing children are taken in after its publish: pull, never push; each once; feed and form one episode."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import owner_of_restricted
from rowan.audit_trail.actions import ROWAN, record
from rowan.chronology.models import Entry
from rowan.notices.actions import tell, tell_post
from rowan.people.models import Person
from rowan.timescales.models import Clock

from ..models import Episode, EventKind, Report
from ..rules.grades import grade_known
from ..rules.same_absence import Absence, the_same_absence
from ..rules.settings import TAKEN_IN_WITHIN_DAYS
from ..rules.steps import Step, clock_of
from .clocks_of_episodes import coordinators, keep_its_clock, settings_on
from .opening import KIND
from .reporting import episodes_of
from .stepping import Said, leave_event
from .whereabouts import came_back, take_own_line_back

AT_ONCE = 200
NEW = "The police or the council reported children missing"


def take_in_reports(*, now: datetime) -> int:
    """How many reports were new or said more than before. Twice in a row takes in nothing the second time; killed, it goes on from there."""
    today, taken, founded = timezone.localdate(now), 0, []
    for entry in _to_look_at(today):
        with transaction.atomic():
            done, episode = _take_in(entry, today, now)
        taken += done
        if episode is not None:
            founded.append(episode)
    _tell_of_them(founded, today, now)
    return taken


def _to_look_at(today: date) -> Iterator[Entry]:
    """What a feed reports of an absence not long over, or not over at all. Older ones stand in the chronology and flood nobody."""
    since = today - timedelta(days=int(settings_on(today)[TAKEN_IN_WITHIN_DAYS.name]))
    entries = (
        Entry.objects.current()
        .filter(by_day=False, kind="went_missing")
        .filter(Q(ended_on__gte=since) | Q(ended_on=None) | Q(key__in=_of_open_episodes()))
        .order_by("happened_on", "key")
    )
    keys = iter(entries.values_list("pk", flat=True))
    while some := list(islice(keys, AT_ONCE)):
        known = Report.objects.filter(entry_key__in=Entry.objects.filter(pk__in=some).values("key")).in_bulk(
            field_name="entry_key"
        )
        for entry in Entry.objects.filter(pk__in=some).order_by("happened_on", "key"):
            if not _says_nothing_new(entry, known.get(entry.key)):
                yield entry


def _of_open_episodes():
    return Report.objects.filter(episode__step__in=[Step.REPORTED, Step.GRADED, Step.FOUND]).values("entry_key")  # fmt: skip


def _says_nothing_new(entry: Entry, report: Report | None) -> bool:
    if report is None:
        return not entry.confirmed  # what a later return no longer holds founds nothing
    return (report.ended_at, report.confirmed) == (_ended_at(entry), entry.confirmed)


def _take_in(entry: Entry, today: date, now: datetime) -> tuple[int, Episode | None]:
    """Behind the child's lock, as a report by hand is: whichever is first, the other joins it."""
    person = Person.objects.select_for_update().get(pk=entry.person_id).who_now()
    report = Report.objects.select_related("episode").filter(entry_key=entry.key).first()
    if _says_nothing_new(entry, report):
        return 0, None
    began_at, ended_at = _began_at(entry), _ended_at(entry)
    founded = None
    if report is not None:
        stands = report.episode.same_absence_as_id or report.episode_id
        episode = Episode.objects.select_for_update(of=("self",)).get(pk=stands)
        report.ended_at, report.confirmed = ended_at, entry.confirmed
        report.save(update_fields=["ended_at", "confirmed"])
    else:
        episode = _known(person, entry, now)
        if episode is None:
            founded = episode = _found(person, entry, now)
        Report.objects.create(
            episode=episode,
            entry_key=entry.key,
            agency_code=entry.agency_code,
            began_at=began_at,
            ended_at=ended_at,
            confirmed=entry.confirmed,
            taken_in_at=now,
        )
        # The feed's line of this absence stands in the timeline from now on, not two of them.
        take_own_line_back(episode)
    _go_on(episode, entry, ended_at, today, now)
    record(
        by=ROWAN, did="took in a report of a missing child", about_person=episode.person_id, about_kind=KIND, about_id=episode.pk, particulars={"episode": "new" if founded else "joined"}
    )  # fmt: skip
    return 1, founded if founded is not None and founded.is_missing_now else None


def _known(person: Person, entry: Entry, now: datetime) -> Episode | None:
    known = {
        str(each.pk): each
        for each in episodes_of(person.pk).exclude(step=Step.NOT_MISSING).select_for_update(of=("self",))
    }
    report = Absence("", _began_at(entry), _ended_at(entry), whole_days=not entry.happened_at)
    same = the_same_absence(report, [each.as_absence() for each in known.values()], now)
    return known[same.key] if same else None


def _found(person: Person, entry: Entry, now: datetime) -> Episode:
    episode = Episode.objects.create(
        pk=uuid4(),
        person=person,
        agency_code=entry.agency_code,
        began_at=_began_at(entry),
        times_known=entry.happened_at is not None,
        recorded_at=now,
        step=Step.REPORTED,
    )
    leave_event(
        episode,
        Said(uuid4(), EventKind.REPORTED, episode.began_at),
        by=None,
        now=now,
        agency_code=entry.agency_code,
    )
    return episode


def _go_on(episode: Episode, entry: Entry, ended_at: datetime | None, today: date, now: datetime) -> None:
    """What the report says further moves an episode forward and never back: what somebody recorded by hand stands."""

    def event(kind: EventKind, at: datetime, code: str = "") -> None:
        leave_event(
            episode, Said(uuid4(), kind, at, code=code), by=None, now=now, agency_code=entry.agency_code
        )

    if not episode.times_known and entry.happened_at is not None and episode.returned_at is None:
        episode.began_at, episode.times_known = entry.happened_at, True
    grade = grade_known(str(entry.particulars.get("grade") or ""))
    if grade and episode.step == Step.REPORTED:
        episode.step, episode.grade = Step.GRADED.value, grade
        event(EventKind.GRADED, now, grade)
    if ended_at is not None and episode.is_missing_now and ended_at >= episode.began_at:
        if entry.happened_at is not None:
            event(EventKind.RETURNED, ended_at)
            came_back(episode, ended_at, now)
        elif episode.step != Step.FOUND:
            # A council's return has dates and no times: from it alone nobody can say when the 72 hours began.
            episode.step, episode.found_at = Step.FOUND.value, ended_at
            event(EventKind.FOUND, ended_at)
    episode.version += 1
    episode.save()
    if not _runs_as_it_should(episode):
        keep_its_clock(episode, now)


def _runs_as_it_should(episode: Episode) -> bool:
    """A feed that says no more than was known does not put off what is due."""
    wanted = clock_of(episode.step, episode.interview)
    running = Clock.objects.running().filter(about_kind=KIND, about_id=str(episode.pk))
    return {row.what for row in running} == ({wanted} if wanted else set())


def _began_at(entry: Entry) -> datetime:
    return entry.happened_at or timezone.make_aware(datetime.combine(entry.happened_on, time()))


def _ended_at(entry: Entry) -> datetime | None:
    """The moment where the police know one; the day alone where only a council's return tells of it."""
    if said := entry.particulars.get("ended_at"):
        return timezone.make_aware(datetime.fromisoformat(said))
    if entry.ended_on is None:
        return None
    return timezone.make_aware(datetime.combine(entry.ended_on, time()))


def _tell_of_them(founded: list[Episode], today: date, now: datetime) -> None:
    """One word for the whole night, since it is not the moment of the report."""
    path, open_to_post = reverse("missing:board"), False
    for episode in founded:
        if owner := owner_of_restricted(episode.person_id):
            tell(owner, NEW, path, now)
        else:
            open_to_post = True
    if open_to_post:
        tell_post(coordinators(today), NEW, path, now, urgent=True)
