"""The list: every child open to exploitation whom this reader may know of, by date or by name. Never by state, and nothing is counted up."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Max
from django.utils import timezone

from rowan.access.actions import seen_by
from rowan.access.rules.seeing import Seen, Through
from rowan.access.standing import Groups
from rowan.asked_alike import asked_alike
from rowan.people.called import Called, called
from rowan.questions.clocks import SIGN_CLOCK
from rowan.questions.models import StrategyAnswer
from rowan.timescales.models import Clock

from .models import ChildSeen, StatutoryFact, Strand
from .rules.states import State
from .rules.statutory import Fact
from .rules.who import knows_of
from .shown import labels_on

ORDERS = {"due": "By the next date", "name": "By name"}
# The clocks of return home interviews are another room's: they are known by their name.
INTERVIEW = "interview"


@dataclass(frozen=True)
class OnTheList:
    """A child on the list, before the columns are looked up."""

    child: Called
    due_on: date
    ids: frozenset[str]  # under which the hub works with the child


@dataclass(frozen=True)
class Row:
    strand: Strand
    child: Called
    due_on: date
    label: str
    last_seen_on: date | None
    strategy_on: date | None
    strategy_due_on: date | None
    interview_due_on: date | None
    overdue: Clock | None


def children_open(by, today: date, order: str = "due") -> list[OnTheList]:
    """Whom the page may show, in its order. Left out before anybody counts or pages: what is hidden is in no number."""
    strands = list(map(Opened._make, _open_now()))
    groups = Groups(strand.person_id for strand in strands)
    seen = _known_of(seen_by(by, groups, today), strands)
    names = called({groups.now_of[person_id]: each for person_id, each in seen.items()}, today)
    of_one_child: dict[str, list[Opened]] = defaultdict(list)
    for strand in strands:
        if strand.person_id in seen:
            of_one_child[groups.now_of[strand.person_id]].append(strand)
    found = [
        # What is due first is due, whichever of two records that were joined it was about.
        OnTheList(names[now_id], min(strand.due_on for strand in hers), frozenset(strand.person_id for strand in hers))
        for now_id, hers in of_one_child.items()
    ]  # fmt: skip
    if order == "name":
        return sorted(found, key=lambda each: (each.child.name.casefold(), each.due_on, each.child.person_id))
    return sorted(found, key=lambda each: (each.due_on, each.child.name.casefold(), each.child.person_id))


class Opened(NamedTuple):
    """As little of the hub's work with a child as its place on the list needs: it is read of every child, and the rest of one page's."""

    person_id: str
    due_on: date
    lead_at: str  # the agency's code


_open_now = asked_alike(
    lambda: Strand.objects.open().values_list(*Opened._fields[:-1], "lead__agency__code").order_by()
)


def _known_of(seen: Mapping[str, Seen], strands: list[Opened]) -> dict[str, Seen]:
    lead_at = {strand.person_id: strand.lead_at for strand in strands}
    return {
        person_id: each
        for person_id, each in seen.items()
        if each.through is not Through.REASON and knows_of(each, lead_at[person_id])
    }


def rows(on_the_page: list[OnTheList], today: date) -> list[Row]:
    """The columns of one page, in a fixed number of queries."""
    # As on a child's own page the newest stands, where two records were joined.
    newest = {row.person_id: row for row in _whole(ids=[pk for each in on_the_page for pk in each.ids])}
    strands = [
        max((newest[pk] for pk in each.ids), key=lambda strand: strand.opened_at) for each in on_the_page
    ]
    groups = Groups(strand.person_id for strand in strands)
    last_seen = dict(_last_seen(ids=[strand.pk for strand in strands]))
    strategy = _strategy_dates(strands, groups)
    clocks = _clocks(groups)
    labels = labels_on(today)
    made = []
    for each, strand in zip(on_the_page, strands, strict=True):
        now_id = groups.now_of[strand.person_id]
        hers = clocks[now_id]
        made.append(
            Row(
                strand,
                each.child,
                each.due_on,
                labels[State(strand.state)] if strand.state else "",
                last_seen.get(strand.pk),
                strategy.get(now_id),
                _first(hers, lambda clock: clock.what == SIGN_CLOCK),
                _first(hers, lambda clock: INTERVIEW in clock.what),
                next((clock for clock in hers if clock.due_on < today), None),
            )
        )
    return made


@asked_alike
def _whole(ids):
    rows = Strand.objects.open().filter(person__among=ids).order_by("opened_at")
    return rows.select_related("lead__agency", "state_by")


@asked_alike
def _last_seen(ids):
    seen = ChildSeen.objects.filter(strand__among=ids).order_by().values("strand")
    return seen.annotate(last=Max("on")).values_list("strand", "last")


def _strategy_dates(strands: list[Strand], groups: Groups) -> dict[str, date]:
    """When a strategy discussion was last held: as the statutory system says, else as it was answered here."""
    found: dict[str, date] = {}
    for person_id, at in _held(ids=groups.all_ids):
        found[groups.now_of[person_id]] = timezone.localdate(at)
    for person_id, on in _held_there(strands=[strand.pk for strand in strands]):
        now_id = groups.now_of[person_id]
        found[now_id] = max(on, found.get(now_id, on))
    return found


@asked_alike
def _held(ids):
    held = StrategyAnswer.objects.filter(person__among=ids, held=True, corrected_by=None)
    return held.order_by("at").values_list("person_id", "at")


@asked_alike
def _held_there(strands):
    facts = StatutoryFact.objects.filter(strand__among=strands, fact=Fact.STRATEGY.value)
    return facts.order_by("on").values_list("strand__person_id", "on")


@asked_alike
def _running(ids):
    running = Clock.objects.running().filter(about_person__among=ids)
    return running.exclude(about_kind="question").order_by("due_on", "pk")


def _clocks(groups: Groups) -> dict[str, list[Clock]]:
    """Every running clock about these children, the soonest due first; what a school was asked is the school's."""
    by_child: dict[str, list[Clock]] = defaultdict(list)
    for clock in _running(ids=groups.all_ids):
        by_child[groups.now_of[clock.about_person]].append(clock)
    return by_child


def _first(clocks: list[Clock], wanted) -> date | None:
    return next((clock.due_on for clock in clocks if wanted(clock)), None)
