"""The night puts its questions: to a named person or post, one open question a child for each audience, in small transactions."""

import json
from collections.abc import Collection, Iterable, Mapping, Sized
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.urls import reverse

from rowan.access.standing import owners_of_restricted
from rowan.agencies.models import Post, Practitioner
from rowan.audit_trail.actions import ROWAN, record
from rowan.matching.models import RecordLink
from rowan.notices.actions import News, tell_all, tell_post
from rowan.timescales.actions import start_clock

from ..clocks import QUESTION_CLOCK
from ..models import EvidenceRow, Question, Reason
from ..posts import Posts
from ..rules.asking_again import in_order, is_new
from ..rules.register import rule_named
from ..rules.whom_to_ask import Lead, Whom, Worker, whom_of_restricted, whom_to_ask
from .allocated import allocated_workers, plan_leads
from .occasions import Found, found_by_child, reference
from .open_at_once import OpenAtOnce
from .opening import open_to_those_asked
from .put_before import PutBefore, kept_window, who_now
from .turns import Turn, some_turns_at_a_time

# Somebody asked by name.
Named = TypeVar("Named", Worker, Lead)
PUT_TO_YOU = "A question was put to you"


@dataclass
class TakenIn:
    """What a night's occasions came to."""

    asked: int = 0
    joined: int = 0
    put_before: int = 0
    found_room: int = 0


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
    for turns in some_turns_at_a_time(found_by_child(occasions, evidence, switched_off), today):
        with transaction.atomic():
            _SomeTurns(turns, run=run, today=today, now=now, posts=posts, taken=taken).put()
    return taken


class _SomeTurns:
    """Some children's occasions, held against what was put about them before, and questions that wait for room, in one transaction."""

    def __init__(
        self,
        turns: list[Turn],
        *,
        run: int,
        today: date,
        now: datetime,
        posts: Posts,
        taken: TakenIn,
    ):
        self.turns, self.run, self.today, self.now = turns, run, today, now
        found = [each for turn in turns for each in turn.found]
        children = {turn.person_id for turn in turns if turn.found}
        self.posts, self.taken = posts, taken
        self.now_of = who_now(children)
        mine = Question.objects.filter(person_id__in=self.now_of)
        self.open = {
            (self.now_of[question.person_id], question.audience): question
            for question in mine.open().select_for_update().prefetch_related("post", "practitioner")
        }
        self.before = PutBefore.of(mine, self.now_of)
        self.waiting = self._that_wait([turn.waits for turn in turns if turn.waits])
        about = children | {question.person_id for question in self.waiting.values()}
        self.workers = allocated_workers(about, today)
        self.leads = plan_leads(about, today)
        self.open_at_once = OpenAtOnce(posts, today)
        self.asked_people: set[Practitioner] = set()
        self.asked_posts: set[Post] = set()
        self.owners = owners_of_restricted(about)
        rids = {row["rid"] for each in found for row in each.evidence}
        self.how = dict(RecordLink.objects.current(run).filter(rid__in=rids).values_list("rid", "how"))

    def put(self) -> None:
        for turn in self.turns:
            if turn.waits:
                self._find_room(self.waiting.get(turn.waits))
            by_name = {each.occasion.name: each for each in turn.found}
            for occasion in in_order(each.occasion for each in turn.found):
                self._put(turn.person_id, by_name[occasion.name])
        self._tell_those_asked()

    def _that_wait(self, ids: list) -> dict[object, Question]:
        """Those among them that still wait; one about a child of this transaction is the same row in both places."""
        if not ids:
            return {}
        rows = Question.objects.open().filter(pk__in=ids, waits_for_room=True).select_for_update()
        here = {question.pk: question for question in self.open.values()}
        return {row.pk: here.get(row.pk, row) for row in rows.prefetch_related("post", "reasons")}

    def _find_room(self, question: Question | None) -> None:
        """By the rule that asked first, as if it asked tonight: posts, deputies and workers may have changed."""
        if question is None or not question.waits_for_room:
            return
        reasons = sorted(question.reasons.all(), key=lambda reason: reason.pk)
        rule = next((rule for reason in reasons if (rule := rule_named(reason.rule))), None)
        if rule is None:
            return
        person_id = self.now_of.get(question.person_id, question.person_id)
        whom, practitioner = self._whom(rule, person_id, question.audience)
        if whom.waits_for_room:
            return
        self._put_to(question, whom, practitioner)
        question.save(update_fields=["post", "deputy", "practitioner", "why_you", "waits_for_room"])
        self.taken.found_room += 1
        self._now_with(question)
        self._leave_line("found room for a question", question, rule.name, whom=whom)

    def _tell_those_asked(self) -> None:
        path = reverse("questions:for_me")
        tell_all([News(person, PUT_TO_YOU, path) for person in self.asked_people], self.now)
        for post in self.asked_posts:
            tell_post(post, PUT_TO_YOU, path, self.now)

    def _put(self, person_id: str, found: Found) -> None:
        occasion = found.occasion
        put = self.before.put[person_id, occasion.audience, occasion.rule]
        question = self.open.get((person_id, occasion.audience))
        if not is_new(occasion, put):
            self.taken.put_before += 1
            if question:
                self._add_rows(question, found)
            return
        put.add(occasion)
        rule = rule_named(occasion.rule)
        used, due_on = found.settings_used, found.due_on(self.today)
        if question is None:
            question = self._ask(person_id, found, rule, due_on)
            self.open[person_id, occasion.audience] = question
            self.taken.asked += 1
        else:
            self._join(question, found, due_on)
            self.taken.joined += 1
        figures = json.loads(found.row["figures"])
        reason = Reason.objects.create(
            question=question,
            occasion=occasion.name,
            rule=rule.name,
            rule_version=found.row["rule_version"],
            happened_on=occasion.on,
            figures=figures | kept_window(occasion),
            settings_used=used,
            sentence=rule.explain(figures, used),
            asked_run=self.run,
        )
        self._write_rows(reason, found.evidence)

    def _ask(self, person_id: str, found: Found, rule, due_on: date) -> Question:
        whom, practitioner = self._whom(rule, person_id, found.occasion.audience)
        question = Question(
            person_id=person_id,
            audience=found.occasion.audience,
            asked_run=self.run,
            asked_on=self.today,
            due_on=due_on,
        )
        self._put_to(question, whom, practitioner)
        question.save(force_insert=True)
        self._now_with(question)
        self._leave_line("asked a question", question, rule.name, found.evidence, whom)
        return question

    def _put_to(self, question: Question, whom: Whom, practitioner: Practitioner | None) -> None:
        question.post_id = whom.post.post
        question.deputy_id = whom.deputy.post if whom.deputy else None
        question.practitioner = practitioner if whom.by_name else None
        question.why_you = whom.why[:300]
        question.waits_for_room = whom.waits_for_room

    def _now_with(self, question: Question) -> None:
        self.open_at_once.add(question)
        open_to_those_asked(question, opened_on=self.today)
        if question.practitioner:
            self.asked_people.add(question.practitioner)
        elif not question.waits_for_room:
            self.asked_posts.add(question.post)
        self._start_clock(question)

    def _whom(self, rule, person_id: str, audience: str) -> tuple[Whom, Practitioner | None]:
        line = self.open_at_once.line(rule, audience)
        if owner := self.owners.get(person_id):
            return whom_of_restricted(line), owner
        worker, of_worker = self.workers.get(person_id, (None, None))
        lead, of_lead = self.leads.get(person_id, (None, None))
        whom = whom_to_ask(
            rule, audience, self._with_load(worker, of_worker), line, self._with_load(lead, of_lead)
        )
        return whom, of_lead if whom.lead else of_worker

    def _with_load(self, named: Named | None, practitioner: Practitioner | None) -> Named | None:
        return replace(named, is_full=self.open_at_once.is_full(practitioner)) if named else None

    def _join(self, question: Question, found: Found, due_on: date) -> None:
        """New evidence joins the open question and brings it forward; one put off to a later date comes back now."""
        if due_on < question.due_on or question.look_again_on:
            question.due_on, question.look_again_on = min(due_on, question.due_on), None
            question.save(update_fields=["due_on", "look_again_on"])
            self._start_clock(question)
            # Brought forward, it comes before others that wait.
            self._find_room(question)
        self._leave_line("added to a question", question, found.occasion.rule, found.evidence)

    def _add_rows(self, question: Question, found: Found) -> None:
        """Another agency's report of an event already beneath the open question stands beside the first."""
        for reason in self.before.reasons[question.pk]:
            known = self.before.rows[reason.pk]
            if (
                reason.rule == found.occasion.rule
                and known & found.occasion.rows
                and reason.happened_on == found.occasion.on
            ):
                fresh = [row for row in found.evidence if reference(row) not in known]
                self._write_rows(reason, fresh)
                known |= {reference(row) for row in fresh}

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

    def _leave_line(
        self, did: str, question: Question, rule: str, rows: Sized = (), whom: Whom | None = None
    ) -> None:
        record(
            by=ROWAN,
            did=did,
            about_person=question.person_id,
            about_kind="question",
            about_id=question.pk,
            particulars={"rule": rule, "audience": question.audience, "run": self.run, "rows": len(rows)}
            | ({"asked": _asked(whom)} if whom else {}),
        )


def _asked(whom: Whom) -> str:
    if whom.waits_for_room:
        return "nobody yet"
    if whom.worker:
        return "allocated_worker"
    return "plan_lead" if whom.lead else whom.post.kind.value
