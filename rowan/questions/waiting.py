"""What waits for somebody: questions and signs of harm, in the order they are due. Looks things up and changes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from rowan.access.models import Involvement, Why
from rowan.access.rules.seeing import Seen, Through
from rowan.access.standing import hidden_from, owned_by
from rowan.agencies.models import PostHolding
from rowan.agencies.rules.posts import PostKind
from rowan.asked_alike import asked_alike
from rowan.chronology.models import Entry, EntrySource, Observed
from rowan.records.models import ImportedFile, OvernightRun
from rowan.timescales.actions import dated_values
from rowan.timescales.models import Clock
from rowan.timescales.rules.settings import values_on

from .models import Question, Reason, StrategyAnswer
from .reasons import reasons_of
from .rules.declaration import whole
from .rules.feeds import FEED_OF
from .rules.settings import FOR_ALL, OLD_SIGNS_DUE, PUBLISHED_WITHIN_DAYS
from .rules.signs_of_harm import came_with_a_first_file, sign_due_on

NOT_ASKED = "This question was put to somebody else. If you know something that answers it, tell them: their name stands above."
NOT_YOUR_SIGN = "This is asked of the child's allocated worker, or of triage where there is none."


def agency_held_posts(today: date) -> dict[str, set[PostKind]]:
    """Which posts somebody holds today, by agency."""
    held: dict[str, set[PostKind]] = defaultdict(set)
    rows = PostHolding.objects.on(today).values_list("post__agency__code", "post__kind")
    for agency, kind in rows:
        held[agency].add(PostKind(kind))
    return held


def named_for_me(practitioner, *, today: date) -> list[UUID]:
    """The ids of open questions put to this practitioner, to a post they hold, or to one they deputise for while nobody holds it.

    By due date, then the oldest. A fixed number of queries however long the list.
    """
    return _named_in(OvernightRun.current_number(), practitioner, today)


def _named_in(run: int, practitioner, today: date) -> list[UUID]:
    # Left out before anybody counts or pages: what is hidden is in no number either.
    hidden, owned = hidden_from(practitioner), owned_by(practitioner)
    return _waiting_for(run=run, who=practitioner.pk, today=today, hidden=hidden, owned=owned)


def for_me(practitioner, *, today: date) -> list[Question]:
    run = OvernightRun.current_number()
    return whole_questions(_named_in(run, practitioner, today), run)


def whole_questions(ids: list[UUID], run: int) -> list[Question]:
    """In the order in which they are named, with all that a list shows of them: reasons too, but not those of a night that is not shown."""
    found = {question.pk: question for question in _whole(ids=ids)} if ids else {}
    reasons: dict[UUID, list[Reason]] = defaultdict(list)
    for reason in reasons_of(ids):
        if reason.asked_run <= run:
            reasons[reason.question_id].append(reason)
    for pk, question in found.items():
        # As `prefetch_related` would leave them.
        question._prefetched_objects_cache = {"reasons": reasons[pk]}
    return [found[pk] for pk in ids if pk in found]


@asked_alike
def _waiting_for(run, who, today, hidden, owned):
    asked = Question.objects.shown(run).open()
    theirs = asked.filter(_put_to(who, today) & ~Q(person__among=hidden) | Q(person__among=owned))
    return theirs.order_by("due_on", "asked_on", "id").values_list("pk", flat=True)


@asked_alike
def _whole(ids):
    return Question.objects.filter(pk__among=ids).select_related("post__agency", "deputy", "practitioner")


def _put_to(practitioner, today) -> Q:
    """`practitioner` is told by id."""
    mine = PostHolding.objects.on(today).filter(practitioner=practitioner).values("post")
    held = PostHolding.objects.on(today).values("post")
    # Somebody who has left no longer answers: the post behind them does.
    nobody_in_person = Q(practitioner__isnull=True) | Q(practitioner__is_active=False)
    # What waits for room is in nobody's list, until a night finds some.
    nobody_in_person &= Q(waits_for_room=False)
    as_holder = nobody_in_person & Q(post__in=mine)
    as_deputy = nobody_in_person & Q(deputy__in=mine) & ~Q(post__in=held)
    return Q(practitioner=practitioner) | as_holder | as_deputy


def refusal_to_answer(question: Question, practitioner, *, today: date) -> str | None:
    """Why this practitioner may not answer, or None. A deputy may answer also while the post is held: somebody must, at night."""
    mine = set(PostHolding.objects.on(today).filter(practitioner=practitioner).values_list("post", flat=True))
    if question.practitioner_id == practitioner.pk or mine & {question.post_id, question.deputy_id}:
        return None
    return None if question.person_id in owned_by(practitioner) else NOT_ASKED


def refusal_to_read(question: Question, seen: Seen, practitioner, *, today: date) -> str | None:
    """Why somebody who may open the child's record may still not read this question: it was put to another agency's people."""
    if seen.through is not Through.REASON and (seen.is_hub or question.audience == seen.audience):
        return None
    return refusal_to_answer(question, practitioner, today=today)


def all_signs_for(practitioner, *, today: date) -> tuple[list[Entry], list[Entry]]:
    """Signs of harm that wait for this practitioner, and the older ones apart."""
    signs = _signs(practitioner, today)
    return [sign for sign, old in signs if not old], [sign for sign, old in signs if old]


def signs_for(practitioner, *, today: date) -> list[Entry]:
    """Signs of harm that wait for *strategy discussion today?*, of this practitioner: due the day each reached Rowan."""
    return all_signs_for(practitioner, today=today)[0]


def old_signs_for(practitioner, *, today: date) -> list[Entry]:
    """The one list of older signs that a feed's first file brought: *known and acted on?*"""
    return all_signs_for(practitioner, today=today)[1]


def old_signs_due_on(signs: Iterable[Entry], *, today: date) -> date | None:
    within = _numbers(today)[1]
    days = [sign_due_on(sign.known_on, old=True, old_due_working_days=within) for sign in signs]
    return min(days, default=None)


def sign_named(entry_key: str) -> Entry | None:
    return Entry.objects.current().filter(key=entry_key, observed=Observed.SIGN_OF_HARM).first()


def strategy_answers(sign: Entry) -> list[StrategyAnswer]:
    return list(
        StrategyAnswer.objects.filter(entry_key=sign.key).select_related("by__agency").order_by("at", "id")
    )


def unanswered_signs(run: int | None = None) -> QuerySet[Entry]:
    """Every sign of harm nobody has answered, whatever its age: a query, never a copy."""
    return (
        Entry.objects.current(run)
        .filter(observed=Observed.SIGN_OF_HARM)
        .exclude(key__in=StrategyAnswer.objects.values("entry_key"))
        .order_by("known_on", "happened_on", "id")
    )


def refusal_to_answer_sign(sign: Entry, practitioner, *, today: date) -> str | None:
    allocated = (
        Involvement.objects.on(today)
        .not_kept_out()
        .filter(person_id=sign.person_id, why=Why.ALLOCATED_WORKER, practitioner=practitioner)
    )
    if allocated.exists() or _answers_triage(practitioner, today):
        return None
    if _passed_to(practitioner).filter(about_id=sign.key).exists():
        return None
    return None if sign.person_id in owned_by(practitioner) else NOT_YOUR_SIGN


def asked_by_name(today: date):
    """Children whose allocated worker signs in: their signs of harm go to that worker, all others to triage."""
    return (
        Involvement.objects.on(today)
        .not_kept_out()
        .filter(why=Why.ALLOCATED_WORKER, practitioner__is_active=True)
        .values("person_id")
    )


def old_among(signs: list[Entry], today: date) -> set[str]:
    """Keys of the signs that came with a feed's first file and were older than the window by then."""
    began = {
        (feed, agency): first
        for feed, agency, first in ImportedFile.objects.values("feed", "agency__code")
        .annotate(first=Min("received_on"))
        .values_list("feed", "agency__code", "first")
    }
    feeds: dict[str, set[tuple[str, str]]] = defaultdict(set)
    rows = EntrySource.objects.filter(entry_key__in=[sign.key for sign in signs], until_run__isnull=True)
    for key, kind, agency in rows.values_list("entry_key", "record_kind", "agency_code"):
        feeds[key].add((FEED_OF.get(kind, kind), agency))
    window = _numbers(today)[0]
    return {
        sign.key
        for sign in signs
        if any(
            came_with_a_first_file(
                happened_on=sign.happened_on,
                known_on=sign.known_on,
                feed_began_on=began.get(feed),
                window_days=window,
            )
            for feed in feeds[sign.key]
        )
    }


def _signs(practitioner, today: date) -> list[tuple[Entry, bool]]:
    of = _signs_of_triage_and if _answers_triage(practitioner, today) else _signs_of
    signs = of(
        run=OvernightRun.current_number(), who=practitioner.pk, today=today, hidden=hidden_from(practitioner), owned=owned_by(practitioner)
    )  # fmt: skip
    old = old_among(signs, today) if signs else set()
    return [(sign, sign.key in old) for sign in signs]


def _asked_of(who, today) -> Q:
    mine = Involvement.objects.on(today).filter(why=Why.ALLOCATED_WORKER, practitioner=who)
    return Q(person__in=mine.values("person_id")) | Q(key__in=_passed_to(who).values("about_id"))


def _unanswered(run, asked: Q, hidden, owned) -> QuerySet[Entry]:
    theirs = asked & ~Q(person__among=hidden) | Q(person__among=owned)
    return unanswered_signs(run).filter(theirs).select_related("person")


@asked_alike
def _signs_of(run, who, today, hidden, owned):
    return _unanswered(run, _asked_of(who, today), hidden, owned)


@asked_alike
def _signs_of_triage_and(run, who, today, hidden, owned):
    of_nobody = ~Q(person__in=asked_by_name(today))
    return _unanswered(run, _asked_of(who, today) | of_nobody, hidden, owned)


def _passed_to(practitioner) -> QuerySet[Clock]:
    """Running clocks of signs of harm that are this practitioner's, by allocation or because somebody else is away."""
    return Clock.objects.running().filter(owner=practitioner, about_kind="sign of harm")


def _answers_triage(practitioner, today: date) -> bool:
    return bool(_at_triage(who=practitioner.pk, today=today))


@asked_alike
def _at_triage(who, today):
    held = PostHolding.objects.on(today).filter(practitioner=who, post__kind=PostKind.TRIAGE)
    return held.order_by().values_list("pk", flat=True)[:1]


def _numbers(today: date) -> tuple[int, int]:
    values = values_on(FOR_ALL, dated_values(), today)
    return whole(values, PUBLISHED_WITHIN_DAYS), whole(values, OLD_SIGNS_DUE)
