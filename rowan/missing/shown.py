"""What the pages of missing children show, each episode as far as its reader may see. Looks things up and changes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from rowan.access.actions import seen_by
from rowan.access.involved import named_once, who_works_with
from rowan.access.rules.seeing import Seen
from rowan.agencies.models import Agency
from rowan.people.called import Called, called
from rowan.timescales.models import Clock
from rowan.timescales.rules.working_days import is_working_day

from .actions.findings import lines_of
from .actions.opening import KIND, agencies_of, shows, tells
from .models import Action, Episode, Event, EventKind
from .rules.grades import grade_in_words
from .rules.offers import HOWS
from .rules.steps import INTERVIEW_NAMES, STEP_NAMES, Interview, Step, is_held

COUNTED_DAYS = 28


@dataclass(frozen=True)
class Card:
    """One episode in a list."""

    episode: Episode
    child: Called
    grade: str
    clock: Clock | None
    workers: list = field(default_factory=list)
    offers: int = 0

    @property
    def state(self) -> str:
        return state_in_words(self.episode)

    @property
    def due(self) -> datetime | date | None:
        """To the hour where an hour is due: 72 hours from the return."""
        waits = self.episode.interview in {Interview.REQUIRED, Interview.OFFERED, Interview.ACCEPTED}
        if waits:
            return self.episode.interview_due_at
        return self.clock.due_on if self.clock else None

    @property
    def whose(self) -> str:
        if self.clock is None:
            return ""
        return self.clock.owner.display_name if self.clock.owner else self.clock.owner_post.title

    def is_late(self) -> bool:
        if isinstance(self.due, datetime):
            return self.due < timezone.now()
        return bool(self.due and self.due < timezone.localdate())


def state_in_words(episode: Episode) -> str:
    return (
        INTERVIEW_NAMES[Interview(episode.interview)] if episode.interview else STEP_NAMES[Step(episode.step)]
    )


def may_see(episodes: Iterable[Episode], by, today: date) -> tuple[list[Episode], dict[str, Seen]]:
    """Of these, those whose child and report the reader may see: everybody else is in no list and no number."""
    episodes = list(episodes)
    seen = seen_by(by, {each.person_id for each in episodes}, today)
    shown = [
        each for each in episodes if (part := seen.get(each.person_id)) and shows(part, agencies_of(each))
    ]
    return shown, {each.person_id: seen[each.person_id] for each in shown}


def in_lists(found):
    return found.select_related("interviewer").prefetch_related("reports", "events")


def missing_now(by, today: date) -> tuple[list[Episode], dict[str, Seen]]:
    """By when the child was last seen, the longest away first."""
    return may_see(in_lists(Episode.objects.missing_now()), by, today)


def by_letter(episodes: list[Episode], seen: dict[str, Seen], today: date) -> dict[str, list[Episode]]:
    """The same episodes, in the same order, under each letter with which a part of the child's name begins."""
    names, found = called(seen, today), defaultdict(list)
    for episode in episodes:
        for letter in {part[0].upper() for part in names[episode.person_id].name.split()}:
            found[letter].append(episode)
    return dict(sorted(found.items()))


def for_huddle(by, today: date) -> tuple[list[Episode], dict[str, Seen]]:
    """Missing now; back since the working day before; whose interview waits, by when it is due."""
    since = timezone.make_aware(datetime.combine(working_day_before(today), datetime.min.time()))
    open_or_new = Q(pk__in=Episode.objects.missing_now()) | Q(pk__in=Episode.objects.interview_waits())
    return may_see(
        in_lists(Episode.objects.of_their_own().filter(open_or_new | Q(returned_at__gte=since))), by, today
    )


def working_day_before(today: date) -> date:
    day = today - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def cards(episodes: list[Episode], seen: dict[str, Seen], today: date) -> list[Card]:
    """A fixed number of queries, however long the list."""
    part = {each.person_id: seen[each.person_id] for each in episodes}
    names, workers = called(part, today), who_works_with(part, today)
    running = Clock.objects.running().filter(
        about_kind=KIND, about_id__in=[str(each.pk) for each in episodes]
    )
    clocks = {row.about_id: row for row in running.select_related("owner", "owner_post")}
    return [
        Card(
            each,
            names[each.person_id],
            grade_in_words(each.grade),
            clocks.get(str(each.pk)),
            named_once(workers[each.person_id]),
            offers_of(each),
        )
        for each in episodes
    ]


def offers_of(episode: Episode) -> int:
    return sum(event.kind == EventKind.OFFERED for event in episode.events.all())


@dataclass(frozen=True)
class Counted:
    """Returns of the last weeks, and what became of the interviews: offers counted as well as interviews."""

    returns: int
    offered: int
    offers: int
    held_in_time: int
    held_late: int
    declined: int
    not_possible: int


def counted(by, today: date) -> Counted:
    since = timezone.make_aware(datetime.combine(today - timedelta(days=COUNTED_DAYS), datetime.min.time()))
    shown, _ = may_see(in_lists(Episode.objects.of_their_own().filter(returned_at__gte=since)), by, today)
    states = [each.interview for each in shown]
    return Counted(
        returns=len(shown),
        offered=sum(offers_of(each) > 0 for each in shown),
        offers=sum(map(offers_of, shown)),
        held_in_time=states.count(Interview.HELD_IN_TIME),
        held_late=states.count(Interview.HELD_LATE),
        declined=states.count(Interview.DECLINED) + states.count(Interview.CARER_ASKED),
        not_possible=states.count(Interview.NOT_POSSIBLE),
    )


@dataclass(frozen=True)
class Line:
    """One step in an episode's history. Another agency's words are for those who read that agency's reports.

    Told of the same absence in another episode, it stands here all the same.
    """

    event: Event
    agency: str
    what: str
    words: str


def history(episode: Episode, seen: Seen) -> list[Line]:
    told = Q(episode=episode) | Q(episode__same_absence_as=episode)
    events = list(Event.objects.filter(told).select_related("by"))
    names = dict(Agency.objects.filter(code__in={event.agency_code for event in events}).values_list("code", "name"))  # fmt: skip
    return [
        Line(
            event,
            names.get(event.agency_code, event.agency_code),
            _detail(event),
            event.words,
        )
        for event in events
        if tells(seen, event.agency_code)
    ]


@dataclass(frozen=True)
class Told:
    """One of two reports of a child, for a page that shows both. Its words are for those who read the agency's reports."""

    episode: Episode
    agency: str
    state: str
    grade: str
    known_by: str
    may_read: bool


def side_by_side(one: Episode, other: Episode, by, today: date) -> list[Told]:
    seen = seen_by(by, {one.person_id, other.person_id}, today)
    names = dict(Agency.objects.filter(code__in={one.agency_code, other.agency_code}).values_list("code", "name"))  # fmt: skip
    return [
        Told(
            each,
            names.get(each.agency_code, each.agency_code),
            state_in_words(each),
            grade_in_words(each.grade),
            each.unknown_child.known_by if hasattr(each, "unknown_child") else "",
            (part := seen.get(each.person_id)) is not None and tells(part, each.agency_code),
        )
        for each in (one, other)
    ]


def actions_of(episode: Episode):
    told = Q(episode=episode) | Q(episode__same_absence_as=episode)
    return Action.objects.filter(told).select_related("owner", "done_by")


def _detail(event: Event) -> str:
    if event.kind == EventKind.GRADED:
        return grade_in_words(event.code)
    return HOWS.get(event.code, "")


def what_was_found(episode: Episode, seen: Seen) -> list:
    """The lines an interview left in the timeline, each in its compartment: a heading alone where the reader sees no words."""
    made = getattr(episode, "home_interview", None)
    if made is None:
        return []
    return [
        (entry, entry.text if seen.tells(entry.agency_code, entry.compartment) else None)
        for entry in lines_of(made)
        if seen.shows(entry.agency_code, entry.compartment)
    ]


def next_steps(episode: Episode) -> list[str]:
    """Which pages lead on from here, in the order in which they are mostly needed."""
    if episode.same_absence_as_id:
        return []
    if episode.step in {Step.REPORTED, Step.GRADED}:
        return ["returned", "found", "grade", "not-missing"]
    if episode.step == Step.FOUND:
        return ["returned", "grade", "not-missing"]
    if not episode.interview or is_held(episode.interview):
        return []
    first = {
        Interview.REQUIRED: ["offer"],
        Interview.OFFERED: ["accepted", "declined", "offer"],
        Interview.ACCEPTED: ["declined", "offer"],
        Interview.DECLINED: ["carer", "offer"],
        Interview.CARER_ASKED: ["offer"],
        Interview.NOT_POSSIBLE: ["offer"],
    }[Interview(episode.interview)]
    last = [] if episode.interview == Interview.NOT_POSSIBLE else ["not-possible"]
    return [*first, "interview", "assign", *last]
