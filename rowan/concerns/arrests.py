"""The arrests of children about which nobody has asked yet whether somebody exploited them: whose move it is, and by when. Changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from rowan.access.actions import seen_by
from rowan.access.rules.seeing import Seen
from rowan.agencies.rules.posts import POST_NAMES
from rowan.chronology.models import Entry
from rowan.people.called import Called, called
from rowan.people.models import KnownAs
from rowan.people.rules.age import age_on
from rowan.questions.models import HUB, Reason
from rowan.questions.rules import child_arrested
from rowan.timescales.actions import dated_values
from rowan.timescales.rules.settings import values_on
from rowan.timescales.rules.working_days import add_working_days

from .actions.protections import sees_protections
from .models import Protection
from .rules.protections import About

ADULT = 18
# Whom the rule asks about an arrest: theirs it is where no question is open.
NOBODY_ASKED = POST_NAMES[child_arrested.RULE.asks]


@dataclass(frozen=True)
class Waiting:
    """One arrest that still asks."""

    key: str
    child: Called
    happened_on: date
    due_on: date
    whose: str

    def is_late(self) -> bool:
        return self.due_on < timezone.localdate()


def waiting(by, today: date) -> list[Waiting]:
    """Those of children whose reports of the police the reader sees, what is due first on top. What is hidden is in no number."""
    rows = list(_unasked().values_list("key", "person_id", "happened_on", "known_on"))
    seen = {
        person_id: part
        for person_id, part in seen_by(by, {row[1] for row in rows}, today).items()
        if sees_protections(part)
    }
    rows = _of_children([row for row in rows if row[1] in seen])
    return sorted(_told(rows, seen, today), key=lambda each: (each.due_on, each.happened_on, each.key))


def _unasked():
    asked = Protection.objects.filter(about=About.SECTION_45.value).exclude(entry_key="").values("entry_key")
    return Entry.objects.current().filter(kind="arrested").exclude(key__in=asked)


def _of_children(rows: list[tuple]) -> list[tuple]:
    """Of somebody whose birth date nobody knows it is asked too."""
    born = dict(
        KnownAs.objects.current()
        .filter(person__in={row[1] for row in rows})
        .values_list("person_id", "birth_date")
    )
    return [row for row in rows if (age := age_on(born.get(row[1]), row[2])) is None or age < ADULT]


def _told(rows: list[tuple], seen: dict[str, Seen], today: date) -> Iterable[Waiting]:
    """Whoever the question about the arrest was put to has it; where none is open, whom the rule asks, counted from when it was known."""
    names = called({row[1]: seen[row[1]] for row in rows}, today)
    open_questions = _questions({row[1] for row in rows})
    days = int(str(values_on([child_arrested.DUE], dated_values(), today)[child_arrested.DUE.name]))
    for key, person_id, happened_on, known_on in rows:
        due_on, whose = open_questions.get(
            (person_id, happened_on), (add_working_days(known_on, days), NOBODY_ASKED)
        )
        yield Waiting(key, names[person_id], happened_on, due_on, whose)


def _questions(person_ids: set[str]) -> dict[tuple[str, date], tuple[date, str]]:
    reasons = Reason.objects.filter(
        rule=child_arrested.RULE.name, question__person__in=person_ids, question__audience=HUB, question__answered_at=None
    ).select_related("question__practitioner", "question__post")  # fmt: skip
    return {
        (each.question.person_id, each.happened_on): (each.question.due_on, _whose(each.question))
        for each in reasons
    }


def _whose(question) -> str:
    if question.practitioner:
        return question.practitioner.display_name
    return question.post.title if question.post else NOBODY_ASKED
