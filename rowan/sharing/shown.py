"""What pages show of decisions, each only as far as this reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, prefetch_related_objects

from rowan.access.actions import seen_by
from rowan.access.rules.seeing import Seen, Through
from rowan.asked_alike import asked_alike
from rowan.people.called import Called, called
from rowan.questions.models import Owed
from rowan.timescales.models import Clock

from .models import Request, SharingDecision, StandingDecision
from .reading import handed_to, may_know_of, may_read, may_read_request
from .resting import why_not
from .rules.deciding import (
    ADVICE,
    CAPACITY,
    DECIDED_NAMES,
    FACTS,
    PURPOSES,
    REASONS_NOT,
    ROUTES,
    TOLD_NAMES,
    Decided,
    Said,
)
from .rules.items import item_named, known
from .rules.law import LAWS, names_of, standing_of
from .rules.standing import refusal_to_share_under
from .rules.who_decides import WHOSE_NAMES, Whose, refusal_to_decide

# A list of what waits is worked through, not scrolled: the oldest due come first, and the rest follow.
LIST_AT_MOST = 500
LOOKED_AT_SOON = timedelta(days=7)


@dataclass(frozen=True)
class Listed:
    """A decision in a list: opened by whoever may read its words, and otherwise only that it was made."""

    decision: SharingDecision
    opens: bool


@dataclass(frozen=True)
class ForChild:
    """The decisions and requests about one child that a reader may see, and what she can do in two taps."""

    decisions: list[Listed]
    requests: list[Request]
    standing: list[StandingDecision]
    may_decide: bool


def for_child(person_ids: Iterable[str], seen: Seen, by, today: date) -> ForChild:
    """A few queries, however many decisions."""
    person_ids = list(person_ids)
    asked = _requests_about(ids=person_ids)
    handed = handed_to(by, [row.pk for row in asked])
    may_decide = (
        refusal_to_decide(by.role, Whose.OWN, sees_joint=seen.is_hub) is None
        and seen.through is not Through.REASON
    )
    return ForChild(
        decisions=decisions_listed(person_ids, seen, by),
        requests=[row for row in asked if may_read_request(row, seen, by, handed)],
        standing=usable(by, seen, today) if may_decide else [],
        may_decide=may_decide,
    )


def decisions_listed(person_ids: Iterable[str], seen: Seen, by) -> list[Listed]:
    rows = _decisions_about(ids=list(person_ids))
    prefetch_related_objects(rows, "items", "notices")
    return [Listed(row, may_read(row, seen, by)) for row in rows if may_know_of(row, seen, by)]


@asked_alike
def _requests_about(ids):
    asked = Request.objects.filter(person__among=ids)
    return asked.select_related("asked_agency", "agency", "by").order_by("-at")


@asked_alike
def _standing_for(agency, today):
    usable_there = StandingDecision.objects.on(today).for_use_at(agency)
    return usable_there.select_related("agency", "recipient_agency")


@asked_alike
def _decisions_about(ids):
    # Not by way of the children, which would bring a decision about two of them twice.
    about = SharingDecision.children.through.objects.filter(person__among=ids).values("sharingdecision")
    made = SharingDecision.objects.newest().filter(pk__in=about)
    return made.select_related("by", "agency", "recipient_agency")


def usable(by, seen: Seen, today: date) -> list[StandingDecision]:
    found = _standing_for(agency=by.agency_id, today=today)
    over = why_not(found, today)
    return [
        standing
        for standing in found
        if refusal_to_decide(by.role, standing.whose, sees_joint=seen.is_hub) is None
        and refusal_to_share_under(
            from_on=standing.from_on,
            until_on=standing.until_on,
            ended=False,
            items=standing.items,
            same_agency=standing.agency_id == by.agency_id,
            whose=standing.whose,
            today=today,
            rests=over.get(standing.pk, ""),
        )
        is None
        and all(seen.tells(by.agency.code, item.compartment) for item in known(standing.items))
    ]


@dataclass(frozen=True)
class Row:
    """One line of a summary: what it is called, what it says, and the page of the form where it is changed."""

    name: str
    says: str
    box: str


LABELS = {
    "decided": "Decision",
    "whose": "Whose information",
    "recipient": "To",
    "recipient_person": "Person there",
    "items": "What",
    "items_words": "Also",
    "purpose": "For",
    "purpose_words": "In words",
    "article6": "Lawful basis",
    "condition": "Condition",
    "duty": "Duty or power",
    "necessary": "Why this much",
    "weighing": "Public interest against confidence",
    "capacity": "Understands what sharing means",
    "under_13": "Under 13",
    "caldicott": "Caldicott guardian’s advice",
    "told_child": "Child told",
    "told_parent": "Parent or carer told",
    "why_not_told": "Why not told",
    "childs_view": "The child’s view",
    "facts": "Fact or opinion",
    "accuracy": "Age and accuracy",
    "danger_if_seen": "Danger if the wrong person sees it",
    "route": "Way",
    "handling": "Limits",
    "advice": "Advice from",
    "advice_words": "What they advised",
    "reason_not": "Why not, or not all",
    "why_not": "For this child",
    "review_on": "Looked at again",
}
_NAMES = {
    "decided": {decided.value: name for decided, name in DECIDED_NAMES.items()},
    "whose": {whose.value: name for whose, name in WHOSE_NAMES.items()},
    "purpose": PURPOSES,
    "told_child": {told.value: name for told, name in TOLD_NAMES.items()},
    "told_parent": {told.value: name for told, name in TOLD_NAMES.items()},
    "facts": FACTS,
    "route": ROUTES,
    "advice": {key: name for key, name in ADVICE.items() if key},
    "capacity": CAPACITY,
    "under_13": {"yes": "Yes", "no": "No"},
    "reason_not": {key: name for key, (name, _) in REASONS_NOT.items()},
}


def rows_of(said: Said, standing: StandingDecision | None = None) -> list[Row]:
    """What a decision says, line by line, leaving out what was left empty."""
    rows = []
    for box, name in LABELS.items():
        value = getattr(said, box)
        if box == "items":
            says = "; ".join(item.name for item in known(value))
        elif box in {"article6", "condition", "duty"}:
            says = "; ".join(names_of([value]))
        elif box == "review_on":
            says = f"{value.day} {value:%B %Y}" if value else ""
        else:
            says = _NAMES.get(box, {}).get(value, value)
        if box in {"told_child", "told_parent"} and value == "standing" and standing:
            says = f"{says}: {standing.families_told}"
        if says:
            rows.append(Row(name, says, box))
    return rows


def said_in(decision: SharingDecision) -> Said:
    same = {
        name: getattr(decision, name)
        for name in Said.__dataclass_fields__
        if name not in {"recipient", "items"}
    }
    return Said(
        **same,
        recipient=decision.recipient,
        items=tuple(item.item for item in decision.items.all()),
    )


def item_names(decision: SharingDecision) -> list[str]:
    return [item.name for row in decision.items.all() if (item := item_named(row.item))]


def versions_of(decision: SharingDecision) -> list[SharingDecision]:
    """The decision and those it corrects, newest first."""
    found, now = [decision], decision
    while now.corrects_id:
        now = SharingDecision.objects.select_related("by", "agency", "recipient_agency").get(
            pk=now.corrects_id
        )
        found.append(now)
    return found


def is_not_shared(decision: SharingDecision) -> bool:
    return decision.decided in {Decided.NOT_SHARE.value, Decided.LATER.value}


def rows_of_standing(standing: StandingDecision) -> list[Row]:
    said = Said(
        whose=standing.whose,
        recipient=standing.recipient,
        recipient_person=standing.recipient_person,
        items=tuple(standing.items),
        purpose=standing.purpose,
        purpose_words=standing.purpose_words,
        article6=standing.article6,
        condition=standing.condition,
        duty=standing.duty,
        necessary=standing.necessary,
        route=standing.route,
        handling=standing.handling,
    )
    return [*rows_of(said), Row("When families are told", standing.families_told, "families_told")]


def law_notes(settings, today: date) -> list[tuple[str, str, str]]:
    """Laws that wait for a date: what each says, and how it stands."""
    return [(law.name, law.says, standing_of(law, settings, today)) for law in LAWS if law.from_setting]


@dataclass(frozen=True)
class Card:
    """One request, or one promise to ask, with what its reader calls the child."""

    child: Called
    request: Request | None = None
    owed: Owed | None = None
    decision: SharingDecision | None = None
    due_on: date | None = None


def requests_waiting(by, today: date) -> list[Card]:
    """Open requests that my agency made or was asked, or that were taken to me, about children I may see. Five queries, however many."""
    mine = Clock.objects.running().filter(owner=by, about_kind="request").values_list("about_id", flat=True)
    rows = list(
        Request.objects.open()
        .filter(Q(agency=by.agency_id) | Q(asked_agency=by.agency_id) | Q(pk__in=list(mine)))
        .select_related("asked_agency", "agency", "by")[:LIST_AT_MOST]
    )
    seen = seen_by(by, [row.person_id for row in rows], today)
    names = called(seen, today)
    return [Card(names[row.person_id], request=row) for row in rows if row.person_id in seen]


def owed_to_ask(by, today: date) -> list[Card]:
    """What I promised to ask, answering a question, and have not asked yet (pulled from questions, never pushed)."""
    rows = list(
        Owed.objects.filter(act="ask_agency", settled_at=None, answer__by=by)
        .select_related("answer__question", "answer__agency")
        .order_by("due_on", "id")[:LIST_AT_MOST]
    )
    seen = seen_by(by, [row.answer.question.person_id for row in rows], today)
    names = called(seen, today)
    return [
        Card(names[row.answer.question.person_id], owed=row)
        for row in rows
        if row.answer.question.person_id in seen
    ]


def to_look_at_again(by, today: date) -> list[Card]:
    """Decisions whose day to be looked at again is here or near, and whose clock is theirs. Six queries, however many."""
    clocks = Clock.objects.running().filter(
        owner=by, about_kind="sharing decision", due_on__lte=today + LOOKED_AT_SOON
    )
    due = {clock.about_id: clock for clock in clocks.order_by("due_on", "pk")[:LIST_AT_MOST]}
    rows = SharingDecision.objects.select_related("recipient_agency", "agency").in_bulk(list(due))
    rows = {str(pk): row for pk, row in rows.items()}
    seen = seen_by(by, [clock.about_person for clock in due.values()], today)
    names = called(seen, today)
    return [
        Card(names[clock.about_person], decision=rows[pk], due_on=clock.due_on)
        for pk, clock in due.items()
        if clock.about_person in seen and pk in rows
    ]


def purpose_in_words(row) -> str:
    return ". ".join(filter(None, (PURPOSES.get(row.purpose, ""), row.purpose_words)))
