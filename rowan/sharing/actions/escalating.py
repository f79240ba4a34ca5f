"""Whom a late request is taken to, and that its record opens to them: to whoever has to see to it, until it is closed."""

from dataclasses import dataclass, replace
from datetime import date

from rowan.access.actions import involve, owner_of_restricted
from rowan.access.clocks import may_not_take
from rowan.access.models import Involvement, Why
from rowan.access.rules.matrix import opens_records
from rowan.agencies.leads import Chains
from rowan.agencies.models import Practitioner
from rowan.agencies.rules.chain import in_words, who_answers

from ..models import Request


@dataclass(frozen=True)
class TakenTo:
    practitioner: Practitioner | None
    says: str  # as everybody who may read the request reads it


def whom_to_take_it_to(request: Request, today: date) -> TakenTo:
    """The first in the asked agency's chain who is there and may open this child's record; a restricted one goes to its owner alone."""
    if owner := owner_of_restricted(request.person_id):
        return TakenTo(owner, "Whoever answers for this record was told.")
    chains = Chains([request.asked_agency], today)
    chain = chains.of(request.asked_agency)
    barred = _who_may_not(request.person_id, chain, chains.absences, today)
    reached = who_answers(_without(chain, barred), _nobody_stands_in(chains.absences, barred), today)
    person = Practitioner.objects.select_related("agency").filter(pk=reached.person).first()
    if person is None:
        return TakenTo(None, "Nobody in that agency’s chain of leads can be asked. Ring the agency.")
    plain = who_answers(chain, chains.absences, today)
    # Why somebody was passed over because of this child is not told to everybody who reads the request.
    says = in_words(reached) if plain == reached else f"{reached.chair.title} answers."
    return TakenTo(person, says)


def open_to(practitioner, *, person_id: str, what: str, today: date) -> Involvement:
    """Being asked opens the record, as far as their role sees (docs/adr/0012), until what it rests on is closed."""
    return involve(
        person_id=person_id,
        why=Why.ASKED,
        rests_on=what,
        opened_on=today,
        agency=practitioner.agency,
        practitioner=practitioner,
    )


def close_to_everybody(person_id: str, what: str, today: date) -> None:
    """Who was asked only because of this sees the record no longer than today."""
    opened = Involvement.objects.on(today).filter(person_id=person_id, why=Why.ASKED)
    opened.filter(rests_on__startswith=what).update(closed_on=today)


def rests_on(kind: str, pk: object) -> str:
    return f"{kind} {pk}"


def _who_may_not(person_id: str, chain, absences, today: date) -> set[int]:
    people = {who for chair in chain for who in chair.sitters(today)}
    people |= {away.stands_in for who in people for away in absences.get(who, ()) if away.stands_in}
    roles = Practitioner.objects.filter(pk__in=people).values_list("pk", "role")
    without_a_record = {who for who, role in roles if not opens_records(role)}
    return without_a_record | may_not_take({0: person_id}, people).get(0, set())


def _without(chain, barred: set[int]) -> list:
    return [
        replace(chair, sittings=tuple(each for each in chair.sittings if each.person not in barred))
        for chair in chain
    ]


def _nobody_stands_in(absences, barred: set[int]) -> dict:
    return {
        who: [replace(away, stands_in=None) if away.stands_in in barred else away for away in theirs]
        for who, theirs in absences.items()
    }
