"""A year of absences, leavers and returns, and a calendar of the test's own that says who was there. Shares no code with the rule.

The hub and its agencies are made by lot; so are clocks, which start, run and stop. After every event the test asks Rowan's rule to
hand over what is stranded, keeps its own account of who has what, and checks it against its own calendar: a set of days away for
each person, nothing cleverer.
"""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from rowan.agencies.rules.chain import Away, Chair, Level, Sitting
from rowan.timescales.rules.cover import Cover, Running, hand_over

FIRST = date(2026, 1, 1)
DAYS = 365
CAP = 60
LONG = 3


@dataclass
class Found:
    """What went wrong, and how much was looked at."""

    events: Counter = field(default_factory=Counter)
    moves: int = 0
    without_owner: list = field(default_factory=list)
    loops: list = field(default_factory=list)
    over_the_cap: list = field(default_factory=list)
    needless: list = field(default_factory=list)
    checks: int = 0
    highest_load: int = 0
    beyond_the_cap: int = 0


class Year:
    """One hub for one year: posts with holders and deputies, chains with chief officers, people who come and go."""

    def __init__(self, seed: int, *, agencies: int, clocks: int):
        self.chance = random.Random(seed)
        self.found = Found()
        self.people: list[int] = []
        self.away_days: dict[int, set[int]] = defaultdict(set)  # the test's own calendar: days by number
        self.absences: dict[int, list[Away]] = defaultdict(list)
        self.gone: set[int] = set()
        self.sitters: dict[int, list[int]] = {}
        self.deputy_of: dict[int, int] = {}
        self.agency_of_post: dict[int, int] = {}
        self.agency_of: dict[int, int] = {}
        self.posts_of: dict[int, list[int]] = defaultdict(list)
        self.leads: dict[int, list[int]] = defaultdict(list)
        self.chief: dict[int, int] = {}
        for agency in range(1, agencies + 1):
            self._found(agency)
        self.chiefs = {person for post in self.chief.values() for person in self.sitters[post]}
        self.clocks: dict[int, tuple[int | None, int, int]] = {}  # owner, post, day due
        self.of: dict[int, set[int]] = defaultdict(set)
        self.at: dict[int, set[int]] = defaultdict(set)  # by post, those that nobody owns by name
        self.due: dict[int, set[int]] = defaultdict(set)
        self.load: Counter = Counter()
        self.moved_today: dict[tuple[int, int | None], set[int]] = {}
        self.numbers = 0
        self.wanted = clocks

    # --- the hub, by lot

    def _found(self, agency: int) -> None:
        desk = [self._post(agency, self.chance.randint(2, 5)) for _ in range(self.chance.randint(2, 4))]
        for number, post in enumerate(desk):
            self.deputy_of[post] = desk[(number + 1) % len(desk)]
        self.leads[agency] = [self._post(agency, 1) for _ in range(self.chance.randint(2, 4))]
        self.chief[agency] = self._post(agency, 2)

    def _post(self, agency: int, holders: int) -> int:
        post = len(self.sitters) + 1
        self.agency_of_post[post] = agency
        self.sitters[post] = []
        for _ in range(holders):
            self._hire(post)
        return post

    def _hire(self, post: int) -> int:
        person = 1000 + len(self.people)
        self.people.append(person)
        self.sitters[post].append(person)
        self.posts_of[person].append(post)
        self.agency_of[person] = self.agency_of_post[post]
        return person

    # --- the year

    def live(self, events_a_day: int) -> Found:
        for day in range(DAYS):
            self._clocks_come_and_go(day)
            self._pass_on(day, self._touched_by_the_day(day))
            for _ in range(events_a_day):
                self._pass_on(day, self._something_happens(day))
            self._check(day)
        return self.found

    def _clocks_come_and_go(self, day: int) -> None:
        for clock in self.chance.sample(sorted(self.clocks), len(self.clocks) // 20):
            self._stop(clock)
        posts = [post for post in self.sitters if post not in self.chief.values()]
        while len(self.clocks) < self.wanted:
            post = self.chance.choice(posts)
            owners = [
                person
                for person in self.sitters[post]
                if person not in self.gone
                and self.load[person] < CAP // 2
                and day not in self.away_days[person]
            ]
            owner = self.chance.choice(owners) if owners and self.chance.random() < 0.7 else None
            self._start(owner, post, day + self.chance.randint(0, 40))

    def _start(self, owner: int | None, post: int, due: int) -> None:
        self.numbers += 1
        self.clocks[self.numbers] = (owner, post, due)
        self.due[due].add(self.numbers)
        if owner is None:
            self.at[post].add(self.numbers)
        else:
            self.of[owner].add(self.numbers)
            self.load[owner] += 1

    def _stop(self, clock: int) -> None:
        owner, post, due = self.clocks.pop(clock)
        self.due[due].discard(clock)
        if owner is None:
            self.at[post].discard(clock)
        else:
            self.of[owner].discard(clock)
            self.load[owner] -= 1

    def _something_happens(self, day: int) -> set[int]:
        person = self.chance.choice(self.people)
        while person in self.gone:
            person = self.chance.choice(self.people)
        drawn = self.chance.random()
        if drawn < 0.03 and person not in self.chiefs:
            return self._leaves(person)
        if drawn < 0.25 and day in self.away_days[person]:
            return self._returns(person, day)
        return self._goes_away(person, day)

    def _goes_away(self, person: int, day: int) -> set[int]:
        """Nobody's rule can help where everybody is away: one chief officer of each pair stays, as the rota of any agency has it."""
        first = day + self.chance.choice([0, 0, 0, 1, 7])
        length = self.chance.choice([1, 1, 2, 2, 3, 5, 10, 30])
        open_ended = self.chance.random() < 0.05
        last = DAYS + 60 if open_ended else first + length - 1
        days = set(range(first, last + 1))
        if person in self.chiefs:
            pair = next(self.sitters[post] for post in self.posts_of[person])
            if any(days & self.away_days[other] for other in pair if other != person):
                return set()
        self.found.events["absences"] += 1
        self.away_days[person] |= days
        self.absences[person].append(
            Away(FIRST + timedelta(days=first), None if open_ended else FIRST + timedelta(days=last))
        )
        return self._theirs(person)

    def _returns(self, person: int, day: int) -> set[int]:
        """Back early: from today on nothing is left of what had begun."""
        self.found.events["returns"] += 1
        # Somebody who is back may be asked again the same day, when whoever took over goes away in turn: that is no loop.
        self.moved_today.pop((day, person), None)
        today = FIRST + timedelta(days=day)
        kept = []
        for away in self.absences[person]:
            if away.from_on >= today and away.from_on > today:
                kept.append(away)
            elif away.from_on < today:
                last = today - timedelta(days=1)
                kept.append(Away(away.from_on, min(away.until_on or last, last)))
        self.absences[person] = kept
        self.away_days[person] = {
            (away.from_on - FIRST).days + n
            for away in kept
            for n in range(((away.until_on or FIRST + timedelta(days=DAYS + 60)) - away.from_on).days + 1)
        }
        return self._theirs(person)

    def _leaves(self, person: int) -> set[int]:
        """Somebody leaves for good; somebody new is hired in their place."""
        self.found.events["leavers"] += 1
        touched = self._theirs(person)
        self.gone.add(person)
        for post in self.posts_of[person]:
            self.sitters[post].remove(person)
            self._hire(post)
        return touched

    def _theirs(self, person: int) -> set[int]:
        return set(self.of[person]).union(*(self.at[post] for post in self.posts_of[person]))

    def _touched_by_the_day(self, day: int) -> set[int]:
        """What may be stranded because it is a new day: whose owner is away, and what falls due."""
        away = [person for person in self.people if day in self.away_days[person] and person not in self.gone]
        return set().union(self.due[day], *(self._theirs(person) for person in away))

    # --- Rowan's rule, and the test's account of what it did

    def _pass_on(self, day: int, touched: set[int]) -> None:
        if not touched:
            return
        today = FIRST + timedelta(days=day)
        cover = self._cover(touched)
        running = [
            Running(clock, FIRST + timedelta(days=due), owner, post)
            for clock in sorted(touched)
            for owner, post, due in [self.clocks[clock]]
        ]
        for move in hand_over(running, cover, today):
            clock = move.clock.clock
            owner, post, due = self.clocks[clock]
            if not self._is_stranded(owner, post, due, day):
                self.found.needless.append((day, clock))
            if move.to is None:
                continue
            if clock in self.moved_today.get((day, move.to), ()):
                self.found.loops.append((day, clock))
            self.moved_today.setdefault((day, owner), set()).add(clock)
            self._take(clock, move.to, day)
            self.found.moves += 1
            self.found.beyond_the_cap += move.beyond_the_cap
            if self.load[move.to] > CAP and move.to not in self.chiefs:
                self.found.over_the_cap.append((day, move.to, self.load[move.to]))

    def _take(self, clock: int, to: int, day: int) -> None:
        owner, post, due = self.clocks[clock]
        if owner is None:
            self.at[post].discard(clock)
        else:
            self.of[owner].discard(clock)
            self.load[owner] -= 1
        self.clocks[clock] = (to, post, due)
        self.of[to].add(clock)
        self.load[to] += 1

    def _cover(self, touched: set[int]) -> Cover:
        wanted = {self.agency_of_post[self.clocks[clock][1]] for clock in touched}
        return Cover(
            sitters=self.sitters,
            deputy_of=self.deputy_of,
            agency_of_post=self.agency_of_post,
            agency_of=self.agency_of,
            posts_of=self.posts_of,
            chains={agency: self._chain(agency) for agency in wanted},
            absences=self.absences,
            gone=self.gone,
            load=dict(self.load),
            cap=CAP,
            long_absence=LONG,
        )

    def _chain(self, agency: int) -> list[Chair]:
        def chair(post: int, level: Level) -> Chair:
            return Chair(post, "A post", tuple(Sitting(person) for person in self.sitters[post]), level)

        chain = [chair(post, Level.LEAD) for post in self.leads[agency]]
        chain.append(chair(self.chief[agency], Level.CHIEF_OFFICER))
        return [*chain, chair(self.chief[1], Level.HUBS_CHIEF_OFFICER)]

    # --- the test's own calendar

    def _is_stranded(self, owner: int | None, post: int, due: int, day: int) -> bool:
        if owner is not None:
            return self._cannot(owner, due, day)
        return all(self._cannot(person, due, day) for person in self.sitters[post])

    def _cannot(self, person: int, due: int, day: int) -> bool:
        """Left; or away, and the date falls before they are back, or three working days of it and more are in one piece."""
        if person in self.gone:
            return True
        away = self.away_days[person]
        if day not in away:
            return False
        first = last = day
        while first - 1 in away:
            first -= 1
        while last + 1 in away and last < DAYS + 70:
            last += 1
        return due <= last or sum(WORKING[n] for n in range(first, last + 1)) >= LONG

    def _check(self, day: int) -> None:
        for clock, (owner, post, due) in self.clocks.items():
            self.found.checks += 1
            if self._is_stranded(owner, post, due, day):
                self.found.without_owner.append((day, clock))
        everybody = [load for person, load in self.load.items() if person not in self.chiefs]
        self.found.highest_load = max(self.found.highest_load, *everybody)
        self.moved_today = {}


BANK_HOLIDAYS_2026 = [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)]
BANK_HOLIDAYS_2027 = [(1, 1), (3, 26), (3, 29)]
_OFF = {date(2026, *each) for each in BANK_HOLIDAYS_2026} | {date(2027, *each) for each in BANK_HOLIDAYS_2027}
# Written out from the published list, not asked of Rowan: working days by number from a month before the year to a while after.
WORKING = {
    n: (FIRST + timedelta(days=n)).weekday() < 5 and FIRST + timedelta(days=n) not in _OFF
    for n in range(-40, DAYS + 80)
}


def live_a_year(seed: int, *, agencies: int, clocks: int, events_a_day: int) -> Found:
    return Year(seed, agencies=agencies, clocks=clocks).live(events_a_day)


def nothing_went_wrong(found: Found) -> None:
    assert found.without_owner == []
    assert found.loops == []
    assert found.needless == []
    assert found.over_the_cap == []
    assert found.highest_load <= CAP
