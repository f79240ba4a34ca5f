"""The night puts its questions: to a named person or post, one open question a child for each audience, in small transactions."""

import json
from collections.abc import Collection, Iterable, Mapping
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
from rowan.timescales.rules.working_days import add_working_days

from ..clocks import QUESTION_CLOCK
from ..models import HUB, EvidenceRow, Question, Reason
from ..posts import Posts
from ..rules.asking_again import in_order, is_new
from ..rules.declaration import whole
from ..rules.register import rule_named
from ..rules.whom_to_ask import Lead, Whom, Worker, whom_of_restricted, whom_to_ask
from .allocated import allocated_workers, plan_leads
from .occasions import Found, reference, some_children_at_a_time
from .open_at_once import OpenAtOnce
from .opening import open_to_those_asked
from .put_before import PutBefore, kept_window, who_now

# Somebody asked by name.
Named = TypeVar("Named", Worker, Lead)
PUT_TO_YOU = "A question was put to you"


@dataclass
class TakenIn:
    """What a night's occasions came to."""

    asked: int = 0
    joined: int = 0
    put_before: int = 0


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
    for children in some_children_at_a_time(occasions, evidence, switched_off):
        with transaction.atomic():
            _SomeChildren(children, run=run, today=today, now=now, posts=posts, taken=taken).put()
    return taken


class _SomeChildren:
    """Some children's occasions, held against what was put about them before, inside one transaction."""

    def __init__(
        self,
        children: Mapping[str, list[Found]],
        *,
        run: int,
        today: date,
        now: datetime,
        posts: Posts,
        taken: TakenIn,
    ):
        self.children, self.run, self.today, self.now = children, run, today, now
        self.posts, self.taken = posts, taken
        self.now_of = who_now(children)
        mine = Question.objects.filter(person_id__in=self.now_of)
        self.open = {
            (self.now_of[question.person_id], question.audience): question
            for question in mine.open().select_for_update().prefetch_related("post", "practitioner")
        }
        self.before = PutBefore.of(mine, self.now_of)
        self.workers = allocated_workers(children, today)
        self.leads = plan_leads(children, today)
        self.open_at_once = OpenAtOnce(posts, today)
        self.asked_people: set[Practitioner] = set()
        self.asked_posts: set[Post] = set()
        self.owners = owners_of_restricted(children)
        rids = {row["rid"] for each in children.values() for one in each for row in one.evidence}
        self.how = dict(RecordLink.objects.current(run).filter(rid__in=rids).values_list("rid", "how"))

    def put(self) -> None:
        for person_id, found in self.children.items():
            by_name = {each.occasion.name: each for each in found}
            for occasion in in_order(each.occasion for each in found):
                self._put(person_id, by_name[occasion.name])
        self._tell_those_asked()

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
        used = json.loads(found.row["settings"])
        due_on = add_working_days(self.today, whole(used, rule.due_working_days))
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
        audience = found.occasion.audience
        worker, practitioner = self.workers.get(person_id, (None, None))
        if owner := self.owners.get(person_id):
            whom, practitioner = whom_of_restricted(rule), owner
        else:
            lead, leads = self.leads.get(person_id, (None, None))
            whom = self._whom(rule, audience, (worker, practitioner), (lead, leads))
            practitioner = leads if whom.lead else practitioner
        post = self.posts.named(whom.post, audience)
        question = Question.objects.create(
            person_id=person_id,
            audience=audience,
            post=post,
            deputy=self.posts.named(whom.deputy, audience) if whom.deputy else None,
            practitioner=practitioner if whom.by_name else None,
            why_you=whom.why[:300],
            asked_run=self.run,
            asked_on=self.today,
            due_on=due_on,
        )
        self.open_at_once.add(question)
        open_to_those_asked(question, opened_on=self.today)
        if question.practitioner:
            self.asked_people.add(question.practitioner)
        else:
            self.asked_posts.add(post)
        self._start_clock(question)
        self._leave_line("asked a question", question, found, whom)
        return question

    def _whom(
        self,
        rule,
        audience: str,
        worker: tuple[Worker | None, Practitioner | None],
        lead: tuple[Lead | None, Practitioner | None],
    ) -> Whom:
        """Each beside the one who signs in for them, if anybody does."""
        held = self.posts.held(audience)
        if audience != HUB:
            return whom_to_ask(rule, audience, worker[0], held)
        full = self.open_at_once.full_posts(held)
        return whom_to_ask(rule, audience, self._with_load(*worker), held, full, self._with_load(*lead))

    def _with_load(self, named: Named | None, practitioner: Practitioner | None) -> Named | None:
        return replace(named, is_full=self.open_at_once.is_full(practitioner)) if named else None

    def _join(self, question: Question, found: Found, due_on: date) -> None:
        """New evidence joins the open question and brings it forward; one put off to a later date comes back now."""
        if due_on < question.due_on or question.look_again_on:
            question.due_on, question.look_again_on = min(due_on, question.due_on), None
            question.save(update_fields=["due_on", "look_again_on"])
            self._start_clock(question)
        self._leave_line("added to a question", question, found)

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

    def _leave_line(self, did: str, question: Question, found: Found, whom: Whom | None = None) -> None:
        record(
            by=ROWAN,
            did=did,
            about_person=question.person_id,
            about_kind="question",
            about_id=question.pk,
            particulars={
                "rule": found.occasion.rule,
                "audience": question.audience,
                "run": self.run,
                "rows": len(found.evidence),
            }
            | ({"asked": _asked_of(whom)} if whom else {}),
        )


def _asked_of(whom: Whom) -> str:
    if whom.worker:
        return "allocated_worker"
    return "plan_lead" if whom.lead else whom.post.value
