"""Section 45, the National Referral Mechanism and the duty to report: each step dated, each open one with an owner and a clock."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import NOBODY, open_record
from rowan.access.reading import ROWAN, reading_as
from rowan.access.rules.matrix import Kind, Opens
from rowan.access.rules.seeing import Seen, Through
from rowan.access.standing import owner_of_restricted
from rowan.agencies.in_words import by_and_when
from rowan.agencies.rules.posts import PostKind
from rowan.asked_alike import asked_alike
from rowan.audit_trail.actions import record
from rowan.chronology.models import Entry
from rowan.people.models import Person
from rowan.questions.models import HUB
from rowan.questions.posts import Posts
from rowan.refusals import Both, NotAllowed, NotPossible, SomebodyWasFirst
from rowan.timescales.actions import start_clock, stop_clock

from ..models import Protection, ProtectionStep
from ..reading import settings_on
from ..rules.protections import BEGINS, CLOCK, KIND, STATE_NAMES, About, State, due_on, refusal_to_take

NO_SUCH_ARREST = "That arrest is not in this child's record. Open the page again."
NOT_YOURS = "These steps are recorded by those who work with the child and see what was reported of her."


def begin(
    *, token: UUID, person_id: str, about: str, by, now: datetime, on: date | None = None, learned_on: date | None = None, words: str = "", entry_key: str = "", concern=None
) -> Protection:  # fmt: skip
    """Begin to consider it. Of one arrest each protection is asked about once."""
    did = "began to consider a protection of the law"
    today = timezone.localdate(now)
    _may(person_id, by, now, did)
    if about not in {each.value for each in About}:
        _refuse("Choose what it is about.", by, did, person_id)
    if entry_key and not arrests_of(person_id).filter(key=entry_key).exists():
        _refuse(NO_SUCH_ARREST, by, did, person_id)
    state = BEGINS[About(about)]
    with transaction.atomic():
        # Of those who press at once one begins it, and the others find it begun.
        Person.objects.select_for_update().get(pk=person_id)
        standing = Protection.objects.filter(pk=token).first()
        if standing is None and entry_key:
            standing = Protection.objects.filter(about=about, entry_key=entry_key).first()
        if standing is None:
            standing = Protection.objects.create(
                pk=token,
                person_id=person_id,
                about=about,
                state=state.value,
                began_at=now,
                entry_key=entry_key,
                concern=concern,
            )
            _step(standing, state, on or today, by=by, now=now, words=words, learned_on=learned_on)
            record(
                by=by,
                did=did,
                about_person=person_id,
                about_kind=KIND,
                about_id=standing.pk,
                particulars={"about": about},
            )
    return standing


def open_protection(protection_id, *, by, now: datetime) -> tuple[Protection, Seen]:
    # With Rowan's own eyes: the trail says whose record was asked for, hidden or not.
    with reading_as(ROWAN):
        protection = Protection.objects.select_related("person", "concern").filter(pk=protection_id).first()
    person_id = protection.person_id if protection else NOBODY
    seen = open_record(
        person_id=person_id,
        by=by,
        today=timezone.localdate(now),
        did="looked at a protection of the law",
        now=now,
    )
    if not _sees(seen):
        _refuse(NOT_YOURS, by, "looked at a protection of the law", person_id, NotAllowed)
    return protection, seen


def take_step(
    protection_id, *, to: str, on: date, stood_at: str, words: str = "", reference: str = "", to_whom: str = "", act: str = "", purpose: str = "", by, now: datetime
) -> Protection:  # fmt: skip
    """The next step, with its day. Two who take one at once: the second is told which step was taken."""
    did = "took a step towards a protection of the law"
    protection, _ = open_protection(protection_id, by=by, now=now)
    if on > timezone.localdate(now):
        _refuse("That day has not come yet.", by, did, protection.person_id)
    said = {"words": words.strip(), "reference": reference.strip(), "to_whom": to_whom.strip()}
    with transaction.atomic():
        protection = Protection.objects.select_for_update(of=("self",)).get(pk=protection.pk)
        last = protection.steps.select_related("by").last()
        is_again = (last.state, last.on, last.by_id, last.words, last.reference) == (
            to,
            on,
            by.pk,
            said["words"],
            said["reference"],
        )
        somebody_else = not is_again and protection.state != stood_at
        refusal = None
        if not is_again and not somebody_else:
            refusal = refusal_to_take(State(protection.state), to, act=act, purpose=purpose, **said)
        if not (is_again or somebody_else or refusal):
            protection.state = to
            if to == State.REFERRED:
                protection.act, protection.purpose = act, purpose
            protection.save(update_fields=["state", "act", "purpose"])
            _step(protection, State(to), on, by=by, now=now, **said)
            record(
                by=by,
                did=did,
                about_person=protection.person_id,
                about_kind=KIND,
                about_id=protection.pk,
                particulars={"state": to},
            )
    if somebody_else:
        reason = "Somebody has recorded a step since you opened the page."
        record(
            by=by,
            did=did,
            about_person=protection.person_id,
            about_kind=KIND,
            about_id=protection.pk,
            refused_because=reason,
        )
        names = {each.value: name for each, name in STATE_NAMES.items()}
        both = [
            Both("Where it stands", names[last.state], names.get(to, "")),
            Both("In words", last.words, words),
            Both("Recorded by", by_and_when(last.by.display_name, last.at), "Not sent"),
        ]
        raise SomebodyWasFirst(reason, both)
    if refusal:
        _refuse(refusal, by, did, protection.person_id)
    return protection


def arrests_of(person_id: str):
    return Entry.objects.current().about(person_id).filter(kind="arrested")


def arrests_without_an_answer(person_id: str):
    """Arrests of this child about which section 45 has not been asked here yet: every one of them asks."""
    asked = Protection.objects.filter(about=About.SECTION_45.value).exclude(entry_key="").values("entry_key")
    return arrests_of(person_id).exclude(key__in=asked).order_by("-happened_on", "id")


def sees_protections(seen: Seen) -> bool:
    """Whether the page of the law's protections opens to this reader of the child's record: where it is linked, it does."""
    return _sees(seen)


def waiting_among(entries: Iterable[Entry]) -> int:
    """How many of these lines of a child's story are arrests that still ask whether somebody exploited her. No query where there is none."""
    arrests = [entry.key for entry in entries if entry.kind == "arrested"]
    if not arrests:
        return 0
    return len(set(arrests) - set(_asked_of(keys=arrests)))


@asked_alike
def _asked_of(keys):
    asked = Protection.objects.filter(about=About.SECTION_45.value, entry_key__among=keys)
    return asked.values_list("entry_key", flat=True)


def _step(protection: Protection, state: State, on: date, *, by, now: datetime, **said) -> None:
    ProtectionStep.objects.create(protection=protection, state=state.value, on=on, by=by, at=now, **said)
    due = due_on(state, on, settings_on(timezone.localdate(now)))
    if due is None:
        stop_clock(what=CLOCK, about_kind=KIND, about_id=protection.pk, now=now, because=state.value)
        return
    start_clock(
        what=CLOCK, about_kind=KIND, about_id=protection.pk, about_person=protection.person_id, due_on=due, now=now,
        owner=owner_of_restricted(protection.person_id) or by, owner_post=Posts(timezone.localdate(now)).named(PostKind.TRIAGE, HUB),
    )  # fmt: skip


def must_see(seen: Seen, *, person_id: str, by) -> None:
    if not _sees(seen):
        _refuse(NOT_YOURS, by, "looked at the law's protections of a child", person_id, NotAllowed)


def _may(person_id: str, by, now: datetime, did: str) -> Seen:
    seen = open_record(
        person_id=person_id,
        by=by,
        today=timezone.localdate(now),
        did="opened a record for a protection of the law",
        now=now,
    )
    if not _sees(seen):
        _refuse(NOT_YOURS, by, did, person_id, NotAllowed)
    return seen


def _sees(seen: Seen) -> bool:
    return seen.through is Through.PART and seen.opens(Kind.POLICE) is Opens.EVERYTHING


def _refuse(reason: str, by, did: str, person_id: str, refusal=NotPossible):
    record(by=by, did=did, about_person=person_id, about_kind=KIND, refused_because=reason)
    raise refusal(reason)
