"""After a decision to refer, somebody owes the referral and then children's social care owes its answer: each waits under a clock of its own.

Rowan refers nobody: children's social care's own system does, and is mirrored. Until its fact is recorded here, it is asked for.
"""

from datetime import datetime

from django.utils import timezone

from rowan.timescales.actions import start_clock, stop_clock
from rowan.timescales.models import Clock
from rowan.timescales.rules.working_days import add_working_days

from ..models import Concern
from ..reading import settings_on
from ..rules.running import KIND
from ..rules.settings import ANSWERED_WITHIN, REFERRED_WITHIN
from ..rules.social_care import ANSWER_OWED, CLOCKS, REFERRAL_OWED, what_is_waited_for
from ..waiting import desk_of

WITHIN = {REFERRAL_OWED: REFERRED_WITHIN, ANSWER_OWED: ANSWERED_WITHIN}


def wait_for_social_care(concern: Concern, *, by, now: datetime) -> None:
    """Within an act: stop what has come, start what is owed now. What runs already keeps its day and its owner."""
    today = timezone.localdate(now)
    decision = concern.decisions.standing().last()
    facts = set(concern.statutory_facts.values_list("fact", flat=True))
    owed = what_is_waited_for(decision.decided if decision else "", facts)
    for clock in set(CLOCKS) - {owed}:
        stop_clock(
            what=clock,
            about_kind=KIND,
            about_id=concern.pk,
            now=now,
            because="recorded, or decided otherwise",
        )
    if owed and not waits_for_social_care(concern).filter(what=owed).exists():
        start_clock(
            what=owed,
            about_kind=KIND,
            about_id=concern.pk,
            about_person=concern.child_of_its_clock,
            due_on=add_working_days(today, int(settings_on(today)[WITHIN[owed].name])),
            now=now,
            owner=by,
            owner_post=desk_of(concern, today),
        )


def waits_for_social_care(concern: Concern):
    """The running clock, if there is one."""
    return Clock.objects.running().filter(about_kind=KIND, about_id=str(concern.pk), what__in=CLOCKS)
