"""Write a version of where a child stands; approve it, or send it back. A sign of harm in it asks for its strategy discussion at once."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import involve, open_record
from rowan.access.models import Why
from rowan.access.standing import owner_of_restricted
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import acting, acting_in_words, lead_now
from rowan.agencies.rules.posts import PostKind
from rowan.audit_trail.actions import record
from rowan.chronology.models import Entry
from rowan.chronology.notes import Written, write_line
from rowan.chronology.rules.observations import BY_CODE, Kind
from rowan.concerns.out_of_hours import duty_post, hub_is_open
from rowan.notices.actions import tell, tell_post
from rowan.questions.actions import ask_about_signs
from rowan.questions.actions.asking_about_signs import SIGN_OF_HARM
from rowan.questions.models import HUB
from rowan.questions.posts import Posts
from rowan.records.models import OvernightRun
from rowan.refusals import Both, NotAllowed
from rowan.sharing.actions.refusing import refuse, somebody_was_first
from rowan.timescales.actions import stop_clock
from rowan.timescales.rules.working_days import add_working_days

from ..models import Approval, Assessment, Noticed, Strand
from ..rules.settings import APPROVE_WITHIN, ASSESS_WITHIN, REVIEW_WITHIN
from ..rules.states import STATE_NAMES, State, refusal_of_state
from ..rules.steps import OWED, Step, step_after_approval
from ..rules.who import MANAGERS, refusal_to_be_second, refusal_to_write
from ..rules.written import Said, WrittenAs, what_is_missing
from ..standing import all_ids, newest_version, settings_on, signs_on_record, strand_of, whole
from .opening import may_take
from .owing import APPROVAL, KIND, owe, owe_a_second_look, page_of, second_look_is_over, take_step
from .stepping_up import RECOMMENDED, step_up_is_over

ABOUT_KIND = "assessment"
COMPARTMENT = "social_care"
NOTHING_OPEN = "The hub does not work with this child now. Open the work first: it gives the child a lead professional and a clock."
NOT_THE_NEWEST = "A newer version has been written since. Look at that one."


def write(
    said: Said, *, token: UUID, person_id: str, second, by, now: datetime, opened_on: str | None = None
) -> Assessment:
    """A new version, as its writer's. `opened_on` is the id of the version that stood on the page, '' for none."""
    today, did = timezone.localdate(now), "wrote where a child stands"
    about = {"by": by, "did": did, "about_kind": ABOUT_KIND, "person_id": person_id}
    seen = open_record(person_id=person_id, by=by, today=today, did="opened a record to write where a child stands")  # fmt: skip
    if refusal := refusal_to_write(by.role, seen):
        refuse(refusal, refusal=NotAllowed, **about)
    ids = all_ids(person_id)
    strand = strand_of(ids)
    if strand is None or not strand.is_open:
        refuse(NOTHING_OPEN, **about)
    over_a_sign = bool(said.signs or signs_on_record(ids, seen))
    _may_be_said(said, strand, over_a_sign, by, about, today)
    if refusal := refusal_to_be_second(second.role, is_writer=second.pk == by.pk):
        refuse(refusal, **about)
    if not may_take(second, person_id):
        refuse("Choose somebody who may open this record.", **about)
    with transaction.atomic():
        strand = Strand.objects.select_for_update(of=("self",)).get(pk=strand.pk)
        made = Assessment.objects.filter(pk=token, strand=strand, by=by).first()
        standing = newest_version(strand)
        seen_last = opened_on in {None, str(standing.pk) if standing else ""}
        if made is None and seen_last:
            made = _add(said, token, strand, standing, second, by, now)
            record(by=by, did=did, about_person=person_id, about_kind=ABOUT_KIND, about_id=made.pk,
                   particulars={"version": made.number, "state": made.state} | acting(lead_now(by.agency, today), by))  # fmt: skip
    if made is None:
        somebody_was_first(
            "Somebody has written a version since you opened the page.", _both(standing, said), may_send=True, **about
        )  # fmt: skip
    return made


def _may_be_said(said: Said, strand: Strand, over_a_sign: bool, by, about: dict, today) -> None:
    lacks = what_is_missing(
        said, stands=strand.state, today=today, review_within_days=whole(settings_on(today), REVIEW_WITHIN)
    )
    if lacks:
        refuse(". ".join(lacks.values()), **about)
    if refusal := refusal_of_state(
        said.state, sign_of_harm=over_a_sign, why=said.over_a_sign_why, is_manager=by.role in MANAGERS
    ):
        refuse(refusal, **about)


def _add(said: Said, token: UUID, strand: Strand, standing, second, by, now: datetime) -> Assessment:
    today = timezone.localdate(now)
    words = {name: value for name, value in vars(said).items() if name != "noticed"}
    made = Assessment.objects.create(
        pk=token, strand=strand, number=(standing.number if standing else 0) + 1, follows=standing, second=second, by=by,
        agency=by.agency, acting_as=acting_in_words(lead_now(by.agency, today), by), at=now, **words,
    )  # fmt: skip
    Noticed.objects.bulk_create(
        Noticed(assessment=made, code=code, kind=BY_CODE[code].kind.value)
        for code in dict.fromkeys(said.noticed)
    )
    if standing is not None:
        second_look_is_over(APPROVAL, ABOUT_KIND, standing, now, "a newer version was written")
    stands(strand, made.state, by, now)
    due_on = add_working_days(today, whole(settings_on(today), APPROVE_WITHIN))
    # What was owed is written; what is owed now is somebody else's look at it.
    stop_clock(what=OWED[Step(strand.step)], about_kind=KIND, about_id=strand.pk, now=now, because="written")
    strand.due_on = due_on
    strand.save(update_fields=["due_on"])
    owe_a_second_look(APPROVAL, ABOUT_KIND, made, now, due_on=due_on)
    step_up_is_over(strand.person_id, now, because="written", only=RECOMMENDED)
    _ask_about_harm(made, said, now)
    return made


def stands(strand: Strand, state: str, who, now: datetime) -> None:
    """From now on the child stands there, as this person says; the timeline gets a line when it is not where she stood."""
    moved = strand.state != state
    strand.state, strand.state_at, strand.state_by = state, now, who
    strand.save(update_fields=["state", "state_at", "state_by"])
    if moved:
        write_line(
            Written(
                key=f"stands {strand.pk.hex} {now:%Y%m%d%H%M%S}",
                person_id=strand.person_id,
                kind="where_a_child_stands",
                title=f"Where the child stands: {STATE_NAMES[State(state)].lower()}",
                happened_on=timezone.localdate(now),
                compartment=COMPARTMENT,
            ),
            by=who,
            now=now,
        )


def _ask_about_harm(made: Assessment, said: Said, now: datetime) -> None:
    """Each sign as a line of the timeline, and of each that is new: strategy discussion today?"""
    new = []
    for code in said.noticed_of(Kind.SIGN_OF_HARM):
        # The same sign of the same day is one, in however many versions it is ticked.
        # A digest: addresses and the trail name a sign by its key, and must not say what it is.
        key = sha256(f"{made.strand_id} {code} {said.harm_seen_on}".encode()).hexdigest()
        if not Entry.objects.filter(key=key, by_day=True).exists():
            new.append(write_line(_sign(key, code, made, said), by=made.by, now=now))
    if new:
        ask_about_signs(new, run=OvernightRun.current_number(), today=timezone.localdate(now), now=now)
        for sign in new:
            _ring_the_duty_post(sign, now)


def _sign(key: str, code: str, made: Assessment, said: Said) -> Written:
    return Written(
        key=key,
        person_id=made.strand.person_id,
        kind="sign_of_harm",
        title=BY_CODE[code].words,
        happened_on=said.harm_seen_on,
        compartment=COMPARTMENT,
        text=said.harm_words.strip(),
        observed=Kind.SIGN_OF_HARM.value,
        observed_code=code,
        particulars={"version": str(made.pk)},
    )


def _ring_the_duty_post(sign: Entry, now: datetime) -> None:
    """When the hub is closed the child's own worker may be asleep: the duty post is asked too, and where nobody sits there the triage desk.

    A restricted child's sign goes to nobody else.
    """
    if hub_is_open(now) or owner_of_restricted(sign.person_id):
        return
    today = timezone.localdate(now)
    duty = duty_post(now) or Posts(today).named(PostKind.TRIAGE, HUB)
    involve(
        person_id=sign.person_id, why=Why.ASKED, rests_on=f"sign {sign.key} on duty", opened_on=today,
        agency=duty.agency, post=duty,
    )  # fmt: skip
    tell_post(duty, SIGN_OF_HARM, reverse("questions:strategy", args=[sign.key]), now, urgent=True)


def approve(version: Assessment, *, approved: bool, words: str = "", by, now: datetime) -> Approval:
    """Somebody else than the writer approves a version, or sends it back with what is missing."""
    today = timezone.localdate(now)
    did = "approved where a child stands" if approved else "sent back where a child stands"
    strand = version.strand
    about = {"by": by, "did": did, "about_kind": ABOUT_KIND, "about_id": version.pk, "person_id": strand.person_id}  # fmt: skip
    seen = open_record(person_id=strand.person_id, by=by, today=today, did="opened a record to approve what was written")  # fmt: skip
    if refusal := refusal_to_be_second(by.role, is_writer=version.by_id == by.pk):
        refuse(refusal, refusal=NotAllowed, **about)
    if not approved and not words.strip():
        refuse("Say what is missing or wrong.", **about)
    if approved and (refusal := _refusal_over_a_sign(version, seen)):
        refuse(refusal, **about)
    with transaction.atomic():
        strand = Strand.objects.select_for_update(of=("self",)).get(pk=strand.pk)
        said = Approval.objects.filter(assessment=version).select_related("by").first()
        newest = newest_version(strand)
        is_newest = newest is not None and newest.pk == version.pk
        if said is None and is_newest:
            said = _say(version, strand, approved, words.strip(), by, now)
            record(by=by, did=did, about_person=strand.person_id, about_kind=ABOUT_KIND, about_id=version.pk,
                   particulars={"version": version.number} | acting(lead_now(by.agency, today), by))  # fmt: skip
            return said
    if said is None:
        refuse(NOT_THE_NEWEST, **about)
    if (said.by_id, said.approved, said.words) == (by.pk, approved, words.strip()):
        return said
    somebody_was_first("Somebody has looked at this version already.", _both_looks(said, approved, words), **about)  # fmt: skip


def _refusal_over_a_sign(version: Assessment, seen) -> str | None:
    """The second person may see a sign that the writer did not: it is not passed over either."""
    if version.over_a_sign_why or not signs_on_record(all_ids(version.strand.person_id), seen):
        return None
    return refusal_of_state(version.state, sign_of_harm=True, why="", is_manager=False)


def _say(version: Assessment, strand: Strand, approved: bool, words: str, by, now: datetime) -> Approval:
    today = timezone.localdate(now)
    settings = settings_on(today)
    said = Approval.objects.create(
        assessment=version, approved=approved, words=words, by=by, at=now,
        acting_as=acting_in_words(lead_now(by.agency, today), by),
    )  # fmt: skip
    second_look_is_over(APPROVAL, ABOUT_KIND, version, now, "approved" if approved else "sent back")
    if not approved:
        owe(strand, now, due_on=add_working_days(today, whole(settings, APPROVE_WITHIN)))
        tell(version.by, "What you wrote was sent back", page_of(strand), now)
        return said
    to = step_after_approval(
        strand.step, is_screen=version.written_as == WrittenAs.SCREEN, indicated=version.state != State.NOT_INDICATED
    )  # fmt: skip
    within = add_working_days(today, whole(settings, ASSESS_WITHIN))
    take_step(strand, to, by, now, due_on=within if to is Step.ASSESSMENT else version.review_on)
    return said


def _both(standing: Assessment, said: Said) -> list[Both]:
    rows = [
        Both("Where the child stands", standing.get_state_display(), STATE_NAMES.get(said.state, "")),
        Both("The harm or worry", standing.narrative, said.narrative),
        Both("Why it is this", standing.why_state, said.why_state),
        Both("Written by", by_and_when(standing.by.display_name, standing.at), "Not sent"),
    ]
    return rows


def _both_looks(said: Approval, approved: bool, words: str) -> list[Both]:
    name = {True: "Approved", False: "Sent back"}
    return [
        Both("What was decided", name[said.approved], name[approved]),
        Both("In words", said.words, words),
        Both("By", by_and_when(said.by.display_name, said.at), "Not sent"),
    ]
