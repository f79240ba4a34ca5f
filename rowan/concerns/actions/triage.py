"""Triage reads a concern: begins to screen it, says how urgent it is, and which child it is about."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import involve, open_record
from rowan.access.hiding import OWNER_STAYS, heard_of_restricted, shut_out, undo_shut_out
from rowan.access.models import Involvement, Why
from rowan.access.standing import hidden_from, owner_of_restricted, restricted_people
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import deciding_as
from rowan.audit_trail.actions import ROWAN, record, record_list_shown
from rowan.people.finding import Likely, likely
from rowan.people.founding import found_by_day
from rowan.people.models import KnownAs, Person
from rowan.people.rules.finding import VERY_LIKELY_FROM_BITS, Sought
from rowan.questions.actions import ask_about_signs
from rowan.records.models import OvernightRun
from rowan.refusals import Both

from ..models import Concern, LookedAmongRestricted, Matched, UrgencySet
from ..reading import open_concern, settings_on
from ..rules.as_told import as_told
from ..rules.kept_in_health import refusal_of_words_kept_in_health
from ..rules.running import KIND
from ..rules.steps import Step
from ..rules.urgency import Urgency, due_at, label
from ..rules.what_it_is_about import About
from ..waiting import desk_of
from .into_chronology import take_out_of_chronology, write_into_chronology
from .joining import tell_whoever_joined
from .refusing import must_triage, refuse, somebody_was_first
from .stepping import leave_line, locked, move, run_its_clock

NO_CHILD = "This concern is not about a child."
ANOTHER_CHILD = "It was about another child."


def begin_screening(concern_id, *, by, now: datetime) -> Concern:
    """Read by somebody: from now on it is being screened. Pressed twice, or by two, it began once."""
    did = "began to screen a concern"
    opened = open_concern(concern_id, by=by, now=now, did="opened a concern to screen it")
    must_triage(opened, by=by, did=did)
    with transaction.atomic():
        concern = locked(opened.concern)
        if concern.step == Step.RECEIVED:
            move(concern, Step.SCREENING, now=now, owner=by)
            if concern.person_id:
                # An answer to a question, which is about somebody already.
                _open_to_triage(concern, by=by, now=now)
                _ask_about_its_signs(concern, by=by, now=now)
            leave_line(concern, did, by=by)
    return concern


def set_urgency(concern_id, *, urgency: str, why: str, opened_on: str, by, now: datetime) -> Concern:
    """How soon it has to be decided, and why. The clock starts on receipt; red counts every hour of the day."""
    did = "set how urgent a concern is"
    opened = open_concern(concern_id, by=by, now=now, did="opened a concern to say how urgent it is")
    must_triage(opened, by=by, did=did)
    if urgency not in {each.value for each in Urgency}:
        refuse("Choose how urgent it is.", by=by, did=did, concern=opened.concern)
    if not why.strip():
        refuse("Say why it is as urgent as this.", by=by, did=did, concern=opened.concern)
    if refusal := refusal_of_words_kept_in_health(why):
        refuse(refusal, by=by, did=did, concern=opened.concern)
    settings = settings_on(timezone.localdate(now))
    with transaction.atomic():
        concern = locked(opened.concern)
        newest = concern.urgencies.select_related("by").last()
        is_again = bool(
            newest and (newest.urgency, newest.why, newest.by_id) == (urgency, why.strip(), by.pk)
        )
        moved_on = not concern.waits_for_triage
        somebody_else = not is_again and not moved_on and version_of(newest) != opened_on
        if not (is_again or moved_on or somebody_else):
            due = due_at(timezone.localtime(concern.received_at), urgency, settings)
            place = deciding_as(by, now)
            said = {"urgency": urgency, "why": why.strip(), "due_at": due}
            UrgencySet.objects.create(concern=concern, **said, by=by, acting_as=place.words, at=now)
            concern.urgency, concern.due_at = urgency, due
            concern.save(update_fields=["urgency", "due_at"])
            if concern.step == Step.RECEIVED:
                # Whoever says how urgent it is has read it.
                move(concern, Step.SCREENING, now=now, owner=by)
            else:
                run_its_clock(concern, now=now, owner=by)
            leave_line(concern, did, by=by, why=why, urgency=urgency, **place.trail)
    if moved_on:
        refuse("This concern is decided already.", by=by, did=did, concern=concern)
    if somebody_else:
        somebody_was_first(
            "Somebody has said how urgent this is since you opened the page.",
            _both_urgencies(newest, urgency, why, settings), by=by, did=did, concern=concern, may_send=True,
        )  # fmt: skip
    return concern


def version_of(newest) -> str:
    """What a form says of the row that stood when its page was opened."""
    return str(newest.pk) if newest else "none"


def _both_urgencies(newest: UrgencySet, urgency: str, why: str, settings) -> list[Both]:
    who = newest.by.display_name if newest.by else "Rowan"
    return [
        Both("How urgent", label(newest.urgency, settings), label(urgency, settings)),
        Both("Why", newest.why, why),
        Both("Said by", by_and_when(who, newest.at), "Not sent"),
    ]


def sought_of(concern: Concern) -> Sought:
    told = as_told(concern.details)
    return Sought(
        told.first_name, told.surname, told.birth_date, told.age, told.school, told.address, told.postcode, told.number
    )  # fmt: skip


def who_it_may_be(concern_id, sought: Sought, *, by, now: datetime) -> list[Likely]:
    """The children these details may be about, likeliest first. Nobody hidden from the reader is among them. A look, on the trail."""
    did = "looked whom a concern may be about"
    opened = open_concern(concern_id, by=by, now=now, did="opened a concern to say who it is about")
    must_triage(opened, by=by, did=did)
    found = likely(sought, hidden=hidden_from(by), today=timezone.localdate(now))
    record_list_shown(
        by=by, did=did, person_ids=[one.person_id for one in found], particulars={"concern": str(concern_id)}
    )
    return found


def say_who(concern_id, *, person_id: str, how_known: str, opened_on: str, by, now: datetime) -> Concern:
    """It is about this child. Triage may open her record from now on, until the concern has come to its end."""
    did = "said which child a concern is about"
    concern = _about_a_child(concern_id, how_known, by, now, did)
    if person_id in hidden_from(by) or not Person.objects.filter(pk=person_id).exists():
        open_record(person_id="", by=by, today=timezone.localdate(now), did=did, now=now)
    return _matched(concern, person_id, how_known, opened_on, founded=False, by=by, now=now, did=did)


def say_nobody_known(
    concern_id, *, first_name: str, surname: str, birth_date, school_code: str, how_known: str, opened_on: str, by, now: datetime
) -> Concern:  # fmt: skip
    """None of them: a child nobody knew. Her record is founded here, under an id that is drawn."""
    did = "founded a record for the child of a concern"
    concern = _about_a_child(concern_id, how_known, by, now, did)
    if not (first_name.strip() or surname.strip()):
        refuse("Give a name, or how people call the child.", by=by, did=did, concern=concern)
    name = {
        "first_name": first_name,
        "surname": surname,
        "birth_date": birth_date,
        "school_code": school_code,
    }
    return _matched(concern, "", how_known, opened_on, founded=True, by=by, now=now, did=did, name=name)


def _about_a_child(concern_id, how_known: str, by, now: datetime, did: str) -> Concern:
    opened = open_concern(concern_id, by=by, now=now, did="opened a concern to say who it is about")
    must_triage(opened, by=by, did=did)
    if opened.concern.about != About.CHILD:
        refuse(NO_CHILD, by=by, did=did, concern=opened.concern)
    if not how_known.strip():
        refuse("Say how you know.", by=by, did=did, concern=opened.concern)
    if refusal := refusal_of_words_kept_in_health(how_known):
        refuse(refusal, by=by, did=did, concern=opened.concern)
    return opened.concern


def _matched(
    concern: Concern, person_id: str, how_known: str, opened_on: str, *, founded: bool, by, now: datetime, did: str, name=None
) -> Concern:  # fmt: skip
    if _answers_for_the_record(concern, person_id):
        refuse(OWNER_STAYS, by=by, did=did, concern=concern)
    with transaction.atomic():
        concern = locked(concern)
        newest = concern.matched.select_related("by").last()
        is_again = bool(
            newest
            and (newest.how_known, newest.by_id, newest.founded) == (how_known.strip(), by.pk, founded)
            and (founded or newest.person_id == person_id)
        )
        moved_on = not is_again and not concern.waits_for_triage
        somebody_else = not is_again and not moved_on and version_of(newest) != opened_on
        if not (is_again or moved_on or somebody_else):
            if founded:
                person_id = found_by_day(**name, agency_code=by.agency.code, today=timezone.localdate(now)).pk
            if concern.step == Step.RECEIVED:
                move(concern, Step.SCREENING, now=now, owner=by)
            _let_go_of(concern, by=by, now=now)
            concern.person_id = person_id
            concern.save(update_fields=["person"])
            place = deciding_as(by, now)
            Matched.objects.create(
                concern=concern,
                person_id=person_id,
                founded=founded,
                how_known=how_known.strip(),
                by=by,
                acting_as=place.words,
                at=now,
            )
            _shut_out_whom_it_is_about(concern, by=by, now=now)
            _open_to_triage(concern, by=by, now=now)
            _ask_about_its_signs(concern, by=by, now=now)
            run_its_clock(concern, now=now, owner=by)
            leave_line(concern, did, by=by, founded=founded, **place.trail)
    if moved_on:
        refuse("This concern is decided already.", by=by, did=did, concern=concern)
    if somebody_else:
        typed = _called(person_id, by) if person_id else _as_typed(name)
        both = [
            Both("Which child", _called(newest.person_id, by), typed),
            Both("How we know", newest.how_known, how_known),
            Both("Said by", by_and_when(newest.by.display_name, newest.at), "Not sent"),
        ]
        somebody_was_first(
            "Somebody has said which child this is about since you opened the page.",
            both, by=by, did=did, concern=concern, may_send=True,
        )  # fmt: skip
    return concern


def _called(person_id: str, by) -> str:
    """Nothing of a child who is hidden from the reader, whoever said that the concern is about her."""
    if person_id in hidden_from(by):
        return ""
    known = KnownAs.objects.current().filter(person_id=person_id).order_by("-by_day").first()
    return known.name if known else ""


def _as_typed(name: dict) -> str:
    return f"{name['first_name']} {name['surname']}".strip()


def _ask_about_its_signs(concern: Concern, *, by, now: datetime) -> None:
    """A sign of harm is never filed as risk: each asks the same day, before anything is decided."""
    if signs := write_into_chronology(concern, by=by, now=now):
        ask_about_signs(signs, run=OvernightRun.current_number(), today=timezone.localdate(now), now=now)


def rests_on(concern: Concern) -> str:
    return f"concern {concern.pk}"


def _open_to_triage(concern: Concern, *, by, now: datetime) -> None:
    """Being asked to decide is a part in the child's life: of the desk, and of whoever decides now."""
    today, desk = timezone.localdate(now), desk_of(concern, timezone.localdate(now))
    of = {"person_id": concern.person_id, "why": Why.ASKED, "opened_on": today}
    involve(**of, rests_on=rests_on(concern), agency=desk.agency, post=desk)
    involve(**of, rests_on=f"{rests_on(concern)} by {by.pk}", agency=by.agency, practitioner=by)


def _answers_for_the_record(concern: Concern, person_id: str) -> bool:
    """Whether the professional whom it is about owns this very child's restricted record: of that they are not shut out unseen."""
    is_about = concern.about_a_professional and concern.professional_id and person_id
    owner = owner_of_restricted(person_id) if is_about else None
    return owner is not None and owner.pk == concern.professional_id


def _shut_out_whom_it_is_about(concern: Concern, *, by, now: datetime) -> None:
    """A professional about whom there is a concern sees nothing of this child from now on, and what they had to do for them passes on."""
    if concern.about_a_professional and concern.professional:
        shut_out(
            person_id=concern.person_id,
            practitioner=concern.professional,
            why=_shut_out_because(concern),
            by=by,
            now=now,
        )


def _shut_out_because(concern: Concern) -> str:
    return f"The designated officer asks it. Ask them about {concern.reference}."


def _let_go_of(concern: Concern, *, by, now: datetime) -> None:
    """Whoever it was thought to be about before is no longer triage's to open."""
    if concern.person_id:
        tell_whoever_joined(concern, now)
        take_out_of_chronology(concern, now)
        undo_shut_out(
            person_id=concern.person_id, why=_shut_out_because(concern), because=ANOTHER_CHILD, by=by, now=now
        )
        Involvement.objects.filter(
            person_id=concern.person_id, why=Why.ASKED, rests_on__startswith=rests_on(concern), closed_on=None
        ).update(closed_on=timezone.localdate(now))


def reach_owners_of_restricted(now: datetime) -> int:
    """Rowan's own: a concern that may be about a child hidden from triage reaches whoever answers for her record, the same day.

    It is taken in and screened as any other; nobody at triage is shown that this happened. Looked at once each, twice in a row it acts once.
    """
    waiting = Concern.objects.filter(
        about=About.CHILD.value, among_restricted=None, about_a_professional=False
    )
    today, reached = timezone.localdate(now), 0
    for concern in waiting.order_by("received_at", "id")[:200]:
        found = likely(sought_of(concern), hidden=(), today=today, most=1, only=restricted_people())
        person_id = found[0].person_id if found and found[0].bits >= VERY_LIKELY_FROM_BITS else ""
        with transaction.atomic():
            _, made = LookedAmongRestricted.objects.get_or_create(
                concern=concern, defaults={"person_id": person_id, "at": now}
            )
            if made and person_id:
                heard_of_restricted(person_id=person_id, about_kind=KIND, about_id=concern.pk, now=now)
                reached += 1
            if made:
                record(
                    by=ROWAN,
                    did="looked whom a concern may be about",
                    about_person=person_id,
                    about_kind=KIND,
                    about_id=concern.pk,
                )
    return reached
