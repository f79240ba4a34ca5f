"""Whether standing decisions still rest on an agreement that is in force and says what it said when they were set up."""

from collections.abc import Iterable
from datetime import date

from .models import Agreement, StandingDecision
from .rules.agreements import refusal_to_rest_on


def why_not(standings: Iterable[StandingDecision], today: date) -> dict[object, str]:
    """For those under which nothing more may be shared, why. A few queries, however many; none where no agreement is needed."""
    resting = {standing.pk: standing.agreement_id for standing in standings if standing.agreement_id}
    if not resting:
        return {}
    whole = Agreement.objects.select_related("owner").prefetch_related("parties")
    own = whole.in_bulk(set(resting.values()))
    in_force = {
        row.series: row for row in whole.on(today).filter(series__in={row.series for row in own.values()})
    }
    found = {}
    for pk, agreement in resting.items():
        now = in_force.get(own[agreement].series)
        if refusal := refusal_to_rest_on(own[agreement].says, now.says if now else None):
            found[pk] = refusal
    return found
