"""How practitioners stand to children: looked up for one child or for a list, always in the same few queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from rowan.agencies.models import Practitioner
from rowan.agencies.rules.roles import Role
from rowan.asked_alike import asked_alike
from rowan.asked_once import asked_once, asked_one_by_one

from .models import Involvement, JoinedRecord, KeptOut, LetIn, Opening, OpeningKind, Restriction
from .rules.seeing import Part, Standing


class Groups:
    """Who is one person: each id with every id that was joined with it. One query, and on one page none for ids it has asked about.

    Who is hidden is asked about `unremembered`: a page that asked less about a hidden child than about nobody would give the child away.
    """

    def __init__(self, person_ids: Iterable[str], *, unremembered: bool = False):
        self.wanted = list(dict.fromkeys(person_ids))
        ids = set(self.wanted)
        joined = _joined(ids) if unremembered else asked_one_by_one("joined records", ids, _joined)
        self.now_of = {person_id: joined[person_id][0] for person_id in self.wanted}
        for now_id, those in joined.values():
            self.now_of.update(dict.fromkeys(those, now_id))
        self.all_ids = list(self.now_of)


@asked_alike
def _who_were_joined(ids):
    into = JoinedRecord.objects.filter(person_id__among=ids).values("now_id")
    rows = JoinedRecord.objects.filter(Q(person_id__among=ids) | Q(now_id__among=ids) | Q(now_id__in=into))
    return rows.order_by("person_id").values_list("person_id", "now_id")


def _joined(wanted: set[str]) -> dict[str, tuple[str, list[str]]]:
    """For each id the one that stands for the person now, and every id that leads to that one, itself among them."""
    now_of = dict(_who_were_joined(ids=wanted))
    together: dict[str, list[str]] = defaultdict(list)
    for person_id, now_id in now_of.items():
        together[now_id].append(person_id)
    return {
        person_id: (now_id, [now_id, *together[now_id]])
        for person_id in wanted
        for now_id in [now_of.get(person_id, person_id)]
    }


def standings(practitioner, person_ids: Iterable[str] | Groups, now: datetime) -> dict[str, Standing]:
    """One practitioner and many children. Five queries, however many (four, when who is one person is known); the same for an id that is nobody's."""
    groups = person_ids if isinstance(person_ids, Groups) else Groups(person_ids)
    if not groups.wanted:
        return {}
    parts: dict[str, list[Part]] = defaultdict(list)
    who, ids = practitioner.pk, groups.all_ids
    for person_id, *part in _parts_of(
        ids=ids,
        who=who,
        team=practitioner.team_id,
        agency=practitioner.agency_id,
        day=timezone.localdate(now),
    ):
        parts[groups.now_of[person_id]].append(Part(*part))
    named: dict[str, list[bool]] = defaultdict(list)
    for person_id, let_in in _restricted_among(ids=ids, who=who):
        named[groups.now_of[person_id]].append(let_in)
    kept_out = {groups.now_of[person_id] for person_id in _kept_out_of(ids=ids, who=who)}
    openings = {(groups.now_of[person_id], kind) for person_id, kind in _opened(ids=ids, who=who, now=now)}
    return {
        person_id: Standing(
            parts=parts[now_id],
            restricted=bool(named[now_id]),
            named=all(named[now_id]),
            kept_out=now_id in kept_out,
            emergency=(now_id, OpeningKind.EMERGENCY) in openings,
            reason=(now_id, OpeningKind.REASON) in openings,
        )
        for person_id in groups.wanted
        for now_id in [groups.now_of[person_id]]
    }


@asked_alike
def _parts_of(ids, who, team, agency, day):
    theirs = Involvement.objects.of_somebody(who, team, agency, day).filter(person_id__among=ids)
    return theirs.values_list("person_id", "why", "agency__code", "agency__kind", "opened_on", "closed_on")


@asked_alike
def _restricted_among(ids, who):
    mine = LetIn.objects.filter(restriction=OuterRef("pk"), practitioner=who)
    standing = Restriction.objects.standing().filter(person_id__among=ids)
    return standing.annotate(mine=Exists(mine)).values_list("person_id", "mine")


@asked_alike
def _kept_out_of(ids, who):
    standing = KeptOut.objects.standing().filter(practitioner=who, person_id__among=ids)
    return standing.values_list("person_id", flat=True)


@asked_alike
def _opened(ids, who, now):
    running = Opening.objects.running(now).filter(_somebody_is(), practitioner=who, person_id__among=ids)
    return running.order_by().values_list("person_id", "kind")


def _somebody_is():
    """Access is asked for without telling whether there is a record: where there is none, it opens nothing.

    By name: `people` stands after this room, which knows a child by id only. Within the query, so that it costs no other.
    """
    return Exists(apps.get_model("people", "Person").objects.filter(pk=OuterRef("person_id")))


@asked_alike
def _kept_from(who):
    mine = LetIn.objects.filter(restriction=OuterRef("pk"), practitioner=who)
    of_others = Restriction.objects.standing().filter(~Exists(mine))
    kept_out = KeptOut.objects.standing().filter(practitioner=who)
    return of_others.values_list("person_id", flat=True).union(kept_out.values_list("person_id", flat=True))


def hidden_from(practitioner) -> set[str]:
    """Ids of the children whose existence is hidden from this practitioner, for lists and counts to leave out before they page.

    Asked about nobody in particular, so once on a page that is looked at.
    """
    return asked_once(
        ("hidden from", practitioner.pk), lambda: _whole_groups(_kept_from(who=practitioner.pk))
    )


def _whole_groups(person_ids: Iterable[str]) -> set[str]:
    ids = set(person_ids)
    return set(Groups(ids, unremembered=True).all_ids) if ids else set()


def restricted_people() -> set[str]:
    """Ids of every child whose record is restricted. Rowan's own, never a page's: it says who is hidden."""
    return _whole_groups(Restriction.objects.standing().values_list("person_id", flat=True))


@asked_alike
def _answered_for(owner):
    return Restriction.objects.standing().filter(owner=owner).values_list("person_id", flat=True)


def owned_by(practitioner) -> set[str]:
    """Ids of the restricted children whose record this practitioner answers for."""
    return asked_once(
        ("owned by", practitioner.pk), lambda: _whole_groups(_answered_for(owner=practitioner.pk))
    )


def owners_of_restricted(person_ids: Iterable[str]) -> dict[str, Practitioner]:
    """Who answers for each of these children whose record is restricted: everything about the child goes to them and nobody else.

    The owner (of two joined records that are both restricted, of the one restricted last); when they have left, somebody else whom the restriction lets in; else an approving manager, so that it is somebody.
    Nobody who is kept out of the record.
    """
    groups = Groups(person_ids)
    standing = Restriction.objects.standing().filter(person_id__in=groups.all_ids).order_by("pk")
    let_in: dict[int, list[Practitioner]] = defaultdict(list)
    for row in (
        LetIn.objects.filter(restriction__in=standing).select_related("practitioner__agency").order_by("pk")
    ):
        let_in[row.restriction_id].append(row.practitioner)
    kept_out: dict[str, set[int]] = defaultdict(set)
    for person_id, who in (
        KeptOut.objects.standing()
        .filter(person_id__in=groups.all_ids)
        .values_list("person_id", "practitioner")
    ):
        kept_out[groups.now_of[person_id]].add(who)
    rows = {groups.now_of[row.person_id]: row for row in standing.select_related("owner__agency")}
    return {
        person_id: owner
        for person_id in groups.wanted
        for now_id in [groups.now_of[person_id]]
        if (row := rows.get(now_id)) and (owner := _owner(row, let_in[row.pk], kept_out[now_id]))
    }


def owner_of_restricted(person_id: str) -> Practitioner | None:
    return owners_of_restricted([person_id]).get(person_id)


def _owner(row: Restriction, let_in: list[Practitioner], kept_out: set[int]) -> Practitioner | None:
    if row.owner and row.owner.is_active:
        return row.owner
    if still_here := [person for person in let_in if person.is_active and person.pk not in kept_out]:
        return still_here[0]
    managers = Practitioner.objects.filter(role=Role.APPROVING_MANAGER.value, is_active=True)
    return managers.exclude(pk__in=kept_out).select_related("agency").order_by("pk").first()
