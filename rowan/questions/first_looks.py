"""How long a rule's questions of the past year waited until somebody first opened them, as the trail tells."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery

from rowan.access.reading import ROWAN, reading_as
from rowan.audit_trail.models import Entry as Line
from rowan.records.models import OvernightRun

from .by_group import LEAST_WHOLE
from .models import Question
from .rules.declaration import Rule
from .rules.first_look import Wait, hours_until

LOOKED_AT_QUESTION = "looked at a question"
LOOK_BACK = timedelta(days=365)
HOUR = timedelta(hours=1)
# Two days are told in hours, what is longer in days.
IN_HOURS = 48


@dataclass(frozen=True)
class FirstLooks:
    questions: int
    not_yet: int
    half: str
    nine_in_ten: str

    @property
    def are_enough(self) -> bool:
        """Of fewer, the half would tell of one of them."""
        return self.questions >= LEAST_WHOLE


# As in `by_group`: a count that differed from reader to reader would tell who is hidden from one of them.
@reading_as(ROWAN)
def first_looks(rule: Rule, now: datetime) -> FirstLooks:
    """From the end of the night that put a question until anybody opened it. One query, along the trail's index by child."""
    shown_at = OvernightRun.objects.filter(number=OuterRef("asked_run")).values("finished_at")[:1]
    looks = Line.objects.filter(
        about_person=OuterRef("person_id"), at__gte=OuterRef("shown_at"), did=LOOKED_AT_QUESTION, refused_because=""
    ).order_by("at")  # fmt: skip
    asked = (
        Question.objects.shown(OvernightRun.current_number())
        .filter(reasons__rule=rule.name, asked_on__gte=(now - LOOK_BACK).date())
        .annotate(shown_at=Subquery(shown_at))
        .annotate(first_look=Subquery(looks.values("at")[:1]))
        .order_by()
        .values_list("pk", "shown_at", "first_look")
        .distinct()
    )
    waits = [Wait(((look or now) - shown) / HOUR, look is not None) for _, shown, look in asked if shown]
    return FirstLooks(
        questions=len(waits),
        not_yet=sum(not wait.looked_at for wait in waits),
        half=_in_words(hours_until(0.5, waits)),
        nine_in_ten=_in_words(hours_until(0.9, waits)),
    )


def _in_words(hours: float | None) -> str:
    if hours is None:
        return "not yet"
    number, unit = (round(hours), "hour") if hours < IN_HOURS else (round(hours / 24), "day")
    return f"within {max(number, 1)} {unit}{'' if max(number, 1) == 1 else 's'}"
