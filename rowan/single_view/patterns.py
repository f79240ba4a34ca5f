"""Reads what is new on the trail and puts each pattern of looks that is worth a question, once.

It reads on from a remembered position, some lines at a time, and never the whole trail. Each piece is one transaction: the position,
the days' openings and the questions go forward together, so a run that is killed half-way loses and repeats nothing. Who opened whom
on which day is kept for some weeks, small and indexed, so that a week or a month is counted without reading the trail again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from rowan.access.standing import Groups
from rowan.agencies.models import Practitioner
from rowan.audit_trail.models import Entry
from rowan.people.models import Address, KnownAs, Name
from rowan.records.rules.spelling import plain
from rowan.timescales.actions import dated_values
from rowan.timescales.rules.settings import values_on

from .actions import put
from .models import LooksEvidence, LooksQuestion, OpenedRecord, TrailRead
from .passing_on import pass_on
from .rules import patterns as rules
from .rules.answers import Answered
from .rules.looks import IN_A_PACK, how_opened
from .rules.patterns import Pattern
from .rules.settings import BREADTH_DAYS, DUE, FIRST_READ, QUIET, SETTINGS, WINDOW

# The trail takes no line while a piece is read on SQLite, which has one writer: so few that nobody waits a second.
LINES_AT_ONCE = 500
# What is left is read by the next run: a worker that works for ten minutes is taken for killed.
PIECES_A_RUN = 200
# Beyond so many lines a question says that there are more: nobody reads a thousand lines to answer it.
EVIDENCE_A_QUESTION = 200
# The longest that a window may be set to.
KEPT_DAYS = 91
_LINE = ("position", "at", "by_kind", "by_id", "by_role", "about_person", "refused_because", "particulars")


@dataclass(frozen=True)
class Opening:
    """A line of the trail by which a practitioner opened a record, or was refused at one."""

    practitioner: int
    role: str
    on: date
    person_id: str
    how: str
    out_of_hours: bool
    position: int


@dataclass(frozen=True)
class Found:
    """A pattern that is worth a question, with the lines it rests on."""

    pattern: Pattern
    practitioner: int
    figures: rules.Figures
    positions: Sequence[int]
    about_person: str = ""


def look_for_patterns(now: datetime) -> int:
    """Read what is new on the trail, piece by piece. Says how many questions were put."""
    put_now = 0
    for _ in range(PIECES_A_RUN):
        asked, more = _next_piece(now)
        put_now += asked
        if not more:
            break
    if put_now:
        pass_on(now=now)
    forget_old_openings(now)
    return put_now


def forget_old_openings(now: datetime) -> None:
    OpenedRecord.objects.filter(on__lt=timezone.localdate(now) - timedelta(days=KEPT_DAYS)).delete()


def _next_piece(now: datetime) -> tuple[int, bool]:
    """Read one piece in one transaction. Says how many questions it put, and whether there is more to read."""
    values = values_on(SETTINGS, dated_values(), timezone.localdate(now))
    with transaction.atomic():
        before = _read_to(now, values)
        lines = list(
            Entry.objects.filter(position__gt=before).order_by("position").values(*_LINE)[:LINES_AT_ONCE]
        )
        if not lines:
            return 0, False
        mine = TrailRead.objects.filter(position=before)
        if not mine.update(position=lines[-1]["position"], read_at=now):
            return 0, False  # another worker has read them meanwhile
        openings = _openings(lines, values)
        _keep(openings)
        asked = sum(_ask(found, values, now) for found in _worth_asking(openings, values))
    return asked, len(lines) == LINES_AT_ONCE


def _read_to(now: datetime, values: rules.Values) -> int:
    if read := TrailRead.objects.first():
        return read.position
    since = now - timedelta(days=float(values[FIRST_READ.name]))
    last = Entry.objects.filter(at__lt=since).order_by("-at").values_list("position", flat=True).first()
    return TrailRead.objects.get_or_create(one=True, defaults={"position": last or 0, "read_at": now})[
        0
    ].position


def _openings(lines: Iterable[dict], values: rules.Values) -> list[Opening]:
    """Whom a meeting shows to everybody who sits at it, nobody chose to look at: its pack is no opening here."""
    by_people = [
        (line, how)
        for line in lines
        if line["by_kind"] == "practitioner"
        and line["about_person"]
        and (how := how_opened(line["particulars"], line["refused_because"])) not in {"", IN_A_PACK}
    ]
    ids = {line["by_id"] for line, _ in by_people if line["by_id"].isdigit()}
    known = {str(pk): pk for pk in Practitioner.objects.filter(pk__in=ids).values_list("pk", flat=True)}
    made = []
    for line, how in by_people:
        if line["by_id"] in known:
            local = timezone.localtime(line["at"])
            made.append(
                Opening(
                    known[line["by_id"]],
                    line["by_role"],
                    local.date(),
                    line["about_person"],
                    how,
                    rules.is_out_of_hours(local, values),
                    line["position"],
                )
            )
    return made


def _keep(openings: Iterable[Opening]) -> None:
    first = {}
    for each in openings:
        first.setdefault((each.practitioner, each.on, each.person_id, each.how, each.out_of_hours), each)
    OpenedRecord.objects.bulk_create(
        [
            OpenedRecord(
                practitioner_id=each.practitioner,
                role=each.role,
                on=each.on,
                person_id=each.person_id,
                how=each.how,
                out_of_hours=each.out_of_hours,
                position=each.position,
            )
            for each in first.values()
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def _worth_asking(openings: Sequence[Opening], values: rules.Values) -> Iterator[Found]:
    if not openings:
        return
    yield from _names(openings, values)
    by_day: dict[date, list[Opening]] = defaultdict(list)
    for each in openings:
        by_day[each.on].append(each)
    for day, of_day in sorted(by_day.items()):
        yield from _breadth_and_refusals(of_day, day, values)
        yield from _hours(of_day, day, values)
        yield from _neighbours(of_day, day, values)


def _names(openings: Sequence[Opening], values: rules.Values) -> Iterator[Found]:
    """The record of a child of their own name, or of their surname; all names a child has had count."""
    pairs: dict[tuple[int, str], list[Opening]] = defaultdict(list)
    for each in openings:
        pairs[each.practitioner, each.person_id].append(each)
    staff = _staff({practitioner for practitioner, _ in pairs})
    names = _names_of({person_id for _, person_id in pairs})
    shared: dict[tuple[int, str], tuple[Pattern, str]] = {}
    for practitioner, person_id in pairs:
        for first_name, surname in sorted(names.get(person_id, ())):
            if rules.is_own_name(staff[practitioner], first_name, surname):
                shared[practitioner, person_id] = (Pattern.OWN_NAME, surname)
                break
            if rules.shares_surname(staff[practitioner], surname):
                shared.setdefault((practitioner, person_id), (Pattern.SURNAME, surname))
    bearers = _bearers({surname for pattern, surname in shared.values() if pattern is Pattern.SURNAME})
    for (practitioner, person_id), (pattern, surname) in shared.items():
        looks = pairs[practitioner, person_id]
        figures: rules.Figures = {}
        if pattern is Pattern.SURNAME:
            if not rules.asks_about_surname(bearers[surname], {each.how for each in looks}, values):
                continue
            figures = rules.surname_figures(bearers[surname], values)
        yield Found(pattern, practitioner, figures, [each.position for each in looks], person_id)


def _staff(practitioners: Iterable[int]) -> dict[int, rules.Staff]:
    rows = Practitioner.objects.filter(pk__in=practitioners).values_list("pk", "display_name")
    return {pk: rules.Staff.named(name) for pk, name in rows}


def _names_of(person_ids: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
    """Every name of each child and of whoever was joined with her. Three queries, however many children."""
    groups = Groups(person_ids)
    of_group: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for model in (KnownAs, Name):
        rows = model.objects.current().filter(person_id__in=groups.all_ids)
        for person_id, first_name, surname in rows.values_list("person_id", "first_name", "surname"):
            of_group[groups.now_of[person_id]].add((first_name, surname))
    return {person_id: of_group[groups.now_of[person_id]] for person_id in groups.wanted}


def _bearers(surnames: Iterable[str]) -> Mapping[str, int]:
    """How many children the hub calls by each of these surnames, so that a common one can be said to be common. One query."""
    wanted = set(surnames)
    spellings = {spelt for each in wanted for spelt in (each, each.title(), each.upper())}
    rows = (
        KnownAs.objects.current()
        .filter(surname__in=spellings)
        .values("surname")
        .annotate(children=Count("person_id", distinct=True))
        .order_by()
    )
    bear: dict[str, int] = defaultdict(int)
    for surname, children in rows.values_list("surname", "children"):
        bear[plain(surname)] += children
    return {surname: bear[plain(surname)] for surname in wanted}


def _breadth_and_refusals(openings: Sequence[Opening], day: date, values: rules.Values) -> Iterator[Found]:
    """How many different children this week, held against the others of the role."""
    since = day - timedelta(days=int(values[BREADTH_DAYS.name]) - 1)
    children = Count("person_id", distinct=True, filter=~Q(how="refused"))
    records = Count("person_id", distinct=True, filter=Q(how="refused"))
    theirs = _counted(openings, since, day, children=children, records=records)
    wide = [row for row in theirs if rules.breadth(row["children"], (), values)]
    for row, others in _beside_their_role(wide, since, day, "children", children):
        if figures := rules.breadth(row["children"], others, values):
            positions = _positions(row["practitioner"], since, day, ~Q(how="refused"))
            yield Found(Pattern.BREADTH, row["practitioner"], figures, positions)
    for row in theirs:
        if figures := rules.refused(row["records"], values):
            positions = _positions(row["practitioner"], since, day, Q(how="refused"))
            yield Found(Pattern.REFUSED, row["practitioner"], figures, positions)


def _hours(openings: Sequence[Opening], day: date, values: rules.Values) -> Iterator[Found]:
    out = [each for each in openings if each.out_of_hours]
    if not out:
        return
    since = day - timedelta(days=int(values[WINDOW.name]) - 1)
    days = Count("on", distinct=True, filter=Q(out_of_hours=True))
    often = [row for row in _counted(out, since, day, days=days) if rules.hours(row["days"], (), values)]
    for row, others in _beside_their_role(often, since, day, "days", days):
        if figures := rules.hours(row["days"], others, values):
            positions = _positions(row["practitioner"], since, day, Q(out_of_hours=True))
            yield Found(Pattern.HOURS, row["practitioner"], figures, positions)


def _counted(openings: Iterable[Opening], since: date, day: date, **counts) -> list[dict]:
    """What each of these people comes to in the window, in the role they had. One query, by the index."""
    mine = {each.practitioner for each in openings}
    rows = OpenedRecord.objects.filter(practitioner__in=mine, on__range=(since, day))
    return list(rows.values("role", "practitioner").annotate(**counts).order_by("role", "practitioner"))


def _beside_their_role(
    beyond: Sequence[dict], since: date, day: date, name: str, count: Count
) -> Iterator[tuple[dict, list[int]]]:
    """Each with the counts of the others of the role. Nobody's colleagues are counted for somebody below the floor."""
    if not beyond:
        return
    rows = OpenedRecord.objects.filter(role__in={row["role"] for row in beyond}, on__range=(since, day))
    of_role: dict[str, dict[int, int]] = defaultdict(dict)
    counted = rows.values("role", "practitioner").annotate(**{name: count}).order_by()
    for role, practitioner, counted_there in counted.values_list("role", "practitioner", name):
        of_role[role][practitioner] = counted_there
    for row in beyond:
        yield (
            row,
            [number for other, number in of_role[row["role"]].items() if other != row["practitioner"]],
        )


def _neighbours(openings: Sequence[Opening], day: date, values: rules.Values) -> Iterator[Found]:
    """Several children of one postcode in whose lives they have no part. Where staff live is not kept, so this is as near as it comes."""
    outside = {each.practitioner for each in openings if each.how != "part"}
    if not outside:
        return
    since = day - timedelta(days=int(values[WINDOW.name]) - 1)
    looked: dict[int, dict[str, int]] = defaultdict(dict)
    rows = OpenedRecord.objects.filter(practitioner__in=outside, on__range=(since, day))
    without_part = rows.exclude(how="part").order_by("position")
    for practitioner, person_id, position in without_part.values_list(
        "practitioner", "person_id", "position"
    ):
        looked[practitioner][person_id] = position
    homes = _Homes({person_id for found in looked.values() for person_id in found})
    for practitioner, found in sorted(looked.items()):
        theirs = [(*home, homes.now_of[person_id]) for person_id in found for home in homes.of(person_id)]
        for figures, children in rules.neighbours(theirs, values):
            positions = [at for person_id, at in found.items() if homes.now_of[person_id] in children]
            yield Found(Pattern.NEIGHBOURS, practitioner, figures, positions)


class _Homes:
    """Where these children live or have lived, joined records together."""

    def __init__(self, person_ids: Iterable[str]):
        groups = Groups(person_ids)
        self.now_of = groups.now_of
        self._of: dict[str, set[tuple[str, str]]] = defaultdict(set)
        rows = Address.objects.current().filter(person_id__in=groups.all_ids).exclude(postcode="")
        for person_id, postcode, address in rows.values_list("person_id", "postcode", "address"):
            self._of[groups.now_of[person_id]].add((postcode, address))

    def of(self, person_id: str) -> set[tuple[str, str]]:
        return self._of[self.now_of[person_id]]


def _positions(practitioner: int, since: date, day: date, which: Q) -> list[int]:
    """The newest line of each child, so far as a question keeps them."""
    rows = OpenedRecord.objects.filter(which, practitioner=practitioner, on__range=(since, day))
    newest: dict[str, int] = dict(rows.order_by("position").values_list("person_id", "position"))
    return sorted(newest.values(), reverse=True)[:EVIDENCE_A_QUESTION]


def _ask(found: Found, values: rules.Values, now: datetime) -> bool:
    """Put it, or add to the one that is open already. What was explained is not asked again: of a child never, of a habit for a while."""
    ids = Groups([found.about_person]).all_ids if found.about_person else [""]
    asked = LooksQuestion.objects.filter(
        pattern=found.pattern, practitioner=found.practitioner, about_person__in=ids
    )
    if open_one := asked.open().first():
        # The newest figures, so that the sentence and the lines beneath it say the same.
        open_one.figures = found.figures
        open_one.save(update_fields=["figures"])
        _add_evidence(open_one, found.positions)
        return False
    if (last := asked.answered().order_by("-answered_at").first()) and _is_settled(last, found, values, now):
        return False
    question = put(
        pattern=found.pattern,
        practitioner_id=found.practitioner,
        about_person=found.about_person,
        figures=found.figures,
        settings_used={name: values[name] for name in rules.ASKS[found.pattern].settings},
        due_in=int(values[DUE.name]),
        now=now,
    )
    _add_evidence(question, found.positions)
    return True


def _is_settled(last: LooksQuestion, found: Found, values: rules.Values, now: datetime) -> bool:
    """Whether the newest answer still stands for what was found now."""
    explained = last.answer == Answered.EXPLAINED
    if found.about_person:
        looked_since = Entry.objects.filter(position__in=found.positions, at__gt=last.answered_at)
        return explained or not looked_since.exists()
    # Until a whole window has passed since the answer, the same looks would ask again.
    window = BREADTH_DAYS if found.pattern in (Pattern.BREADTH, Pattern.REFUSED) else WINDOW
    quiet = max(float(values[window.name]), float(values[QUIET.name]) if explained else 0)
    return now < last.answered_at + timedelta(days=quiet)


def _add_evidence(question: LooksQuestion, positions: Iterable[int]) -> None:
    room = EVIDENCE_A_QUESTION - question.evidence.count()
    if room > 0:
        LooksEvidence.objects.bulk_create(
            [LooksEvidence(question=question, position=position) for position in list(positions)[:room]],
            ignore_conflicts=True,
        )
