"""Record by day that somebody works with a child, and when they no longer do: what opens the record to them, and closes it.

What an agency's own list says of its workers comes and goes with the list; nothing of it is changed here.
"""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.agencies.in_words import day_in_words
from rowan.agencies.one_at_a_time import one_at_a_time
from rowan.audit_trail.actions import record
from rowan.notices.actions import tell
from rowan.refusals import Both, NothingThere, NotPossible

from .hiding import must_have_a_part, refuse, somebody_was_first
from .involved import may_be_named
from .models import Involvement, KeptOut, Why
from .rules.hiding import refusal_to_let_in
from .rules.matrix import opens_records
from .rules.seeing import NOTHING_THERE, Seen
from .rules.taking_part import refusal_of_first_day, refusal_of_last_day, refusal_to_say
from .standing import Groups

BY_DAY = "by day"
NEWS = "You are recorded as working with a child"


def parts_by_day(person_id: str, seen: Seen, today: date) -> list[Involvement]:
    """Whom somebody recorded by day, of those this reader may know by name."""
    rows = Involvement.objects.on(today).filter(
        person_id__in=Groups([person_id]).all_ids, why=Why.WORKING_WITH, rests_on__startswith=BY_DAY
    )
    rows = rows.select_related("practitioner__agency", "agency").order_by("opened_on", "pk")
    return [row for row in rows if may_be_named(row, seen)]


def begin_part(
    *, person_id: str, practitioner, from_on: date, discreet: bool, by, now: datetime
) -> Involvement:
    """From that day on they open the record as far as their role sees. Pressed twice, it is written once."""
    did, today = "recorded that somebody works with a child", timezone.localdate(now)
    refusal = refusal_to_say(
        by.role,
        of_their_own_agency=practitioner.agency_id == by.agency_id,
        of_themselves=practitioner.pk == by.pk,
    )
    must_have_a_part(person_id, by, now, did, refusal)
    ids = Groups([person_id]).all_ids
    kept_out = KeptOut.objects.standing().filter(person_id__in=ids, practitioner=practitioner).exists()
    refused = refusal_of_first_day(from_on, today) or refusal_to_let_in(
        signs_in=practitioner.is_active, opens_records=opens_records(practitioner.role), kept_out=kept_out
    )
    if refused:
        refuse(NotPossible, refused, person_id, by, did)
    with transaction.atomic():
        one_at_a_time(practitioner)
        theirs = Involvement.objects.filter(
            person_id__in=ids, why=Why.WORKING_WITH, rests_on__startswith=f"{BY_DAY} {practitioner.pk}:"
        )
        standing = theirs.on(today).first()
        made = False
        if standing is None:
            standing, made = Involvement.objects.get_or_create(
                person_id=person_id,
                why=Why.WORKING_WITH,
                rests_on=f"{BY_DAY} {practitioner.pk}:{theirs.count()}",
                defaults={
                    "agency": practitioner.agency,
                    "team": practitioner.team,
                    "practitioner": practitioner,
                    "opened_on": from_on,
                    "discreet": discreet,
                },
            )
        if made:
            tell(practitioner, NEWS, reverse("single_view:child", args=[person_id]), now)
            record(
                by=by,
                did=did,
                about_person=person_id,
                particulars={"practitioner": practitioner.pk, "from": from_on.isoformat()},
            )
    if (standing.opened_on, standing.closed_on) != (from_on, None):
        both = [
            Both("From which day", day_in_words(standing.opened_on), day_in_words(from_on)),
            Both(
                "Last day", day_in_words(standing.closed_on) if standing.closed_on else "None yet", "Not sent"
            ),
        ]
        somebody_was_first("They are recorded as working with this child already.", both, person_id, by, did)
    return standing


def end_part(part_id: int, *, person_id: str, until_on: date, by, now: datetime) -> Involvement:
    """After that day the record is closed to them, but for what they are still asked."""
    did, today = "recorded that somebody no longer works with a child", timezone.localdate(now)
    part = Involvement.objects.select_related("practitioner").filter(
        pk=part_id, person_id__in=Groups([person_id]).all_ids, rests_on__startswith=BY_DAY
    ).first()  # fmt: skip
    oneself = part is not None and part.practitioner_id == by.pk
    refusal = None
    if part is not None and not oneself:
        refusal = refusal_to_say(
            by.role, of_their_own_agency=part.agency_id == by.agency_id, of_themselves=False
        )
    must_have_a_part(person_id, by, now, did, refusal)
    if part is None:
        refuse(NothingThere, NOTHING_THERE, person_id, by, did)
    if refused := refusal_of_last_day(until_on, from_on=part.opened_on, today=today):
        refuse(NotPossible, refused, person_id, by, did)
    with transaction.atomic():
        part = Involvement.objects.select_for_update(of=("self",)).get(pk=part.pk)
        if part.closed_on is None:
            part.closed_on = until_on
            part.save(update_fields=["closed_on"])
            record(
                by=by,
                did=did,
                about_person=person_id,
                particulars={"practitioner": part.practitioner_id, "until": until_on.isoformat()},
            )
    if part.closed_on != until_on:
        both = [Both("Last day", day_in_words(part.closed_on), day_in_words(until_on))]
        somebody_was_first("Their last day is recorded already.", both, person_id, by, did)
    return part
