"""What the council's files tell of a child, one row a fact and day: placements, referrals, assessments, enquiries, plans and cases.

Only the days are read. The end of a placement is left out: the next one's beginning tells of a move, and an end alone may tell of an adoption.
"""

import ibis
from ibis.expr.types import DateValue, Table

from rowan.chronology.rules.council_facts import (
    ASSESSED,
    CASE_CLOSED,
    CASE_OPENED,
    CONFERRED,
    ENQUIRED,
    NEED_PLAN,
    NEED_PLAN_ENDED,
    PLACED,
    PROTECTION_PLAN,
    PROTECTION_PLAN_ENDED,
    REFERRED,
)

COLUMNS = ("person_id", "record_id", "source", "rid", "agency", "received_on", "file", "line")


def council_facts(
    placements: Table,
    council_cases: Table,
    cin_referrals: Table,
    cin_assessments: Table,
    cin_section47: Table,
    cin_plans: Table,
    cin_protection_plans: Table,
) -> Table:
    """person_id, told, happened_on and the row. Each table holds the newest rows with rid and person_id."""
    assessed = ibis.coalesce(cin_assessments.authorised_on, cin_assessments.began_on)
    need, protection = cin_plans, cin_protection_plans
    return ibis.union(
        _facts(placements, "ssda903_episodes", PLACED, placements.began_on),
        _facts(cin_referrals, "cin_referrals", REFERRED, cin_referrals.referred_on),
        _facts(cin_assessments, "cin_assessments", ASSESSED, assessed),
        _facts(cin_section47, "cin_section47", ENQUIRED, cin_section47.began_on),
        _facts(cin_section47, "cin_section47", CONFERRED, cin_section47.conference_on),
        _facts(need, "cin_plans", NEED_PLAN, need.began_on),
        _facts(need, "cin_plans", NEED_PLAN_ENDED, need.ended_on),
        _facts(protection, "cin_protection_plans", PROTECTION_PLAN, protection.began_on),
        _facts(protection, "cin_protection_plans", PROTECTION_PLAN_ENDED, protection.ended_on),
        _facts(council_cases, "council_cases", CASE_OPENED, council_cases.opened_on),
        _facts(council_cases, "council_cases", CASE_CLOSED, council_cases.closed_on),
    )


def _facts(rows: Table, record_kind: str, told: str, happened_on: DateValue) -> Table:
    facts = rows.select(
        *COLUMNS,
        record_kind=ibis.literal(record_kind),
        told=ibis.literal(told),
        happened_on=happened_on,
    )
    return facts.filter(facts.person_id.notnull() & facts.happened_on.notnull())
