"""Two records side by side, and somebody's answer: the same person, not the same person, or cannot tell.

A link that joins two people with work on both opens each one's record to whoever works with the other. So it takes two people, the second
of whom is shown neither that somebody has answered nor what they said; where the two differ, the pair goes back with both reasons.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from django.db import transaction
from django.utils import timezone

from rowan.access.rules.seeing import NOTHING_THERE
from rowan.access.standing import hidden_from
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import deciding_as
from rowan.agencies.models import Practitioner
from rowan.audit_trail.actions import record, record_list_shown
from rowan.refusals import Both, NotAllowed, NothingThere, NotPossible, Refusal, SomebodyWasFirst

from ..clocks import ask_a_second, nothing_is_owed, two_differ
from ..models import AwaitedJoin, Judgement, RecordLink, UnsurePair, Verdict
from ..rules.who_judges import (
    NO_ANSWER,
    NO_REASON,
    NOBODY_ELSE,
    ONE_ALREADY,
    YOURS_STANDS,
    YOURS_WAITS,
    refusal_to_judge,
    takes_two,
)
from ..waiting import who_answers_next
from ..worked_on import worked_on

LOOKED = "looked at two records side by side"
ANSWERED = "answered whether two records are one person"
PURPOSE = "saying which records are one person"


@dataclass(frozen=True)
class TwoRecords:
    """Two records that might be one person's, whose they are now, and why the machine could not tell."""

    left_rid: str
    right_rid: str
    left_person_id: str
    right_person_id: str
    reasons: str

    @property
    def person_ids(self) -> list[str]:
        return [self.left_person_id, self.right_person_id]

    @property
    def about(self) -> dict:
        return {"records": [self.left_rid, self.right_rid]}


def look_at(left_rid: str, right_rid: str, *, by, did: str = LOOKED) -> TwoRecords:
    """The pair, for somebody who judges. One that is not there and one of somebody hidden answer alike. Before anything is shown: a line for each child."""
    if refusal := refusal_to_judge(by.role):
        _refuse(refusal, None, by, did, NotAllowed)
    pair = _find(left_rid, right_rid)
    if pair is None or set(pair.person_ids) & hidden_from(by):
        _refuse(NOTHING_THERE, None, by, did, NothingThere)
    record_list_shown(by=by, did=did, person_ids=pair.person_ids, purpose=PURPOSE, particulars=pair.about)
    return pair


def answer(
    left_rid: str, right_rid: str, *, verdict: str, why: str, by, now: datetime
) -> Judgement | AwaitedJoin:
    """Somebody's answer. It holds from the next night on; a link of two people with work on both waits for a second answer first."""
    pair = look_at(left_rid, right_rid, by=by, did="opened two records to say whether they are one person")
    why = why.strip()[:400]
    if verdict not in Verdict.values:
        _refuse(NO_ANSWER, pair, by)
    if not why:
        _refuse(NO_REASON, pair, by)
    if pair.left_person_id == pair.right_person_id:
        _refuse(ONE_ALREADY, pair, by)
    with transaction.atomic():
        # Of two who press in the same moment the second waits here for the first.
        list(RecordLink.objects.select_for_update().filter(rid__in=[left_rid, right_rid]).order_by("pk"))
        done = _answer(pair, verdict, why, by, now)
    if isinstance(done, Judgement | AwaitedJoin):
        return done
    reason, both = done
    if both is None:
        _refuse(reason, pair, by)
    _line(pair, by, ANSWERED, refused_because=reason)
    raise SomebodyWasFirst(reason, both)


def what_two_said(pair: TwoRecords) -> AwaitedJoin | None:
    """Both answers with both reasons, where two differ; nothing while a second answer is still waited for, so that it is nobody's echo."""
    return _two_differed(pair)


Refused = tuple[str, list[Both] | None]


def _answer(pair: TwoRecords, verdict: str, why: str, by, now: datetime) -> Judgement | AwaitedJoin | Refused:
    awaited = _waiting(pair)
    if awaited and awaited.by_id == by.pk:
        return awaited if (verdict, why) == (Verdict.SAME, awaited.why) else (YOURS_WAITS, None)
    before = _judged(pair)
    if before and before.verdict != Verdict.UNSURE:
        if (before.by_id, before.verdict, before.why) == (by.pk, verdict, why):
            return before
        return "Somebody has answered this already.", _both(before, verdict, why)
    if awaited:
        return _second(awaited, pair, verdict, why, by, now)
    if differed := _two_differed(pair):
        if by.pk in {differed.by_id, differed.second_by_id} and verdict == _said_by(differed, by):
            return differed if why in {differed.why, differed.second_why} else (YOURS_STANDS, None)
        return _judge(pair, verdict, why, by, now)
    if takes_two(verdict, worked_on=len(worked_on(pair.person_ids))):
        others = who_answers_next(never={by.pk}, person_ids=pair.person_ids, today=timezone.localdate(now))
        return _first(pair, why, by, now) if others[0] else (NOBODY_ELSE, None)
    if before and (before.by_id, before.why, verdict) == (by.pk, why, Verdict.UNSURE):
        return before
    return _judge(pair, verdict, why, by, now)


def _first(pair: TwoRecords, why: str, by, now: datetime) -> AwaitedJoin:
    place = deciding_as(by, now)
    awaited = AwaitedJoin.objects.create(
        left_rid=pair.left_rid,
        right_rid=pair.right_rid,
        left_person_id=pair.left_person_id,
        right_person_id=pair.right_person_id,
        why=why,
        by=by,
        acting_as=place.words,
        at=now,
    )
    ask_a_second(awaited, now=now)
    _line(
        pair,
        by,
        ANSWERED,
        particulars={"answer": Verdict.SAME.value, "waits for a second": awaited.pk} | place.trail,
    )
    return awaited


def _second(
    awaited: AwaitedJoin, pair: TwoRecords, verdict: str, why: str, by, now: datetime
) -> Judgement | AwaitedJoin:
    place = deciding_as(by, now)
    awaited.second_verdict, awaited.second_why = verdict, why
    awaited.second_by, awaited.second_acting_as, awaited.closed_at = by, place.words, now
    agrees = verdict == Verdict.SAME
    if agrees:
        awaited.judgement = _judge(pair, verdict, why, by, now)
    awaited.save()
    if agrees:
        return awaited.judgement
    _line(
        pair,
        by,
        ANSWERED,
        particulars={"answer": verdict, "differs from the first": awaited.pk} | place.trail,
    )
    two_differ(awaited, now=now)
    return awaited


def _judge(pair: TwoRecords, verdict: str, why: str, by, now: datetime) -> Judgement:
    place = deciding_as(by, now)
    # Whoever could not tell is followed by whoever can; what they said stays on record.
    _standing(pair).filter(verdict=Verdict.UNSURE).update(
        undone_by=by, undone_acting_as=place.words, undone_at=now, undone_because="Answered again."
    )
    judgement = Judgement.objects.create(
        rid=pair.left_rid,
        person_id=pair.right_person_id,
        other_rid=pair.right_rid,
        verdict=verdict,
        why=why,
        by=by,
        acting_as=place.words,
        at=now,
    )
    nothing_is_owed(AwaitedJoin.objects.filter(left_rid=pair.left_rid, right_rid=pair.right_rid), now=now)
    _line(pair, by, ANSWERED, particulars={"answer": verdict, "judgement": judgement.pk} | place.trail)
    return judgement


def _find(left_rid: str, right_rid: str) -> TwoRecords | None:
    pair = UnsurePair.objects.current().filter(left_rid=left_rid, right_rid=right_rid).first()
    waits = AwaitedJoin.objects.filter(left_rid=left_rid, right_rid=right_rid).first()
    links = RecordLink.objects.current().filter(rid__in=[left_rid, right_rid])
    whose = dict(links.values_list("rid", "person_id"))
    if (pair is None and waits is None) or set(whose) != {left_rid, right_rid}:
        return None
    return TwoRecords(left_rid, right_rid, whose[left_rid], whose[right_rid], pair.reasons if pair else "")


def _waiting(pair: TwoRecords) -> AwaitedJoin | None:
    rows = AwaitedJoin.objects.waiting().filter(left_rid=pair.left_rid, right_rid=pair.right_rid)
    return rows.select_for_update(of=("self",)).first()


def _two_differed(pair: TwoRecords) -> AwaitedJoin | None:
    """The two answers that differ, while nobody has judged since. Then nobody says the same again alone: a third decides, or one of the two."""
    last = AwaitedJoin.objects.filter(left_rid=pair.left_rid, right_rid=pair.right_rid).order_by("at").last()
    if last is None or not last.was_disagreed_with:
        return None
    judged = Judgement.objects.between(pair.left_rid, pair.right_rid).filter(at__gt=last.closed_at)
    return None if judged.exists() else last


def _said_by(differed: AwaitedJoin, by) -> str:
    return Verdict.SAME.value if by.pk == differed.by_id else str(differed.second_verdict)


def _standing(pair: TwoRecords):
    """What is judged of these two: about both records, or about the one and the person the other stands with."""
    standing = Judgement.objects.standing()
    between = standing.between(pair.left_rid, pair.right_rid)
    return between | standing.filter(rid=pair.left_rid, person_id=pair.right_person_id)


def _judged(pair: TwoRecords) -> Judgement | None:
    return _standing(pair).select_related("by").order_by("at").last()


def _both(before: Judgement, verdict: str, why: str) -> list[Both]:
    return [
        Both("Answer", before.get_verdict_display().capitalize(), Verdict(verdict).label.capitalize()),
        Both("How they know", before.why, why),
        Both("Answered by", by_and_when(before.by.display_name, before.at), "Not sent"),
    ]


def _line(
    pair: TwoRecords,
    by: Practitioner,
    did: str,
    *,
    refused_because: str = "",
    particulars: dict | None = None,
) -> None:
    """A line for each of the two children."""
    for person_id in dict.fromkeys(pair.person_ids):
        record(
            by=by,
            did=did,
            about_person=person_id,
            about_kind="two records",
            about_id=f"{pair.left_rid}|{pair.right_rid}",
            purpose=PURPOSE,
            refused_because=refused_because,
            particulars=particulars or {},
        )


def _refuse(
    reason: str, pair: TwoRecords | None, by, did: str = ANSWERED, refusal: type[Refusal] = NotPossible
) -> NoReturn:
    if pair is None:
        record(by=by, did=did, refused_because=reason)
    else:
        _line(pair, by, did, refused_because=reason)
    raise refusal(reason)
