"""A sign of harm asks *strategy discussion today?*: held or not held, why, and which manager decided."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import acting, acting_in_words, lead_now
from rowan.audit_trail.actions import record
from rowan.chronology.models import Entry
from rowan.refusals import Both, NotAllowed
from rowan.timescales.actions import stop_clock

from ..clocks import SIGN_CLOCK
from ..models import StrategyAnswer
from ..rules.answers import ASKS_OF_OTHERS, OTHER_CHILDREN, refusal_of_strategy_answer
from ..waiting import old_signs_for, refusal_to_answer_sign
from .opening import let_look_a_while_longer
from .refusing import refuse, somebody_was_first

# Of a list that changed under somebody's hands, so many signs are looked up to say who answered them.
OLD_SIGNS_LOOKED_UP = 20


def strategy_version(sign: Entry) -> str:
    """Which answer stands: what a form to give another was opened on."""
    standing = _standing_strategy(sign)
    return str(standing.pk) if standing else ""


def list_version(signs: Iterable[Entry]) -> str:
    """Which signs stand on a list that is answered as one."""
    return ",".join(str(pk) for pk in sorted(sign.pk for sign in signs))


def answer_strategy(
    sign: Entry, *, held: bool, reason: str, manager: str, other_children: str, by, now: datetime, opened_on: str | None = None
) -> StrategyAnswer:  # fmt: skip
    """Strategy discussion: held or not held, why, and which manager; and what of other children. A second answer corrects the first; the sign itself stays.

    `opened_on` is which answer stood on the page: one given since is corrected only by somebody who has seen it.
    """
    today = timezone.localdate(now)
    did = "answered a strategy question"
    open_record(
        person_id=sign.person_id, by=by, today=today, did="opened a record to answer a strategy question"
    )
    if refusal := refusal_to_answer_sign(sign, by, today=today):
        refuse(refusal, sign, by=by, did=did, refusal=NotAllowed)
    if refusal := refusal_of_strategy_answer(reason=reason, manager=manager):
        refuse(refusal, sign, by=by, did=did)
    if not other_children.strip():
        refuse(ASKS_OF_OTHERS, sign, by=by, did=did)
    said = {"held": held, "reason": reason.strip(), "manager": manager.strip(), "other_children": other_children.strip()}  # fmt: skip
    with transaction.atomic():
        # Two people may answer at once: the second waits for the first.
        Entry.objects.select_for_update().get(pk=sign.pk)
        standing = _standing_strategy(sign)
        mine = standing and _words_of(standing) == (by.pk, *said.values())
        if mine or opened_on in {None, strategy_version(sign)}:
            return _answer_sign(sign, **said, by=by, now=now)
    refusal = "Somebody has answered this since you opened the page."
    both = _both_strategies(standing, **said)
    somebody_was_first(refusal, both, sign, by=by, did=did, may_send=True)


def _standing_strategy(sign: Entry) -> StrategyAnswer | None:
    rows = StrategyAnswer.objects.filter(entry_key=sign.key, corrected_by=None).select_related("by")
    return rows.order_by("at", "id").last()


def _words_of(given: StrategyAnswer) -> tuple:
    return given.by_id, given.held, given.reason, given.manager, given.other_children


def _both_strategies(
    standing: StrategyAnswer | None, *, held: bool, reason: str, manager: str, other_children: str
) -> list[Both]:
    if standing is None:
        return []
    name = {True: "Held", False: "Not held"}
    return [
        Both("Strategy discussion", name[standing.held], name[held]),
        Both("Why, and what was decided", standing.reason, reason),
        Both("The manager who decided", standing.manager, manager),
        Both(OTHER_CHILDREN, standing.other_children, other_children),
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
    did = "answered older signs of harm"
    if refusal := refusal_of_strategy_answer(reason=reason, manager=manager):
        refuse(refusal, None, by=by, did=did)
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
    given = _answered_since(opened_on or "", by, today)
    name = {True: "Known and acted on", False: "Not all of them"}
    both = [
        Both("Signs on the list", str(len(mine)), str(len((opened_on or "").split(",")))),
        Both("Known, and acted on?", name[given.held] if given else "", name[acted_on]),
        Both("How you know, or what happens now", given.reason if given else "", reason),
        Both("The manager who decided", given.manager if given else "", manager),
        Both("Answered by", by_and_when(given.by.display_name, given.at) if given else "", "Not sent"),
    ]
    somebody_was_first(refusal, both, None, by=by, did=did, may_send=bool(mine))


def _answered_since(opened_on: str, by, today: date) -> StrategyAnswer | None:
    """The newest answer to a sign of the list that was shown, and only to one that is this reader's to answer."""
    shown = [int(pk) for pk in opened_on.split(",") if pk.isdecimal() and len(pk) < 19]
    signs = Entry.objects.filter(pk__in=shown[:OLD_SIGNS_LOOKED_UP])
    keys = [sign.key for sign in signs if not refusal_to_answer_sign(sign, by, today=today)]
    given = StrategyAnswer.objects.filter(entry_key__in=keys, corrected_by=None).select_related("by")
    return given.order_by("at", "id").last()


def _answer_sign(
    sign: Entry, *, held: bool, reason: str, manager: str, by, now: datetime, other_children: str = ""
) -> StrategyAnswer:
    # Two people may answer at once: the second waits for the first, and then corrects it.
    Entry.objects.select_for_update().get(pk=sign.pk)
    standing = _standing_strategy(sign)
    if standing and _words_of(standing) == (
        by.pk,
        held,
        reason.strip(),
        manager.strip(),
        other_children,
    ):
        return standing
    lead = lead_now(by.agency, timezone.localdate(now))
    given = StrategyAnswer.objects.create(
        person_id=sign.person_id,
        entry_key=sign.key,
        held=held,
        reason=reason.strip(),
        manager=manager.strip(),
        other_children=other_children,
        by=by,
        acting_as=acting_in_words(lead, by),
        at=now,
        corrects=standing,
    )
    stop_clock(what=SIGN_CLOCK, about_kind="sign of harm", about_id=sign.key, now=now, because="answered")
    let_look_a_while_longer(sign.person_id, f"sign {sign.key}", now)
    record(
        by=by,
        did="corrected a strategy answer" if standing else "answered a strategy question",
        about_person=sign.person_id,
        about_kind="sign of harm",
        about_id=sign.key,
        particulars={"held": held} | acting(lead, by),
    )
    return given
