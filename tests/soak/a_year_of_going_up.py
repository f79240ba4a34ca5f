"""A year of work that is seen to, or not, by people who come, go and are away; and a calendar and a count of the test's own.

The hub is made by lot, and lives through Rowan's own tables and acts: every day some work begins and some is done, somebody goes away,
Rowan passes on what is stranded and takes up what is overdue. At any hour of any day something red comes in, which somebody looks at
soon, late, or not for most of a day. The test keeps its own account of who was there on which day, of how many working days each piece
of work was late and how many hours each red, and shares no code with the ladder.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rowan.agencies.models import Absence, AgencyKind, LeadPlace, Post, PostHolding
from rowan.agencies.rules.roles import Role
from rowan.escalation.actions.going_up import take_overdue_up, take_red_up
from rowan.escalation.models import Overdue, OverdueStep, Place
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import pass_on, without_anybody
from tests import people_in_tests as invented

FIRST = date(2026, 6, 1)
RANKS = ["practitioner", "manager", "head_of_service", "safeguarding_lead", "partnership"]
# After so many whole working days late it must have come at least so far: the settings' defaults, and a day for each step.
AT_LEAST = [(3, 1), (6, 2), (9, 3), (12, 4)]
# The same by hours of the clock, with a run of the job for each step; the first rung is the desk's, or at night the duty team's.
RED_AT_LEAST = [(0.5, 0), (1.75, 1), (3, 2), (4.25, 3), (6.5, 4)]
EVERY = timedelta(minutes=15)
BANK_HOLIDAYS = {
    *(date(2026, *each) for each in [(8, 31), (12, 25), (12, 28)]),
    *(date(2027, *each) for each in [(1, 1), (3, 26), (3, 29), (5, 3), (5, 31)]),
}


@dataclass
class Found:
    """What went wrong, and how much was looked at."""

    clocks: int = 0
    steps: int = 0
    went_to: Counter = field(default_factory=Counter)
    checks: int = 0
    absences: int = 0
    not_gone_up: list = field(default_factory=list)
    to_somebody_away: list = field(default_factory=list)
    came_down: list = field(default_factory=list)
    without_anybody: int = 0
    twice_a_day: int = 0
    reds: int = 0
    red_steps: Counter = field(default_factory=Counter)
    red_checks: int = 0
    red_not_gone_up: list = field(default_factory=list)
    red_at_a_closed_desk: list = field(default_factory=list)
    a_level_twice: list = field(default_factory=list)


class Year:
    def __init__(self, seed: int, *, people: int, agencies: int):
        self.chance, self.found = random.Random(seed), Found()
        self.away: dict[int, set[date]] = {}
        self.workers: list = []
        self.leaders: list[list] = []  # whoever must not be away all at once
        self.lasts: dict[int, date] = {}  # by clock, the day it is seen to
        self.reds: dict[int, datetime] = {}  # by clock, the moment somebody looks at it
        self.desk = self.on_duty = None
        for number in range(agencies):
            self._found_agency(number, people // agencies)

    def _found_agency(self, number: int, people: int) -> None:
        kind = AgencyKind.COUNCIL if number == 0 else AgencyKind.VOLUNTARY
        agency = invented.agency(f"agency-{number}", f"Agency {number}", kind)
        managers = [self._hire(agency, Role.APPROVING_MANAGER) for _ in range(2)]
        head = self._post(
            agency, "lead", "Head of service", [self._hire(agency, Role.EXPLOITATION_COORDINATOR)]
        )
        leads = [
            self._post(agency, "lead", f"Lead {n}", [self._hire(agency, Role.SAFEGUARDING_LEAD)])
            for n in (1, 2)
        ]
        for place, post in enumerate(leads, 1):
            LeadPlace.objects.create(post=post, place=place, from_on=FIRST)
        chiefs = [self._hire(agency, Role.APPROVING_MANAGER) for _ in range(2)]
        self._post(agency, "chief_officer", "Chief officer", chiefs)
        self.leaders.append(chiefs)
        Place.objects.create(
            level="head_of_service", post=head, from_on=FIRST, by=managers[0], at=self._at(FIRST)
        )
        desk = self._post(agency, "triage", "Desk", [])
        if number == 0:
            on_duty = [self._hire(agency, Role.LEAD_PROFESSIONAL) for _ in range(3)]
            self._post(agency, "duty", "Duty team", on_duty)
            self.desk, self.on_duty = desk, {each.pk for each in on_duty}
        for order in range(people - 7):
            worker = self._hire(agency, Role.LEAD_PROFESSIONAL)
            PostHolding.objects.create(post=desk, practitioner=worker, order=order, from_on=FIRST)
            self.workers.append(worker)
        self.chiefs = {chief.pk for pair in self.leaders for chief in pair}

    def _hire(self, agency, role):
        person = invented.practitioner(f"p{len(self.away)}", role, agency)
        self.away[person.pk] = set()
        return person

    def _post(self, agency, kind, title, holders) -> Post:
        post = Post.objects.create(kind=kind, agency=agency, title=title)
        for order, person in enumerate(holders):
            PostHolding.objects.create(post=post, practitioner=person, order=order, from_on=FIRST)
        return post

    def live(self, *, days: int, clocks: int, reds: int = 0) -> Found:
        everybody = list(self.away)
        for number in range(days):
            day = FIRST + timedelta(days=number)
            self._see_to(day)
            for _ in range(clocks // days + (number < clocks % days)):
                self._begin(day)
            for _ in range(max(1, len(everybody) // 40)):
                self._go_away(self.chance.choice(everybody), day)
            now = self._at(day)
            pass_on(now=now)
            self.found.steps += take_overdue_up(now)
            self.found.twice_a_day += take_overdue_up(now)
            pass_on(now=now)
            self._check(day)
            self._watch(day, reds // days + (number < reds % days))
        self._check_the_whole()
        return self.found

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, time(9), ZoneInfo("Europe/London"))

    def _begin(self, day: date) -> None:
        """Most work is seen to in time; some late, and some very late."""
        there = [worker for worker in self.chance.sample(self.workers, 5) if day not in self.away[worker.pk]]
        owner = there[0] if there else self.workers[0]
        due = day + timedelta(days=self.chance.randint(1, 12))
        clock = Clock.objects.create(
            what="a thing", about_kind="thing", about_id=str(self.found.clocks), owner=owner, started_at=self._at(day), due_on=due
        )  # fmt: skip
        self.found.clocks += 1
        late = self.chance.choices([-1, 3, 8, 30], [84, 9, 5, 2])[0]
        self.lasts[clock.pk] = due + timedelta(days=late)

    def _see_to(self, day: date) -> None:
        done = [pk for pk, last in self.lasts.items() if last < day]
        Clock.objects.filter(pk__in=done).update(stopped_at=self._at(day), stopped_because="done")
        for pk in done:
            del self.lasts[pk]

    def _go_away(self, person: int, day: date) -> None:
        length = self.chance.choice([1, 1, 2, 3, 5, 10, 15])
        days = {day + timedelta(days=n) for n in range(length)}
        if person in self.chiefs:
            pair = next(pair for pair in self.leaders if person in {chief.pk for chief in pair})
            # One chief officer of each pair stays, as the rota of any agency has it.
            if any(days & self.away[chief.pk] for chief in pair if chief.pk != person):
                return
        if days & self.away[person]:
            return
        self.away[person] |= days
        self.found.absences += 1
        Absence.objects.create(
            practitioner_id=person, from_on=day, until_on=max(days), entered_by_id=person, entered_at=self._at(day)
        )  # fmt: skip

    def _watch(self, day: date, many: int) -> None:
        """A day and a night of reds: each comes at some minute, and the job runs while any is there."""
        midnight = datetime.combine(day, time(), ZoneInfo("Europe/London"))
        coming = sorted(midnight + timedelta(minutes=self.chance.randrange(60 * 24)) for _ in range(many))
        now = midnight
        while now < midnight + timedelta(days=1):
            while coming and coming[0] <= now:
                self._begin_red(coming.pop(0))
            seen = [pk for pk, looked_at in self.reds.items() if looked_at <= now]
            Clock.objects.filter(pk__in=seen).update(stopped_at=now, stopped_because="looked at")
            for pk in seen:
                del self.reds[pk]
            if self.reds or seen:
                if take_red_up(now):
                    self.found.twice_a_day += take_red_up(now)
                self._check_reds(now)
            now += EVERY

    def _begin_red(self, came: datetime) -> None:
        clock = Clock.objects.create(
            what="a red thing", about_kind="red", about_id=str(self.found.reds), owner_post=self.desk,
            started_at=came, due_on=came.date(), due_at=came + timedelta(hours=1), every_hour=True,
        )  # fmt: skip
        self.found.reds += 1
        hours = self.chance.choices([0.4, 1.8, 4.5, 12], [60, 25, 10, 5])[0]
        self.reds[clock.pk] = came + timedelta(hours=hours)

    # --- the test's own count

    def _check_reds(self, now: datetime) -> None:
        rank_of = dict(Overdue.objects.going_up().values_list("clock", "level"))
        for pk, due in Clock.objects.filter(pk__in=list(self.reds)).values_list("pk", "due_at"):
            self.found.red_checks += 1
            late = (now - due) / timedelta(hours=1)
            owed = max((rank for after, rank in RED_AT_LEAST if late > after), default=-1)
            if owed >= 0 and (pk not in rank_of or RANKS.index(rank_of[pk]) < owed):
                self.found.red_not_gone_up.append((now, due, rank_of.get(pk)))
        taken = OverdueStep.objects.filter(at=now, by_the_hour=True)
        for owner, level in taken.values_list("owner", "level"):
            self.found.red_steps[level] += 1
            if owner is None or now.date() in self.away[owner]:
                self.found.to_somebody_away.append((now, owner, level))
            elif level == RANKS[0] and _hub_sleeps(now) and owner not in self.on_duty and self._on_duty(now):
                self.found.red_at_a_closed_desk.append((now, owner))

    def _on_duty(self, now: datetime) -> bool:
        return any(now.date() not in self.away[each] for each in self.on_duty)

    def _check(self, day: date) -> None:
        rank_of = dict(Overdue.objects.going_up().values_list("clock", "level"))
        late = Clock.objects.running().filter(due_on__lt=day, about_kind="thing")
        for pk, due in late.values_list("pk", "due_on"):
            self.found.checks += 1
            if pk not in rank_of or RANKS.index(rank_of[pk]) < _owed(due, day):
                self.found.not_gone_up.append((day, due, rank_of.get(pk)))
        for owner, level in OverdueStep.objects.filter(on=day, by_the_hour=False).values_list(
            "owner", "level"
        ):
            self.found.went_to[level] += 1
            if owner is None or day in self.away[owner]:
                self.found.to_somebody_away.append((day, owner, level))
        self.found.without_anybody += without_anybody(day)

    def _check_the_whole(self) -> None:
        ranks: dict[int, list[int]] = {}
        for overdue, level in OverdueStep.objects.order_by("at", "pk").values_list("overdue", "level"):
            ranks.setdefault(overdue, []).append(RANKS.index(level))
        hourly = set(OverdueStep.objects.filter(by_the_hour=True).values_list("overdue", flat=True))
        below = [[rank for rank in ranks[each] if rank < len(RANKS) - 1] for each in hourly]
        self.found.a_level_twice = [each for each in below if len(each) != len(set(each))]
        self.found.came_down = [each for each in ranks.values() if each != sorted(each)]


def _hub_sleeps(now: datetime) -> bool:
    works = now.weekday() < 5 and now.date() not in BANK_HOLIDAYS
    return not works or not time(8, 30) <= now.time() < time(17)


def _owed(due: date, day: date) -> int:
    working = [due + timedelta(days=n) for n in range(1, (day - due).days + 1)]
    late = sum(each.weekday() < 5 and each not in BANK_HOLIDAYS for each in working)
    return max((rank for after, rank in AT_LEAST if late > after), default=0)


def nothing_stayed_below(found: Found) -> None:
    assert found.not_gone_up == []
    assert found.to_somebody_away == []
    assert found.came_down == []
    assert found.without_anybody == 0
    assert found.twice_a_day == 0
    assert found.red_not_gone_up == []
    assert found.red_at_a_closed_desk == []
    assert found.a_level_twice == []
