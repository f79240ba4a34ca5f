"""The night puts its questions: to a named person or post, one open question a child for each audience, in small transactions."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from django.db import transaction
from django.urls import reverse

from rowan.access.actions import involve
from rowan.access.models import Involvement, Why
from rowan.access.standing import owners_of_restricted
from rowan.agencies.models import Agency, AgencyKind, Post, Practitioner
from rowan.agencies.rules.posts import POST_NAMES, PostKind
from rowan.audit_trail.actions import ROWAN, record
from rowan.chronology.models import Entry
from rowan.matching.models import RecordLink
from rowan.notices.actions import News, tell_all, tell_post
from rowan.people.models import Person
from rowan.timescales.actions import dated_values, start_clock
from rowan.timescales.models import Clock, HandOver
from rowan.timescales.rules.settings import values_on
from rowan.timescales.rules.working_days import add_working_days

from ..models import HUB, EvidenceRow, Question, Reason
from ..rules.asking_again import Occasion, Put, in_order, is_new
from ..rules.declaration import whole
from ..rules.register import rule_named
from ..rules.settings import FOR_ALL, OLD_SIGNS_DUE
from ..rules.signs_of_harm import sign_due_on
from ..rules.whom_to_ask import Whom, Worker, whom_of_restricted, whom_to_ask
from ..waiting import agency_held_posts, asked_by_name, old_among, unanswered_signs

CHILDREN_A_TRANSACTION = 25
SIGNS_A_TRANSACTION = 50
PUT_TO_YOU = "A question was put to you"
SIGN_OF_HARM = "A sign of harm asks: strategy discussion today?"
QUESTION_CLOCK = "a question"
SIGN_CLOCK = "a strategy question"


@dataclass
class TakenIn:
    """What a night's occasions came to."""

    asked: int = 0
    joined: int = 0
    put_before: int = 0


@dataclass(frozen=True)
class Told:
    """An occasion as the night found it, with the rows behind it."""

    occasion: Occasion
    row: Mapping
    evidence: list[Mapping]


def take_in(
    occasions: Iterable[Mapping],
    evidence: Iterable[Mapping],
    *,
    run: int,
    today: date,
    now: datetime,
    switched_off: Collection[str] = (),
) -> TakenIn:
    """Put what is new of a night's published occasions. Taking the same in twice asks nothing twice.

    Rows as `tables.occasions` gives them. A killed take-in leaves whole children done; the next night's goes on from there.
    """
    taken = TakenIn()
    posts = Posts(today)
    for told in _by_child(occasions, evidence, switched_off):
        with transaction.atomic():
            _Chunk(told, run=run, today=today, now=now, posts=posts, taken=taken).put()
    return taken


def _by_child(
    occasions: Iterable[Mapping], evidence: Iterable[Mapping], switched_off: Collection[str]
) -> Iterator[dict[str, list[Told]]]:
    """Some children at a time, each with all its occasions."""
    rows: dict[str, list[Mapping]] = defaultdict(list)
    for row in evidence:
        rows[row["occasion"]].append(row)
    children: dict[str, list[Told]] = defaultdict(list)
    for row in occasions:
        if rule_named(row["rule"]) and row["rule"] not in switched_off:
            behind = rows[row["occasion"]]
            children[row["person_id"]].append(Told(_occasion(row, behind), row, behind))
    people = iter(sorted(children))
    while chunk := list(islice(people, CHILDREN_A_TRANSACTION)):
        yield {person: children[person] for person in chunk}


def _occasion(row: Mapping, behind: list[Mapping]) -> Occasion:
    events: dict[str, set] = defaultdict(set)
    for each in behind:
        events[each["event"]].add((each["record_kind"], each["source"], each["record_id"]))
    window = (row["window_from"], row["window_to"]) if row["window_from"] else None
    return Occasion(
        row["occasion"],
        row["rule"],
        row["person_id"],
        row["on"],
        row["audience"],
        {event: frozenset(told) for event, told in events.items()},
        window,
    )


class _Chunk:
    """Some children's occasions, held against what was put about them before, inside one transaction."""

    def __init__(self, told, *, run: int, today: date, now: datetime, posts: "Posts", taken: TakenIn):
        self.told, self.run, self.today, self.now, self.posts, self.taken = (
            told,
            run,
            today,
            now,
            posts,
            taken,
        )
        self.now_of = _who_now(told)
        mine = Question.objects.filter(person_id__in=self.now_of)
        self.open = {
            (self.now_of[question.person_id], question.audience): question
            for question in mine.open().select_for_update().prefetch_related("post", "practitioner")
        }
        self.before = Before.of(mine, self.now_of)
        self.workers = _workers(told, today)
        self.asked_people: set[Practitioner] = set()
        self.asked_posts: set[Post] = set()
        self.owners = owners_of_restricted(told)
        rids = {row["rid"] for each in told.values() for one in each for row in one.evidence}
        self.how = dict(RecordLink.objects.current(run).filter(rid__in=rids).values_list("rid", "how"))

    def put(self) -> None:
        for person_id, told in self.told.items():
            by_name = {each.occasion.name: each for each in told}
            for occasion in in_order(each.occasion for each in told):
                self._put(person_id, by_name[occasion.name])
        self._tell_those_asked()

    def _tell_those_asked(self) -> None:
        path = reverse("questions:for_me")
        tell_all([News(person, PUT_TO_YOU, path) for person in self.asked_people], self.now)
        for post in self.asked_posts:
            tell_post(post, PUT_TO_YOU, path, self.now)

    def _put(self, person_id: str, told: Told) -> None:
        occasion = told.occasion
        put = self.before.put[person_id, occasion.audience, occasion.rule]
        question = self.open.get((person_id, occasion.audience))
        if not is_new(occasion, put):
            self.taken.put_before += 1
            if question:
                self._add_rows(question, told)
            return
        put.add(occasion)
        rule = rule_named(occasion.rule)
        used = json.loads(told.row["settings"])
        due_on = add_working_days(self.today, whole(used, rule.due_working_days))
        if question is None:
            question = self._ask(person_id, told, rule, due_on)
            self.open[person_id, occasion.audience] = question
            self.taken.asked += 1
        else:
            self._join(question, told, due_on)
            self.taken.joined += 1
        figures = json.loads(told.row["figures"])
        reason = Reason.objects.create(
            question=question,
            occasion=occasion.name,
            rule=rule.name,
            rule_version=told.row["rule_version"],
            happened_on=occasion.on,
            figures=figures | _weeks(occasion),
            settings_used=used,
            sentence=rule.explain(figures, used),
            asked_run=self.run,
        )
        self._write_rows(reason, told.evidence)

    def _ask(self, person_id: str, told: Told, rule, due_on: date) -> Question:
        audience = told.occasion.audience
        worker, practitioner = self.workers.get(person_id, (None, None))
        if owner := self.owners.get(person_id):
            whom, practitioner = whom_of_restricted(rule), owner
        else:
            whom = whom_to_ask(rule, audience, worker, self.posts.held(audience))
        post = self.posts.named(whom.post, audience)
        question = Question.objects.create(
            person_id=person_id,
            audience=audience,
            post=post,
            deputy=self.posts.named(whom.deputy, audience) if whom.deputy else None,
            practitioner=practitioner if whom.worker else None,
            why_you=whom.why[:300],
            asked_run=self.run,
            asked_on=self.today,
            due_on=due_on,
        )
        open_to_those_asked(question, opened_on=self.today)
        if question.practitioner:
            self.asked_people.add(question.practitioner)
        else:
            self.asked_posts.add(post)
        self._start_clock(question)
        self._leave_line("asked a question", question, told, whom)
        return question

    def _join(self, question: Question, told: Told, due_on: date) -> None:
        """New evidence joins the open question and brings it forward; one put off to a later date comes back now."""
        if due_on < question.due_on or question.look_again_on:
            question.due_on, question.look_again_on = min(due_on, question.due_on), None
            question.save(update_fields=["due_on", "look_again_on"])
            self._start_clock(question)
        self._leave_line("added to a question", question, told)

    def _add_rows(self, question: Question, told: Told) -> None:
        """Another agency's report of an event already beneath the open question stands beside the first."""
        for reason in self.before.reasons[question.pk]:
            known = self.before.rows[reason.pk]
            if (
                reason.rule == told.occasion.rule
                and known & told.occasion.rows
                and reason.happened_on == told.occasion.on
            ):
                fresh = [row for row in told.evidence if _reference(row) not in known]
                self._write_rows(reason, fresh)
                known |= {_reference(row) for row in fresh}

    def _write_rows(self, reason: Reason, rows: list[Mapping]) -> None:
        EvidenceRow.objects.bulk_create(
            [
                EvidenceRow(
                    reason=reason,
                    record_kind=row["record_kind"],
                    source=row["source"],
                    record_id=row["record_id"],
                    rid=row["rid"],
                    agency_code=row["agency"],
                    happened_on=row["happened_on"],
                    received_on=row["received_on"],
                    what=row["what"][:300],
                    how_matched=self.how.get(row["rid"], ""),
                )
                for row in rows
            ]
        )

    def _start_clock(self, question: Question) -> None:
        start_clock(
            what=QUESTION_CLOCK,
            about_kind="question",
            about_id=question.pk,
            about_person=question.person_id,
            due_on=question.due_on,
            now=self.now,
            owner=question.practitioner,
            # The post stands behind somebody asked by name: it is where the question goes when they are away.
            owner_post=question.post,
        )

    def _leave_line(self, did: str, question: Question, told: Told, whom: Whom | None = None) -> None:
        record(
            by=ROWAN,
            did=did,
            about_person=question.person_id,
            about_kind="question",
            about_id=question.pk,
            particulars={
                "rule": told.occasion.rule,
                "audience": question.audience,
                "run": self.run,
                "rows": len(told.evidence),
            }
            | ({"asked": "allocated_worker" if whom.worker else whom.post.value} if whom else {}),
        )


@dataclass
class Before:
    """What was put about some children before: by child, audience and rule, and beneath each question."""

    put: dict[tuple[str, str, str], Put] = field(default_factory=lambda: defaultdict(Put))
    reasons: dict[object, list[Reason]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[int, set] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, questions, now_of: Mapping[str, str]) -> "Before":
        before = cls()
        for reason in Reason.objects.filter(question__in=questions).select_related("question"):
            question = reason.question
            put = before.put[now_of[question.person_id], question.audience, reason.rule]
            if reason.figures.get("window_from"):
                put.windows.append(
                    (
                        date.fromisoformat(reason.figures["window_from"]),
                        date.fromisoformat(reason.figures["window_to"]),
                    )
                )
            before.reasons[question.pk].append(reason)
        rows = EvidenceRow.objects.filter(reason__question__in=questions).values_list(
            "reason_id",
            "reason__rule",
            "reason__question__person_id",
            "reason__question__audience",
            "record_kind",
            "source",
            "record_id",
        )
        for reason_id, rule, person_id, audience, *reference in rows:
            before.put[now_of[person_id], audience, rule].rows.add(tuple(reference))
            before.rows[reason_id].add(tuple(reference))
        return before


class Posts:
    """The posts of tonight: which somebody holds, and the row behind each, made when a question first needs it."""

    def __init__(self, today: date):
        self.held_by_agency = agency_held_posts(today)
        self.schools = set(Agency.objects.filter(kind=AgencyKind.SCHOOL).values_list("code", flat=True))
        self.found: dict[tuple[PostKind, str], Post] = {}

    def held(self, audience: str) -> set[PostKind]:
        """At one school for its own question; anywhere outside the schools for the hub's."""
        if audience != HUB:
            return self.held_by_agency.get(audience, set())
        return {
            kind
            for agency, kinds in self.held_by_agency.items()
            if agency not in self.schools
            for kind in kinds
        }

    def named(self, kind: PostKind, audience: str) -> Post:
        if (kind, audience) not in self.found:
            self.found[kind, audience] = self._find(kind, audience)
        return self.found[kind, audience]

    def _find(self, kind: PostKind, audience: str) -> Post:
        if audience != HUB:
            agency, _ = Agency.objects.get_or_create(
                code=audience, defaults={"name": audience, "kind": AgencyKind.SCHOOL}
            )
            return self._at(kind, agency)
        standing = Post.objects.filter(kind=kind.value).order_by("pk")
        held = [
            post
            for post in standing.select_related("agency")
            if kind in self.held_by_agency.get(post.agency.code, ())
        ]
        return held[0] if held else standing.first() or self._at(kind, _hub_agency(kind))

    def _at(self, kind: PostKind, agency: Agency) -> Post:
        title = POST_NAMES[kind].removeprefix("the ").capitalize()
        return Post.objects.get_or_create(kind=kind.value, agency=agency, defaults={"title": title})[0]


def open_to_those_asked(question: Question, *, opened_on: date) -> None:
    """Being asked is a part in the child's life until the question is answered (docs/adr/0012)."""
    agency = question.practitioner.agency if question.practitioner else question.post.agency
    involve(
        person_id=question.person_id,
        why=Why.ASKED,
        rests_on=f"question {question.pk}",
        opened_on=opened_on,
        agency=agency,
        practitioner=question.practitioner,
        post=None if question.practitioner else question.post,
    )
    if question.deputy and not question.practitioner:
        involve(
            person_id=question.person_id,
            why=Why.ASKED,
            rests_on=f"question {question.pk} deputy",
            opened_on=opened_on,
            agency=question.deputy.agency,
            post=question.deputy,
        )


def _hub_agency(kind: PostKind) -> Agency:
    wanted = AgencyKind.YOUTH_JUSTICE if kind == PostKind.YOUTH_JUSTICE else AgencyKind.COUNCIL
    agency = (
        Agency.objects.filter(kind=wanted).order_by("code").first()
        or Agency.objects.filter(kind=AgencyKind.COUNCIL).order_by("code").first()
        or Agency.objects.exclude(kind=AgencyKind.SCHOOL).order_by("code").first()
    )
    # Somebody's file made the rule ask, so some agency is known; a hub of schools alone has no post of its own.
    return (
        agency
        or Agency.objects.get_or_create(code="hub", defaults={"name": "The hub", "kind": AgencyKind.COUNCIL})[
            0
        ]
    )


def _who_now(told: Mapping[str, list[Told]]) -> dict[str, str]:
    """These children and everybody who was joined into them, each with who they are now."""
    now_of = {person_id: person_id for person_id in told}
    fresh = list(told)
    while fresh:
        once = [
            (was, is_now)
            for was, is_now in Person.objects.filter(now_id__in=fresh).values_list("pk", "now_id")
            if was not in now_of
        ]
        now_of.update({was: now_of[is_now] for was, is_now in once})
        fresh = [was for was, _ in once]
    return now_of


def _workers(told: Mapping[str, list[Told]], today: date) -> dict[str, tuple[Worker, object]]:
    """Each child's allocated worker: one who signs in before one who does not, the newest first."""
    parts = (
        Involvement.objects.on(today)
        .filter(person_id__in=list(told), why=Why.ALLOCATED_WORKER)
        .select_related("practitioner__agency")
        .order_by("opened_on", "pk")
    )
    found: dict[str, tuple[Worker, object]] = {}
    for part in parts:
        practitioner = part.practitioner if part.practitioner and part.practitioner.is_active else None
        name = part.worker_name or (practitioner.display_name if practitioner else "")
        if not name:
            continue
        standing = found.get(part.person_id)
        if standing is None or practitioner or standing[1] is None:
            found[part.person_id] = (Worker(name, part.worker_phone, practitioner is not None), practitioner)
    return found


def _weeks(occasion: Occasion) -> dict[str, str]:
    """The window, kept with the figures, so that the next night can tell whether a week was put before."""
    if occasion.window is None:
        return {}
    first, last = occasion.window
    return {"window_from": first.isoformat(), "window_to": last.isoformat()}


def _reference(row: Mapping) -> tuple[str, str, str]:
    return (row["record_kind"], row["source"], row["record_id"])


def take_in_signs(*, run: int, today: date, now: datetime) -> int:
    """Start the clock of every sign of harm that waits, and open the child's record to triage where triage is asked.

    The strategy question itself stays a query over the chronology; this writes no copy of it. Twice changes nothing.
    """
    return ask_about_signs(list(unanswered_signs(run)), run=run, today=today, now=now)


def ask_about_signs(signs: list[Entry], *, run: int, today: date, now: datetime) -> int:
    """The same for some signs: those of a night, or one that somebody has just written down. How many it asked about."""
    worker_of = dict(asked_by_name(today).order_by("opened_on").values_list("person_id", "practitioner"))
    # A restricted child's signs go to whoever answers for the record, and to nobody else.
    owners = owners_of_restricted({sign.person_id for sign in signs})
    worker_of |= {person_id: owner.pk for person_id, owner in owners.items()}
    old = old_among(signs, today) if signs else set()
    old_due = whole(values_on(FOR_ALL, dated_values(), today), OLD_SIGNS_DUE)
    running = dict(Clock.objects.running().filter(what=SIGN_CLOCK).values_list("about_id", "owner_id"))
    # What passed on because somebody was away stays with whoever has it now.
    passed_on = set(
        HandOver.objects.filter(clock__stopped_at=None, clock__what=SIGN_CLOCK).values_list(
            "clock__about_id", "from_owner_id"
        )
    )
    opened = set(
        Involvement.objects.filter(why=Why.ASKED, rests_on__startswith="sign ").values_list(
            "person_id", "rests_on"
        )
    )
    triage = Posts(today).named(PostKind.TRIAGE, HUB) if signs else None
    workers = Practitioner.objects.in_bulk(set(worker_of.values()))
    waiting = [
        sign
        for sign in signs
        if sign.key not in running
        or (
            running[sign.key] != worker_of.get(sign.person_id)
            and (sign.key, worker_of.get(sign.person_id)) not in passed_on
        )
        or (sign.person_id not in worker_of and (sign.person_id, _rests_on(sign)) not in opened)
    ]
    for chunk in _some(waiting):
        with transaction.atomic():
            for sign in chunk:
                worker = worker_of.get(sign.person_id)
                start_clock(
                    what=SIGN_CLOCK,
                    about_kind="sign of harm",
                    about_id=sign.key,
                    about_person=sign.person_id,
                    due_on=sign_due_on(sign.known_on, old=sign.key in old, old_due_working_days=old_due),
                    now=now,
                    owner=workers.get(worker),
                    owner_post=triage,
                )
                if not worker:
                    involve(
                        person_id=sign.person_id,
                        why=Why.ASKED,
                        rests_on=_rests_on(sign),
                        opened_on=today,
                        agency=triage.agency,
                        post=triage,
                    )
                record(
                    by=ROWAN,
                    did="asked whether a strategy discussion is needed",
                    about_person=sign.person_id,
                    about_kind="sign of harm",
                    about_id=sign.key,
                    particulars={"run": run, "asked": "allocated_worker" if worker else "triage"},
                )
            _tell_of_signs([sign for sign in chunk if sign.key not in old], worker_of, workers, triage, now)
    return len(waiting)


def _tell_of_signs(
    signs: list, worker_of: Mapping, workers: Mapping, triage: Post | None, now: datetime
) -> None:
    """Due the day it reached Rowan, so it is told at once."""
    path = reverse("questions:for_me")
    asked = {workers.get(worker_of.get(sign.person_id)) for sign in signs}
    tell_all([News(worker, SIGN_OF_HARM, path, urgent=True) for worker in asked if worker], now)
    if None in asked and triage:
        tell_post(triage, SIGN_OF_HARM, path, now, urgent=True)


def _rests_on(sign) -> str:
    return f"sign {sign.key}"


def _some(signs: Iterable) -> Iterator[list]:
    rest = iter(signs)
    while chunk := list(islice(rest, SIGNS_A_TRANSACTION)):
        yield chunk
