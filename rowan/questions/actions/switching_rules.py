"""Which published rules ask at all: two roles switch one off, or on again, and give the reason."""

from datetime import date

from django.db import IntegrityError, transaction

from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NotPossible

from ..models import RuleSwitch
from ..rules.register import rule_named

SWITCHES_RULES = {Role.EXPLOITATION_COORDINATOR, Role.INFORMATION_GOVERNANCE}


def may_switch_rules(name: str, *, by, did: str) -> None:
    """Go on, or raise NotAllowed with the refusal on the trail."""
    if by.role not in SWITCHES_RULES:
        reason = "Rules are switched by the exploitation co-ordinator or information governance."
        record(by=by, did=did, about_kind="rule", about_id=name, refused_because=reason)
        raise NotAllowed(reason)


def switch_rule(name: str, *, on: bool, from_on: date, why: str, by) -> RuleSwitch:
    """Switch a published rule off or on from a date, with the reason. Questions already put stay.

    A rule that stands so already is left as it is: the switch that made it so is given back.
    """
    did = "switched a rule on" if on else "switched a rule off"
    may_switch_rules(name, by=by, did=did)
    if rule_named(name) is None or not why.strip():
        reason = "Say why the rule is switched." if rule_named(name) else "There is no such rule."
        record(by=by, did=did, about_kind="rule", about_id=name, refused_because=reason)
        raise NotPossible(reason)
    standing = RuleSwitch.objects.standing(name)
    if standing and standing.on == on:
        return standing
    try:
        with transaction.atomic():
            switch = RuleSwitch.objects.create(
                rule=name, on=on, from_on=from_on, by=by.display_name, why=why.strip(), follows=standing
            )
            record(by=by, did=did, about_kind="rule", about_id=name, why=why.strip())
    except IntegrityError:
        # Somebody pressed in the same moment: theirs stands, and it says the same.
        return RuleSwitch.objects.standing(name)
    return switch
