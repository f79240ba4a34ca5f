"""What people do with a question: answer it, correct an answer, say that a row is about another child, settle what is owed."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NoReturn

from django.db import IntegrityError, transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.models import Involvement, Why
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import LeadNow, acting, acting_in_words, lead_now
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import record
from rowan.chronology.models import Entry
from rowan.matching.models import Judgement, RecordLink, Verdict
from rowan.refusals import Both, NotAllowed, NotPossible, SomebodyWasFirst
from rowan.timescales.actions import start_clock, stop_clock

from ..asking import QUESTION_CLOCK, SIGN_CLOCK, open_to_those_asked
from ..models import Answer, AnswerKind, EvidenceRow, Owed, Question, RuleSwitch, StrategyAnswer
from ..rules.answers import (
    SEEN_AFTER_DAYS,
    act_due_on,
    act_owed,
    refusal_of_strategy_answer,
    refusal_to_take,
)
from ..rules.register import rule_named
from ..shown import shows_row
from ..waiting import old_signs_for, refusal_to_answer, refusal_to_answer_sign

# Of a list that changed under somebody's hands, so many signs are looked up to say who answered them.
OLD_SIGNS_LOOKED_UP = 20
OWED_CLOCK = "an act that was promised"
SWITCHES_RULES = {Role.EXPLOITATION_COORDINATOR, Role.INFORMATION_GOVERNANCE}


def answer(
    question: Question,
    *,
    kind: str,
    text="",
    how_known="",
    agency=None,
    look_again_on=None,
    by,
    now: datetime,
    opened_on: str | None = None,
) -> Answer:
    """Answer a question. The same answer given twice is one answer; when somebody else was first, say so.

    `opened_on` is which answer stood on the page, '' for none: somebody may have put the question off since.
    """
    said = Said(kind, text, how_known, agency, look_again_on)
    today = timezone.localdate(now)
    _may_answer(question, by, today, "answered a question", said)
    with transaction.atomic():
        question = Question.objects.select_for_update().get(pk=question.pk)
        standing = _standing(question)
        if standing and said.are_the_words_of(standing, by):
            return standing
        seen = opened_on in {None, str(standing.pk) if standing else ""}
        if question.answered_at is None and seen:
            lead = lead_now(by.agency, today)
            given = _give(question, said, by=by, now=now, corrects=None, lead=lead)
            _leave_line("answered a question", given, by, lead)
            return given
    _somebody_answered(_somebody_was_first(standing), question, standing, said, by, "answered a question")


def correct(
    answer: Answer, *, kind: str, text="", how_known="", agency=None, look_again_on=None, by, now: datetime
) -> Answer:
    """A new answer that names the one it corrects. The earlier one stays; what it promised and was not done falls away."""
    said = Said(kind, text, how_known, agency, look_again_on)
    question = answer.question
    _may_answer(question, by, timezone.localdate(now), "corrected an answer", said)
    with transaction.atomic():
        question = Question.objects.select_for_update().get(pk=question.pk)
        standing = _standing(question)
        if standing and said.are_the_words_of(standing, by):
            return standing
        replaced = standing is None or standing.pk != answer.pk
        refusal = None if replaced else _refusal_to_correct(question, said)
        if not replaced and refusal is None:
            _let_fall(answer, by, now)
            lead = lead_now(by.agency, timezone.localdate(now))
            given = _give(question, said, by=by, now=now, corrects=answer, lead=lead)
            _leave_line("corrected an answer", given, by, lead)
            return given
    if replaced:
        newer = "This answer has been corrected already, or another one stands. Correct the newest."
        _somebody_answered(newer, question, standing, said, by, "corrected an answer")
    _refuse(refusal, question.person_id, question, by, "corrected an answer")


def not_this_child(row: EvidenceRow, *, why: str, by, now: datetime) -> Judgement:
    """Say that a row is about somebody else. The next run takes the two apart and keeps them apart; the judgement can be undone."""
    question = row.reason.question
    seen = open_record(
        person_id=question.person_id,
        by=by,
        today=timezone.localdate(now),
        did="opened a record to judge a row",
    )
    did = "judged a row not to be this child"
    if not shows_row(row, seen):
        _refuse("You may not see this row.", question.person_id, question, by, did, NotAllowed)
    if not why.strip():
        _refuse("Say how you know that it is somebody else.", question.person_id, question, by, did)
    other = (
        RecordLink.objects.current()
        .filter(person_id=question.person_id)
        .exclude(rid=row.rid)
        .order_by("judged_by", "rid")
        .values_list("rid", flat=True)
        .first()
    )
    with transaction.atomic():
        judgement, made = Judgement.objects.get_or_create(
            rid=row.rid,
            person_id=question.person_id,
            verdict=Verdict.NOT_SAME,
            undone_at=None,
            defaults={"other_rid": other or "", "why": why.strip()[:400], "by": by, "at": now},
        )
        if made:
            record(
                by=by,
                did=did,
                about_person=question.person_id,
                about_kind="question",
                about_id=question.pk,
                particulars={"evidence": row.pk, "judgement": judgement.pk},
            )
    if (judgement.by_id, judgement.why) != (by.pk, why.strip()[:400]):
        reason = "This row has been judged not to be this child already."
        record(by=by, did=did, about_person=question.person_id, about_kind="question", about_id=question.pk, refused_because=reason)  # fmt: skip
        both = [
            Both("How we know", judgement.why, why),
            Both("Judged by", by_and_when(judgement.by.display_name, judgement.at), "Not sent"),
        ]
        raise SomebodyWasFirst(reason, both)
    return judgement


def judged_not_this_child(question: Question) -> dict[str, Judgement]:
    """Judgements on this question's rows, by record, so that the page can mark them until the next run."""
    rids = EvidenceRow.objects.filter(reason__question=question).values("rid")
    rows = Judgement.objects.filter(
        rid__in=rids, person_id=question.person_id, verdict=Verdict.NOT_SAME, undone_at=None
    )
    return {row.rid: row for row in rows.select_related("by")}


def strategy_version(sign: Entry) -> str:
    """Which answer stands: what a form to give another was opened on."""
    standing = _standing_strategy(sign)
    return str(standing.pk) if standing else ""


def list_version(signs: Iterable[Entry]) -> str:
    """Which signs stand on a list that is answered as one."""
    return ",".join(str(pk) for pk in sorted(sign.pk for sign in signs))


def answer_strategy(
    sign: Entry, *, held: bool, reason: str, manager: str, by, now: datetime, opened_on: str | None = None
) -> StrategyAnswer:
    """Strategy discussion: held or not held, why, and which manager. A second answer corrects the first; the sign itself stays.

    `opened_on` is which answer stood on the page: one given since is corrected only by somebody who has seen it.
    """
    today = timezone.localdate(now)
    did = "answered a strategy question"
    open_record(
        person_id=sign.person_id, by=by, today=today, did="opened a record to answer a strategy question"
    )
    if refusal := refusal_to_answer_sign(sign, by, today=today):
        _refuse(refusal, sign.person_id, sign, by, did, NotAllowed)
    if refusal := refusal_of_strategy_answer(reason=reason, manager=manager):
        _refuse(refusal, sign.person_id, sign, by, did)
    with transaction.atomic():
        # Two people may answer at once: the second waits for the first.
        Entry.objects.select_for_update().get(pk=sign.pk)
        standing = _standing_strategy(sign)
        mine = standing and _words_of(standing) == (by.pk, held, reason.strip(), manager.strip())
        if mine or opened_on in {None, strategy_version(sign)}:
            return _answer_sign(sign, held=held, reason=reason, manager=manager, by=by, now=now)
    refusal = "Somebody has answered this since you opened the page."
    record(by=by, did=did, about_person=sign.person_id, about_kind="sign of harm", about_id=sign.key, refused_because=refusal)  # fmt: skip
    raise SomebodyWasFirst(refusal, _both_strategies(standing, held, reason, manager), may_send=True)


def _standing_strategy(sign: Entry) -> StrategyAnswer | None:
    rows = StrategyAnswer.objects.filter(entry_key=sign.key, corrected_by=None).select_related("by")
    return rows.order_by("at", "id").last()


def _words_of(given: StrategyAnswer) -> tuple:
    return given.by_id, given.held, given.reason, given.manager


def _both_strategies(standing: StrategyAnswer | None, held: bool, reason: str, manager: str) -> list[Both]:
    if standing is None:
        return []
    name = {True: "Held", False: "Not held"}
    return [
        Both("Strategy discussion", name[standing.held], name[held]),
        Both("Why, and what was decided", standing.reason, reason),
        Both("The manager who decided", standing.manager, manager),
        Both("Answered by", by_and_when(standing.by.display_name, standing.at), "Not sent"),
    ]


def answer_old_signs(
    signs: list[Entry],
    *,
    acted_on: bool,
    reason: str,
    manager: str,
    by,
    now: datetime,
    opened_on: str | None = None,
) -> list[StrategyAnswer]:
    """The one list of older signs that a first file brought: known and acted on, or not, with the reason and the manager.

    `opened_on` is which list was shown: nobody says of a sign that came since, or that somebody else has answered, what she said of these.
    """
    today = timezone.localdate(now)
    if refusal := refusal_of_strategy_answer(reason=reason, manager=manager):
        record(by=by, did="answered older signs of harm", refused_because=refusal)
        raise NotPossible(refusal)
    for person_id in dict.fromkeys(sign.person_id for sign in signs):
        open_record(
            person_id=person_id, by=by, today=today, did="opened a record to answer older signs of harm"
        )
    with transaction.atomic():
        list(Entry.objects.select_for_update().filter(pk__in=[sign.pk for sign in signs]).order_by("pk"))
        # Looked up behind the lock: another may have answered while this one waited.
        mine = {sign.key for sign in old_signs_for(by, today=today)}
        if opened_on in {None, list_version(sign for sign in signs if sign.key in mine)}:
            return [
                _answer_sign(sign, held=acted_on, reason=reason, manager=manager, by=by, now=now)
                for sign in signs
                if sign.key in mine
            ]
    refusal = "This list has changed since you opened the page. Look through the signs that are on it now."
    record(by=by, did="answered older signs of harm", refused_because=refusal)
    given = _answered_since(opened_on or "", by, today)
    name = {True: "Known and acted on", False: "Not all of them"}
    both = [
        Both("Signs on the list", str(len(mine)), str(len((opened_on or "").split(",")))),
        Both("Known, and acted on?", name[given.held] if given else "", name[acted_on]),
        Both("How you know, or what happens now", given.reason if given else "", reason),
        Both("The manager who decided", given.manager if given else "", manager),
        Both("Answered by", by_and_when(given.by.display_name, given.at) if given else "", "Not sent"),
    ]
    raise SomebodyWasFirst(refusal, both, may_send=bool(mine))


def _answered_since(opened_on: str, by, today: date) -> StrategyAnswer | None:
    """The newest answer to a sign of the list that was shown, and only to one that is this reader's to answer."""
    shown = [int(pk) for pk in opened_on.split(",") if pk.isdecimal() and len(pk) < 19]
    signs = Entry.objects.filter(pk__in=shown[:OLD_SIGNS_LOOKED_UP])
    keys = [sign.key for sign in signs if not refusal_to_answer_sign(sign, by, today=today)]
    given = StrategyAnswer.objects.filter(entry_key__in=keys, corrected_by=None).select_related("by")
    return given.order_by("at", "id").last()


def settle_owed(owed: Owed, *, outcome: str, by, now: datetime) -> Owed:
    """Say what came of what an answer promised: it shows beside the answer from then on."""
    question = owed.answer.question
    open_record(
        person_id=question.person_id,
        by=by,
        today=timezone.localdate(now),
        did="opened a record to say what came of it",
    )
    did = "said what came of an answer"
    if not outcome.strip():
        _refuse("Say what came of it.", question.person_id, question, by, did)
    with transaction.atomic():
        owed = Owed.objects.select_for_update(of=("self",)).get(pk=owed.pk)
        refusal = (
            f"{owed.settled_by.display_name} has said already what came of it."
            if owed.settled_at and (owed.settled_by_id, owed.outcome) != (by.pk, outcome.strip())
            else None
        )
        if owed.settled_at is None:
            _settle(owed, outcome.strip(), by, now)
            record(
                by=by, did=did, about_person=question.person_id, about_kind="owed", about_id=owed.pk, particulars={"act": owed.act}
            )  # fmt: skip
    if refusal:
        record(by=by, did=did, about_person=question.person_id, about_kind="question", about_id=question.pk, refused_because=refusal)  # fmt: skip
        both = [
            Both("What came of it", owed.outcome, outcome),
            Both("Said by", by_and_when(owed.settled_by.display_name, owed.settled_at), "Not sent"),
        ]
        raise SomebodyWasFirst(refusal, both)
    return owed


def may_switch_rules(name: str, *, by, did: str) -> None:
    """Go on, or raise NotAllowed with the refusal on the trail."""
    if by.role not in SWITCHES_RULES:
        reason = "Rules are switched by the exploitation co-ordinator or information governance."
        record(by=by, did=did, about_kind="rule", about_id=name, refused_because=reason)
        raise NotAllowed(reason)


def switch_rule(name: str, *, on: bool, from_on: date, why: str, by) -> RuleSwitch:
    """Switch a published rule off or on from a date, with the reason. Questions already put stay.

    A rule that stands so already is left as it is: the switch that made it so is given back.
    """
    did = "switched a rule on" if on else "switched a rule off"
    may_switch_rules(name, by=by, did=did)
    if rule_named(name) is None or not why.strip():
        reason = "Say why the rule is switched." if rule_named(name) else "There is no such rule."
        record(by=by, did=did, about_kind="rule", about_id=name, refused_because=reason)
        raise NotPossible(reason)
    standing = RuleSwitch.objects.standing(name)
    if standing and standing.on == on:
        return standing
    try:
        with transaction.atomic():
            switch = RuleSwitch.objects.create(
                rule=name, on=on, from_on=from_on, by=by.display_name, why=why.strip(), follows=standing
            )
            record(by=by, did=did, about_kind="rule", about_id=name, why=why.strip())
    except IntegrityError:
        # Somebody pressed in the same moment: theirs stands, and it says the same.
        return RuleSwitch.objects.standing(name)
    return switch


class Said:
    """An answer as somebody gives it, before it is taken."""

    def __init__(self, kind: str, text: str, how_known: str, agency, look_again_on: date | None):
        self.kind, self.agency = str(kind), agency
        self.text, self.how_known = text.strip(), how_known.strip()
        self.look_again_on = look_again_on if self.kind == AnswerKind.LOOK_AGAIN else None

    def refusal(self, today: date) -> str | None:
        return refusal_to_take(
            self.kind,
            text=self.text,
            how_known=self.how_known,
            asks_an_agency=self.agency is not None,
            look_again_on=self.look_again_on,
            today=today,
        )

    def are_the_words_of(self, given: Answer, by) -> bool:
        return (
            given.by_id == by.pk
            and given.kind == self.kind
            and given.text == self.text
            and given.how_known == self.how_known
            and given.agency_id == (self.agency.pk if self.agency else None)
            and given.look_again_on == self.look_again_on
        )


def _may_answer(question: Question, by, today: date, did: str, said: Said) -> None:
    """Before the transaction, so that a refusal stays on the trail when nothing else does (design hard case 4)."""
    open_record(person_id=question.person_id, by=by, today=today, did="opened a record to answer a question")
    if refusal := refusal_to_answer(question, by, today=today):
        _refuse(refusal, question.person_id, question, by, did, NotAllowed)
    if refusal := said.refusal(today):
        _refuse(refusal, question.person_id, question, by, did)


def _refuse(reason: str, person_id: str, about, by, did: str, refusal=NotPossible) -> None:
    record(
        by=by,
        did=did,
        about_person=person_id,
        about_kind="question" if isinstance(about, Question) else "sign of harm",
        about_id=about.pk if isinstance(about, Question) else about.key,
        refused_because=reason,
    )
    raise refusal(reason)


def _standing(question: Question) -> Answer | None:
    """The newest answer that nobody has corrected."""
    return question.answers.filter(corrected_by=None).select_related("by").order_by("at", "id").last()


def _somebody_was_first(standing: Answer) -> str:
    at = timezone.localtime(standing.at)
    return (
        f"{standing.by.display_name} answered this at {at:%H:%M} on {at.day} {at:%B %Y}: "
        f"{standing.get_kind_display()}. If that is wrong, correct it."
    )


def _somebody_answered(
    reason: str, question: Question, standing: Answer | None, said: Said, by, did: str
) -> NoReturn:
    """Both answers, side by side; hers is in the form of a correction and waits for her to send it."""
    both = []
    if standing is not None:
        kinds = dict(AnswerKind.choices)
        both = [
            Both("Answer", standing.get_kind_display(), kinds.get(said.kind, said.kind)),
            Both("In words", standing.text, said.text),
            Both("How we know", standing.how_known, said.how_known),
            Both("Agency to ask", _name(standing.agency), _name(said.agency)),
            Both("When to look again", _day(standing.look_again_on), _day(said.look_again_on)),
            Both("Answered by", by_and_when(standing.by.display_name, standing.at), "Not sent"),
        ]
    record(
        by=by,
        did=did,
        about_person=question.person_id,
        about_kind="question",
        about_id=question.pk,
        refused_because=reason,
    )
    raise SomebodyWasFirst(reason, both, may_send=True)


def _name(agency) -> str:
    return agency.name if agency else ""


def _day(on: date | None) -> str:
    return f"{on:%d/%m/%Y}" if on else ""


def _refusal_to_correct(question: Question, said: Said) -> str | None:
    if said.kind == AnswerKind.LOOK_AGAIN and question.answered_at:
        others = Question.objects.open().filter(person_id=question.person_id, audience=question.audience)
        if others.exclude(pk=question.pk).exists():
            return "A newer question about this child is open. Answer that one; this one cannot be opened again beside it."
    return None


def _give(
    question: Question, said: Said, *, by, now: datetime, corrects: Answer | None, lead: LeadNow
) -> Answer:
    given = Answer.objects.create(
        question=question,
        kind=said.kind,
        text=said.text,
        how_known=said.how_known,
        agency=said.agency,
        look_again_on=said.look_again_on,
        by=by,
        acting_as=acting_in_words(lead, by),
        at=now,
        corrects=corrects,
    )
    if said.kind == AnswerKind.LOOK_AGAIN:
        _put_off(question, said.look_again_on, now)
    else:
        _close(question, now)
    _owe(given, said, by, now)
    return given


def _put_off(question: Question, day: date, now: datetime) -> None:
    """It stays open and comes back on that day, or sooner with new evidence."""
    question.answered_at, question.look_again_on, question.due_on = None, day, day
    question.save(update_fields=["answered_at", "look_again_on", "due_on"])
    open_to_those_asked(question, opened_on=question.asked_on)
    start_clock(
        what=QUESTION_CLOCK, about_kind="question", about_id=question.pk, about_person=question.person_id, due_on=day, now=now,
        owner=question.practitioner, owner_post=question.post,
    )  # fmt: skip


def _close(question: Question, now: datetime) -> None:
    question.answered_at, question.look_again_on = question.answered_at or now, None
    question.save(update_fields=["answered_at", "look_again_on"])
    stop_clock(what=QUESTION_CLOCK, about_kind="question", about_id=question.pk, now=now, because="answered")
    _let_look_a_while_longer(question.person_id, f"question {question.pk}", now)


def _let_look_a_while_longer(person_id: str, rests_on: str, now: datetime) -> None:
    """Those it was put to, their deputies and those it passed to may still look for a while, and then no more."""
    today = timezone.localdate(now)
    Involvement.objects.on(today).filter(
        person_id=person_id, why=Why.ASKED, rests_on__startswith=rests_on
    ).update(closed_on=today + timedelta(days=SEEN_AFTER_DAYS))


def _owe(given: Answer, said: Said, by, now: datetime) -> None:
    act = act_owed(said.kind)
    if act is None:
        return
    due_on = act_due_on(act, today=timezone.localdate(now), look_again_on=said.look_again_on)
    owed = Owed.objects.create(answer=given, act=act, due_on=due_on)
    start_clock(
        what=OWED_CLOCK, about_kind="owed", about_id=owed.pk, about_person=given.question.person_id, due_on=due_on, now=now, owner=by
    )  # fmt: skip


def _settle(owed: Owed, outcome: str, by, now: datetime) -> None:
    owed.settled_at, owed.outcome, owed.settled_by = now, outcome, by
    owed.save(update_fields=["settled_at", "outcome", "settled_by"])
    stop_clock(what=OWED_CLOCK, about_kind="owed", about_id=owed.pk, now=now, because="settled")


def _let_fall(answer: Answer, by, now: datetime) -> None:
    for owed in answer.owed.filter(settled_at=None):
        _settle(owed, "The answer was corrected before this was done.", by, now)


def _answer_sign(sign: Entry, *, held: bool, reason: str, manager: str, by, now: datetime) -> StrategyAnswer:
    # Two people may answer at once: the second waits for the first, and then corrects it.
    Entry.objects.select_for_update().get(pk=sign.pk)
    standing = _standing_strategy(sign)
    if standing and _words_of(standing) == (by.pk, held, reason.strip(), manager.strip()):
        return standing
    lead = lead_now(by.agency, timezone.localdate(now))
    given = StrategyAnswer.objects.create(
        person_id=sign.person_id,
        entry_key=sign.key,
        held=held,
        reason=reason.strip(),
        manager=manager.strip(),
        by=by,
        acting_as=acting_in_words(lead, by),
        at=now,
        corrects=standing,
    )
    stop_clock(what=SIGN_CLOCK, about_kind="sign of harm", about_id=sign.key, now=now, because="answered")
    _let_look_a_while_longer(sign.person_id, f"sign {sign.key}", now)
    record(
        by=by,
        did="corrected a strategy answer" if standing else "answered a strategy question",
        about_person=sign.person_id,
        about_kind="sign of harm",
        about_id=sign.key,
        particulars={"held": held} | acting(lead, by),
    )
    return given


def _leave_line(did: str, given: Answer, by, lead: LeadNow) -> None:
    record(
        by=by,
        did=did,
        about_person=given.question.person_id,
        about_kind="question",
        about_id=given.question_id,
        particulars={"kind": given.kind, "answer": given.pk} | acting(lead, by),
    )
