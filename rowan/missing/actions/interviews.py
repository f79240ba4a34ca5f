"""The return home interview: given to somebody, offered as often as it takes, accepted or declined, not possible, or held."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from rowan.access.actions import owner_of_restricted
from rowan.access.clocks import may_not_take
from rowan.access.rules.matrix import Kind, Opens, cell_of
from rowan.agencies.models import Practitioner
from rowan.agencies.rules.roles import Role
from rowan.notices.actions import tell
from rowan.people.safe_contact import may_be_sent

from ..models import Episode, EventKind, HomeInterview, NameHeard
from ..rules.due import held
from ..rules.findings import Found
from ..rules.offers import HOWS, WAYS
from ..rules.steps import Interview, refusal_of_interview
from .findings import leave_lines
from .stepping import Said, lacks, take_step

YOURS = "A return home interview is yours to hold"


def who_may_hold(episode: Episode):
    """Those whose role reads what is known of the absence, and who may open this record. By name."""
    roles = [role.value for role in Role if (cell := cell_of(role, Kind.POLICE)) and cell.opens is Opens.EVERYTHING]  # fmt: skip
    if owner := owner_of_restricted(episode.person_id):
        return Practitioner.objects.filter(pk=owner.pk)
    found = Practitioner.objects.filter(is_active=True, role__in=roles)
    barred = may_not_take({0: episode.person_id}, set(found.values_list("pk", flat=True))).get(0, set())
    return found.exclude(pk__in=barred).select_related("agency").order_by("display_name", "pk")


def assign(
    episode: Episode, *, token: UUID, opened_on: int, interviewer: Practitioner | None, by, now: datetime
) -> Episode:
    """Somebody is to hold it: the clock is theirs, and the record opens to them."""
    ok = interviewer is not None and who_may_hold(episode).filter(pk=interviewer.pk).exists()
    said = Said(token, EventKind.ASSIGNED, now, interviewer.display_name if ok else "", lacking=[] if ok else ["Choose who holds the interview"])  # fmt: skip

    def change(locked: Episode) -> None:
        locked.interviewer = interviewer
        tell(interviewer, YOURS, reverse("missing:episode", args=[episode.pk]), now)

    return take_step(
        episode, said, opened_on=opened_on, by=by, now=now, change=change, handed_to=interviewer, refusal=_refusal_to_assign
    )  # fmt: skip


def _refusal_to_assign(episode: Episode) -> str | None:
    if not episode.interview:
        return refusal_of_interview("", Interview.OFFERED)
    return refusal_of_interview(episode.interview, Interview.OFFERED)


def offer(
    episode: Episode, *, token: UUID, opened_on: int, how: str, at: datetime, words="", override_why="", by, now: datetime
) -> Episode:  # fmt: skip
    """One more offer. What goes out to the child's telephone or home is asked of safe contact first."""
    if how in WAYS:
        may_be_sent(person_id=episode.person_id, way=WAYS[how], by=by, now=now, override_why=override_why)
    said = Said(
        token, EventKind.OFFERED, at, words, how, [] if how in HOWS else ["Choose how it was offered"]
    )
    return _step(episode, said, Interview.OFFERED, opened_on=opened_on, by=by, now=now)


def say_accepted(
    episode: Episode, *, token: UUID, opened_on: int, at: datetime, words="", by, now: datetime
) -> Episode:
    return _step(episode, Said(token, EventKind.ACCEPTED, at, words), Interview.ACCEPTED, opened_on=opened_on, by=by, now=now)  # fmt: skip


def say_declined(
    episode: Episode, *, token: UUID, opened_on: int, at: datetime, words: str, by, now: datetime
) -> Episode:
    """A no, in the child's words where there are any. The carer is asked next; it can be offered again at any time."""
    said = Said(token, EventKind.DECLINED, at, words, lacking=lacks(words, "Say what the child said"))
    return _step(episode, said, Interview.DECLINED, opened_on=opened_on, by=by, now=now)


def ask_carer(
    episode: Episode, *, token: UUID, opened_on: int, at: datetime, words: str, by, now: datetime
) -> Episode:
    said = Said(
        token, EventKind.CARER_ASKED, at, words, lacking=lacks(words, "Say what the carer knows, or that they know nothing")
    )  # fmt: skip
    return _step(episode, said, Interview.CARER_ASKED, opened_on=opened_on, by=by, now=now)


def not_possible(
    episode: Episode, *, token: UUID, opened_on: int, words: str, manager: str, by, now: datetime
) -> Episode:
    """Nobody closes it alone: a manager is named, with the reason."""
    lacking = [*lacks(words, "Say why it is not possible"), *lacks(manager, "Name the manager who decided")]
    said = Said(
        token, EventKind.NOT_POSSIBLE, now, f"{words.strip()}\nDecided by {manager.strip()}.", lacking=lacking
    )
    return _step(episode, said, Interview.NOT_POSSIBLE, opened_on=opened_on, by=by, now=now)


@dataclass(frozen=True)
class Heard:
    """What the interviewer wrote down. Intelligence and health go into their compartments and stand nowhere else."""

    independent: bool
    told_of_harm: str
    factors: tuple[str, ...] = ()
    noticed: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)  # the boxes of `HomeInterview`
    intelligence: str = ""
    health: str = ""

    def found(self) -> Found:
        people_or_places = bool(self.names or self.words.get("with_whom") or self.words.get("where_words"))
        return Found(self.told_of_harm, self.noticed, people_or_places)


def hear(
    episode: Episode, *, token: UUID, opened_on: int, at: datetime, heard: Heard, by, now: datetime
) -> Episode:
    """It was held. What it found becomes lines of the timeline; a sign of harm in it asks for its strategy discussion at once."""
    lacking = lacks(
        "".join(heard.words.values()),
        "Write down something of what was said, in the child’s words if you can",
    )
    if heard.told_of_harm not in {"yes", "no", "not_sure"}:
        lacking.append("Say whether the child told of harm")

    def change(locked: Episode) -> None:
        locked.interview = held(at, locked.interview_due_at).value
        made = HomeInterview.objects.create(
            pk=token,
            episode=locked,
            held_at=at,
            independent=heard.independent,
            factors=list(heard.factors),
            told_of_harm=heard.told_of_harm,
            noticed=list(heard.noticed),
            by=by,
            agency_code=by.agency.code,
            at=now,
            **{box: words.strip() for box, words in heard.words.items()},
        )
        for name in heard.names:
            NameHeard.objects.create(home_interview=made, as_said=name, agency_code=by.agency.code)
        leave_lines(locked, made, heard, by=by, now=now)

    was_due_at = episode.interview_due_at
    kind = EventKind.HELD_IN_TIME if was_due_at is None or at <= was_due_at else EventKind.HELD_LATE
    after_return = [] if episode.returned_at is None or at >= episode.returned_at else ["That is before the child came back."]  # fmt: skip
    return take_step(
        episode, Said(token, kind, at, lacking=[*lacking, *after_return]), opened_on=opened_on, by=by, now=now, change=change,
        refusal=lambda locked: refusal_of_interview(locked.interview, Interview(kind.value)),
    )  # fmt: skip


def _step(episode: Episode, said: Said, to: Interview, *, opened_on: int, by, now: datetime) -> Episode:
    def change(locked: Episode) -> None:
        locked.interview = to.value

    return take_step(
        episode, said, opened_on=opened_on, by=by, now=now, change=change, refusal=lambda locked: refusal_of_interview(locked.interview, to)
    )  # fmt: skip


def names_in(lines: str) -> tuple[str, ...]:
    """One name a line, as it was said."""
    return tuple(dict.fromkeys(" ".join(line.split()) for line in lines.splitlines() if line.strip()))
