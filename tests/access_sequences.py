"""Random lives of access held against a model in plain Python that shares no code with Rowan: who may see whom, step by step."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from rowan.access.actions import involve, join_records, owner_of_restricted, seen_by, undo_join
from rowan.access.models import Involvement, KeptOut, LetIn, Opening, Restriction
from rowan.access.openings import end, look_with_a_reason, open_in_emergency
from rowan.access.restricted import hand_over, let_in, take_off
from rowan.agencies.models import Agency, Post, PostHolding, Practitioner, Team
from rowan.people.models import Person
from rowan.refusals import NotAllowed, Refusal
from rowan.timescales.models import Clock

BEGINS = datetime(2026, 3, 2, 8, 0, tzinfo=ZoneInfo("Europe/London"))
CHILDREN = ("a" * 32, "b" * 32, "c" * 32, "d" * 32)
# Name, role, whether the role opens records, whether it may look outside its own work: as the ADR says, not as the code does.
STAFF = (
    ("triage", "triage_officer", True, True),
    ("worker", "lead_professional", True, True),
    ("mentor", "mentor", True, False),
    ("manager", "approving_manager", True, False),
    ("councillor", "councillor", False, False),
)
# Where they work, and in which team: a part may be a whole team's, a whole agency's, or a post's.
AT = {
    "triage": ("council-899", "duty"),
    "worker": ("council-899", "children"),
    "mentor": ("charity-1", "children"),
    "manager": ("council-899", ""),
    "councillor": ("council-899", ""),
}
STEPS = 9


@dataclass
class Model:
    """What ought to hold. Sets and dictionaries, and the rules as the ADR writes them."""

    # By part: of which child, whose ("who", "team", "agency" or "post", and which), from when, until when.
    parts: dict[int, tuple[str, tuple[str, ...], date, date | None]] = field(default_factory=dict)
    sits: list[tuple[str, date, date | None]] = field(
        default_factory=list
    )  # in the one post, from when to when
    named: dict[str, set[str]] = field(
        default_factory=dict
    )  # by restricted child, in the order they were restricted
    owner: dict[str, str] = field(default_factory=dict)
    kept_out: set[tuple[str, str]] = field(default_factory=set)
    openings: dict[tuple[str, str, str], datetime] = field(default_factory=dict)
    into: dict[str, str] = field(default_factory=dict)

    def root(self, child: str) -> str:
        while child in self.into:
            child = self.into[child]
        return child

    def join(self, was: str, into: str) -> None:
        at = into
        while at in self.into:
            at = self.into[at]
            if at == was:
                del self.into[into]
                break
        self.into[was] = into

    def restricted(self, child: str) -> list[str]:
        return [other for other in self.named if self.root(other) == self.root(child)]

    def answers_for(self, child: str) -> str | None:
        restricted = self.restricted(child)
        return self.owner.get(restricted[-1]) if restricted else None

    def may_manage(self, by: str, child: str, now: datetime) -> bool:
        """Somebody with a part, who answers for the record or whose role undoes restrictions."""
        if self.way(by, child, now) != "PART":
            return False
        return by == "manager" or by == self.answers_for(child)

    def may_be_named(self, who: str, child: str) -> bool:
        opens = next(opens for name, _, opens, _ in STAFF if name == who)
        same = [other for other in CHILDREN if self.root(other) == self.root(child)]
        return opens and not any((other, who) in self.kept_out for other in same)

    def let_in(self, by: str, who: str, child: str, now: datetime) -> bool:
        restricted = self.restricted(child)
        if not self.may_manage(by, child, now) or not restricted or not self.may_be_named(who, child):
            return False
        for other in restricted:
            self.named[other].add(who)
        return True

    def take_off(self, by: str, who: str, child: str, now: datetime) -> bool:
        restricted = self.restricted(child)
        if not self.may_manage(by, child, now):
            return False
        if any(self.owner.get(other) == who or not self.named[other] - {who} for other in restricted):
            return False
        for other in restricted:
            self.named[other].discard(who)
        return True

    def hand_over(self, by: str, who: str, child: str, now: datetime) -> bool:
        restricted = self.restricted(child)
        if not self.may_manage(by, child, now) or not restricted:
            return False
        if all(self.owner.get(other) == who for other in restricted):
            return True
        if not self.may_be_named(who, child):
            return False
        for other in restricted:
            self.named[other].add(who)
            self.owner[other] = who
        return True

    def way(self, who: str, child: str, now: datetime) -> str | None:
        opens, looks = next((opens, looks) for name, _, opens, looks in STAFF if name == who)
        same = [other for other in CHILDREN if self.root(other) == self.root(child)]
        restricted = [self.named[other] for other in same if other in self.named]
        if not opens or any((other, who) in self.kept_out for other in same):
            return None
        if restricted:
            return "PART" if all(who in names for names in restricted) else None
        today = now.date()
        agency, team = AT[who]
        theirs = {("who", who), ("agency", agency)} | ({("team", agency, team)} if team else set())
        if any(
            sat == who and first <= today and (last is None or today <= last)
            for sat, first, last in self.sits
        ):
            theirs.add(("post",))
        for of, whose, first, last in self.parts.values():
            if of in same and whose in theirs and first <= today and (last is None or today <= last):
                return "PART"
        for kind, allowed in (("EMERGENCY", True), ("REASON", looks)):
            if allowed and any(self.openings.get((kind, of, who), BEGINS) > now for of in same):
                return kind
        return None


@dataclass
class World:
    staff: dict[str, Practitioner]
    agencies: dict[str, Agency]
    teams: dict[tuple[str, str], Team]
    post: Post


def make_world() -> World:
    council = Agency.objects.create(code="council-899", name="Council", kind="council", la_code="899")
    charity = Agency.objects.create(code="charity-1", name="Charity", kind="voluntary")
    agencies = {each.code: each for each in (council, charity)}
    teams = {
        (code, name): Team.objects.create(agency=agencies[code], name=name)
        for code, name in sorted(set(AT.values()))
        if name
    }
    Person.objects.bulk_create(Person(pk=child) for child in CHILDREN)
    staff = {
        name: Practitioner.objects.create(
            username=name,
            display_name=name,
            agency=agencies[AT[name][0]],
            team=teams.get(AT[name]),
            role=role,
        )
        for name, role, _, _ in STAFF
    }
    post = Post.objects.create(kind="triage", agency=council, title="Triage desk")
    return World(staff, agencies, teams, post)


def live_once(seed: int, world: World) -> int:
    """One life: random steps, and after each what Rowan says of everybody held against the model. Leaves nothing behind."""
    with transaction.atomic():
        held = _Life(seed, world).run()
        transaction.set_rollback(True)
    return held


class _Life:
    def __init__(self, seed: int, world: World):
        self.chance, self.world, self.model = Random(seed), world, Model()
        self.seed, self.now, self.story, self.held = seed, BEGINS, [], 0

    def run(self) -> int:
        acts = [
            self.involve, self.involve, self.part_ends, self.restrict, self.lift, self.keep_out, self.let_back,
            self.emergency, self.emergency, self.end_emergency, self.look, self.join, self.join, self.undo, self.time_passes,
            self.restrict, self.let_in, self.take_off, self.take_off, self.hand_over, self.hand_over,
        ]  # fmt: skip
        if self.seed % 2:
            acts += [
                self.involve_many,
                self.involve_many,
                self.involve_many,
                self.sit,
                self.sit,
                self.stand_up,
            ]
        for _ in range(STEPS):
            act = self.chance.choice(acts)
            self.child, self.who = self.chance.choice(CHILDREN), self.chance.choice(STAFF)[0]
            self.story.append((act.__name__, self.child[0], self.who))
            act()
            self.hold()
        return self.held

    def hold(self) -> None:
        who = self.chance.choice(STAFF)[0]
        seen = seen_by(self.world.staff[who], CHILDREN, self.now.date(), self.now)
        for child in CHILDREN:
            said = seen[child].through.name if child in seen else None
            ought = self.model.way(who, child, self.now)
            assert said == ought, (
                f"life {self.seed}: {who} sees {child[0]} by {said}, ought by {ought}, after {self.story}"
            )
            self.held += 1

    def involve(self) -> None:
        first = self.now.date() + timedelta(days=self.chance.choice([-3, 0, 0, 1]))
        part = involve(
            person_id=self.child,
            why="working_with",
            rests_on=f"step {len(self.story)}",
            opened_on=first,
            agency=self.world.staff[self.who].agency,
            practitioner=self.world.staff[self.who],
        )
        self.model.parts[part.pk] = (self.child, ("who", self.who), first, None)

    def involve_many(self) -> None:
        """A whole team's part, a whole agency's, or a post's: of whoever sits there that day."""
        agency, team = AT[self.who]
        whose = self.chance.choice(
            [("agency", agency), ("post",), *([("team", agency, team)] if team else [])]
        )
        first = self.now.date() + timedelta(days=self.chance.choice([-3, 0, 0, 1]))
        part = involve(
            person_id=self.child,
            why="working_with",
            rests_on=f"step {len(self.story)}",
            opened_on=first,
            agency=self.world.agencies[agency],
            team=self.world.teams[agency, team] if whose[0] == "team" else None,
            post=self.world.post if whose[0] == "post" else None,
        )
        self.model.parts[part.pk] = (self.child, whose, first, None)

    def sit(self) -> None:
        first = self.now.date() + timedelta(days=self.chance.choice([-2, 0, 1]))
        PostHolding.objects.create(
            post=self.world.post,
            practitioner=self.world.staff[self.who],
            from_on=first,
            order=len(self.story),
        )
        self.model.sits.append((self.who, first, None))

    def stand_up(self) -> None:
        last = self.now.date() - timedelta(days=self.chance.choice([0, 1]))
        PostHolding.objects.filter(
            practitioner=self.world.staff[self.who], until_on=None, from_on__lte=last
        ).update(until_on=last)
        self.model.sits = [
            (who, first, last if who == self.who and until is None and first <= last else until)
            for who, first, until in self.model.sits
        ]

    def part_ends(self) -> None:
        if self.model.parts:
            pk = self.chance.choice(sorted(self.model.parts))
            of, by, first, _ = self.model.parts[pk]
            last = self.now.date() + timedelta(days=self.chance.choice([-1, 0]))
            Involvement.objects.filter(pk=pk).update(closed_on=last)
            self.model.parts[pk] = (of, by, first, last)

    def restrict(self) -> None:
        if self.child not in self.model.named:
            names = {name for name, *_ in STAFF if self.chance.random() < 0.4}
            owner = self.chance.choice(sorted(names)) if names else None
            made = Restriction.objects.create(
                person_id=self.child, why="test", set_by="test", owner=self.world.staff.get(owner)
            )
            for name in names:
                LetIn.objects.create(restriction=made, practitioner=self.world.staff[name], by="test")
            self.model.named[self.child] = names
            if owner:
                self.model.owner[self.child] = owner

    def lift(self) -> None:
        Restriction.objects.filter(person_id=self.child, lifted_at=None).update(lifted_at=self.now)
        self.model.named.pop(self.child, None)
        self.model.owner.pop(self.child, None)

    def let_in(self) -> None:
        self._change(let_in, self.model.let_in)

    def take_off(self) -> None:
        self._change(take_off, self.model.take_off)

    def hand_over(self) -> None:
        self._change(hand_over, self.model.hand_over)

    def _change(self, act, ought) -> None:
        """Mostly by whoever answers for the record, and mostly about a restricted one: others are refused, and that is soon seen."""
        if self.model.named and self.chance.random() < 0.8:
            self.child = self.chance.choice(sorted(self.model.named))
        by = self.model.answers_for(self.child) if self.chance.random() < 0.7 else None
        by = by or self.chance.choice(STAFF)[0]
        done, staff = True, self.world.staff
        try:
            act(person_id=self.child, practitioner=staff[self.who], why="In words enough here", by=staff[by], now=self.now)  # fmt: skip
        except Refusal:
            done = False
        allowed = ought(by, self.who, self.child, self.now)
        self.story[-1] = (act.__name__, self.child[0], self.who, f"by {by}", "done" if done else "refused")
        assert done == allowed, (
            f"life {self.seed}: done {done}, ought by the model {allowed}, after {self.story}"
        )
        owner = owner_of_restricted(self.child)
        said = next((name for name, each in staff.items() if each == owner), None)
        if (ought_by := self.model.answers_for(self.child)) is not None:
            assert said == ought_by, (
                f"life {self.seed}: {said} answers, ought by {ought_by}, after {self.story}"
            )

    def keep_out(self) -> None:
        if (self.child, self.who) not in self.model.kept_out:
            KeptOut.objects.create(
                person_id=self.child, practitioner=self.world.staff[self.who], why="test", set_by="test"
            )
            self.model.kept_out.add((self.child, self.who))

    def let_back(self) -> None:
        KeptOut.objects.filter(
            person_id=self.child, practitioner=self.world.staff[self.who], lifted_at=None
        ).update(lifted_at=self.now)
        self.model.kept_out.discard((self.child, self.who))

    def emergency(self) -> None:
        self._open("EMERGENCY", open_in_emergency, 3, allowed=self.who != "councillor")

    def look(self) -> None:
        self._open("REASON", look_with_a_reason, 8, allowed=self.who in {"triage", "worker"})

    def _open(self, kind: str, act, hours: int, *, allowed: bool) -> None:
        try:
            act(person_id=self.child, why="In words enough here", by=self.world.staff[self.who], now=self.now)
        except NotAllowed:
            assert not allowed
            return
        assert allowed
        key = (kind, self.child, self.who)
        if self.model.openings.get(key, BEGINS) <= self.now:
            self.model.openings[key] = self.now + timedelta(hours=hours)

    def end_emergency(self) -> None:
        for opening in Opening.objects.running(self.now).filter(practitioner=self.world.staff[self.who]):
            end(opening, by=opening.practitioner, now=self.now)
        for key in list(self.model.openings):
            if key[2] == self.who:
                del self.model.openings[key]

    def join(self) -> None:
        other = self.chance.choice(CHILDREN)
        if other != self.child:
            join_records([(self.child, other)])
            self.model.join(self.child, other)

    def undo(self) -> None:
        undo_join(self.child)
        self.model.into.pop(self.child, None)

    def time_passes(self) -> None:
        self.now += timedelta(hours=self.chance.choice([1, 2, 5, 24, 48]))
        # One clock runs for one thing; the lives are short, and their clocks are no part of what is held.
        Clock.objects.all().delete()
