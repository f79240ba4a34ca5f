"""Two hundred absences, leavers and returns through the real acts and tables, against a calendar of the test's own."""

import random
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rowan.agencies.absences import come_back, enter_absence
from rowan.agencies.models import Absence, LeadPlace, Post, PostHolding
from rowan.agencies.passing_on import pass_on_everything
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR, ROWAN
from rowan.timescales.actions import change_setting, start_clock, stop_clock
from rowan.timescales.models import Clock, HandOver
from rowan.timescales.passing_on import pass_on, without_anybody
from rowan.timescales.rules.settings import CLOCKS_A_PERSON
from tests import people_in_tests as invented

FIRST = date(2026, 6, 1)  # a Monday; no bank holiday before 31 August
CAP, DAYS, EVENTS_A_DAY = 12, 42, 5


class Quarter:
    def __init__(self, seed: int):
        self.chance = random.Random(seed)
        self.council = invented.three_agencies()[invented.COUNCIL]
        self.people, self.away, self.gone = [], {}, set()
        self.desks = [
            self.post(kind, kind, 3)
            for kind in ("triage", "missing_coordinator", "exploitation_coordinator", "youth_justice")
        ]
        for desk, deputy in zip(self.desks, [*self.desks[1:], self.desks[0]], strict=True):
            Post.objects.filter(pk=desk.pk).update(deputy=deputy)
        for place in (1, 2):
            lead = self.post("lead", f"Lead {place}", 1)
            LeadPlace.objects.create(post=lead, place=place, from_on=FIRST)
        self.chiefs = {
            holding.practitioner_id
            for holding in self.post("chief_officer", "Chief Executive", 2).holdings.all()
        }
        change_setting(CLOCKS_A_PERSON, CAP, by=ROWAN, from_on=FIRST, why="A small hub")
        self.events, self.number = Counter(), 0

    def post(self, kind, title, holders):
        post = Post.objects.create(kind=kind, agency=self.council, title=title)
        for _ in range(holders):
            self.hire(post)
        return post

    def hire(self, post):
        number = len(self.people)
        person = invented.practitioner(f"p{number}", Role.TRIAGE_OFFICER, self.council)
        PostHolding.objects.create(post=post, practitioner=person, from_on=FIRST, order=number)
        self.people.append(person)
        self.away[person.pk] = set()
        return person

    def clocks(self, now, day):
        for clock in Clock.objects.running().order_by("pk"):
            if self.chance.random() < 0.05:
                stop_clock(
                    what=clock.what, about_kind="thing", about_id=clock.about_id, now=now, because="done"
                )
        while Clock.objects.running().count() < 30:
            self.number += 1
            desk = self.chance.choice(self.desks)
            there = [h.practitioner for h in desk.holdings.all() if h.practitioner_id not in self.gone and day not in self.away[h.practitioner_id]]  # fmt: skip
            owner = self.chance.choice(there) if there and self.chance.random() < 0.6 else None
            start_clock(
                what="a thing", about_kind="thing", about_id=self.number, due_on=FIRST + timedelta(days=day + self.chance.randint(0, 20)),
                now=now, owner=owner, owner_post=desk,
            )  # fmt: skip

    def event(self, now, day):
        person = self.chance.choice([p for p in self.people if p.pk not in self.gone])
        drawn = self.chance.random()
        if drawn < 0.08 and person.pk not in self.chiefs:
            self.events["leavers"] += 1
            pass_on_everything(leaving=[person], now=now, by=OPERATOR)
            type(person).objects.filter(pk=person.pk).update(is_active=False)
            self.gone.add(person.pk)
            self.hire(person.holdings.get().post)
            return
        if drawn < 0.4 and day in self.away[person.pk]:
            self.events["returns"] += 1
            for absence in Absence.objects.standing().filter(
                practitioner=person, from_on__lte=FIRST + timedelta(days=day)
            ):
                come_back(absence, by=person, now=now)
            self.away[person.pk] = {n for n in self.away[person.pk] if n < day} | self.later(person, day)
            return
        first = day + self.chance.choice([0, 0, 1])
        days = set(range(first, first + self.chance.choice([1, 2, 3, 8])))
        if person.pk in self.chiefs and any(days & self.away[other] for other in self.chiefs - {person.pk}):
            return
        self.events["absences"] += 1
        enter_absence(
            person,
            from_on=FIRST + timedelta(days=first),
            until_on=FIRST + timedelta(days=max(days)),
            by=person,
            now=now,
        )
        self.away[person.pk] |= days

    def later(self, person, day):
        """What had not begun when they came back is still to come."""
        rows = Absence.objects.standing().filter(practitioner=person, from_on__gt=FIRST + timedelta(days=day))
        return {n for row in rows for n in range((row.from_on - FIRST).days, (row.until_on - FIRST).days + 1)}

    def stranded(self, day):
        return [clock.pk for clock in Clock.objects.running() if self.nobody_sees_to(clock, day)]

    def nobody_sees_to(self, clock, day):
        if clock.owner_id:
            return self.cannot(clock.owner_id, clock, day)
        return all(
            self.cannot(holding.practitioner_id, clock, day) for holding in clock.owner_post.holdings.all()
        )

    def cannot(self, person, clock, day):
        if person in self.gone:
            return True
        if day not in self.away[person]:
            return False
        first = last = day
        while first - 1 in self.away[person]:
            first -= 1
        while last + 1 in self.away[person]:
            last += 1
        at_work = sum((FIRST + timedelta(days=n)).weekday() < 5 for n in range(first, last + 1))
        return clock.due_on <= FIRST + timedelta(days=last) or at_work >= 3


def test_two_hundred_events_strand_nothing_and_go_nowhere_needlessly(db):
    quarter = Quarter(7)
    for day in range(DAYS):
        now = datetime(2026, 6, 1, 9, tzinfo=ZoneInfo("Europe/London")) + timedelta(days=day)
        quarter.clocks(now, day)
        pass_on(now=now)
        for _ in range(EVENTS_A_DAY):
            quarter.event(now, day)
            # An absence that is entered or an account that ends passes its work on itself; no schedule has run.
            assert quarter.stranded(day) == [], (day, quarter.events)
        assert pass_on(now=now) == 0
    assert without_anybody(FIRST + timedelta(days=DAYS - 1)) == 0
    assert quarter.events.total() > 150
    moves = HandOver.objects.all()
    assert moves.count() > 100
    back_and_forth = Counter((move.clock_id, move.at, move.to_owner_id) for move in moves)
    assert max(back_and_forth.values()) == 1
    assert not any(move.beyond_the_cap and move.to_owner_id not in quarter.chiefs for move in moves)
    loads = Counter(Clock.objects.running().exclude(owner=None).values_list("owner", flat=True))
    assert all(load <= CAP for person, load in loads.items() if person not in quarter.chiefs)
