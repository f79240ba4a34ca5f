"""Every open question about looks has somebody to answer it, who is not the person it is about.

Apart from the other rooms' work (`timescales/passing_on.py` leaves these clocks alone): they go from one officer of information
governance to another, and only where there is none up the hub's own chain. They never pass to a team or to somebody's line.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from rowan.access.models import KeptOut
from rowan.access.standing import Groups
from rowan.agencies.leads import Chains, absences_of, hubs_council
from rowan.agencies.models import PostHolding, Practitioner
from rowan.agencies.rules.chain import time_away
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import ROWAN

from .clocks import hand_to
from .models import LooksQuestion
from .rules.answers import whom_to_ask


def pass_on(
    *, leaving: Iterable[Practitioner] = (), unseated: Iterable[PostHolding] = (), now: datetime, by=ROWAN
) -> int:
    """Questions whose officer has left, is away until after they are due, or is an officer no more, go to another. Says how many."""
    del unseated  # a seat that has ended is not in the chain any more; these questions stand at no post
    with transaction.atomic():
        questions = list(
            LooksQuestion.objects.open().select_for_update().prefetch_related("practitioner", "asked_of")
        )
        if not questions:
            return 0
        officers = Officers(timezone.localdate(now), leaving={person.pk for person in leaving})
        return sum(_passed(question, officers, now, by) for question in questions)


def _passed(question: LooksQuestion, officers: "Officers", now: datetime, by) -> bool:
    if question.asked_of_id and not officers.cannot(question.asked_of_id, question.due_on):
        return False
    to = officers.for_question(question)
    if to is None or to == question.asked_of_id:
        return False
    hand_to(question, Practitioner.objects.get(pk=to), now=now, by=by)
    return True


class Officers:
    """Who may be asked today: information governance, and behind it the hub's chain. A fixed number of queries."""

    def __init__(self, today: date, *, leaving: Iterable[int] = ()):
        self.leaving = set(leaving)
        self.officers = list(
            Practitioner.objects.filter(role=Role.INFORMATION_GOVERNANCE.value, is_active=True)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        hub = hubs_council()
        chain = Chains([hub], today).of(hub) if hub else []
        sitters = list(dict.fromkeys(person for chair in chain for person in chair.sitters(today)))
        here = set(Practitioner.objects.filter(pk__in=sitters, is_active=True).values_list("pk", flat=True))
        self.chain = [person for person in sitters if person in here]
        self.absences = absences_of({*self.officers, *self.chain}, since=today)
        self.load = Counter(
            LooksQuestion.objects.open().exclude(asked_of=None).values_list("asked_of", flat=True)
        )
        self.today = today

    def for_question(self, question: LooksQuestion) -> int | None:
        never = {question.practitioner_id} | _kept_out_of(question)
        everybody = {*self.officers, *self.chain}
        never |= {person for person in everybody if self.cannot(person, question.due_on)}
        to = whom_to_ask(self.officers, self.chain, never=never, load=self.load)
        if to is not None:
            self.load[to] += 1
        return to

    def cannot(self, person: int, due_on: date) -> bool:
        """Whether they have left, are leaving, or are away until after it is due."""
        if person in self.leaving or person not in {*self.officers, *self.chain}:
            return True
        away = time_away(self.absences.get(person, ()), self.today)
        return away is not None and (away[1] is None or away[1] >= due_on)


def _kept_out_of(question: LooksQuestion) -> set[int]:
    if not question.about_person:
        return set()
    kept = KeptOut.objects.standing().filter(person_id__in=Groups([question.about_person]).all_ids)
    return set(kept.values_list("practitioner", flat=True))
