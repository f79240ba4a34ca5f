"""Who answers for an agency today: its chain of posts, with the absence calendar held against it. Changes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from .models import Absence, Agency, AgencyKind, LeadPlace, Post, PostHolding, Practitioner
from .rules.chain import Away, Chair, Half, Level, Reached, Sitting, in_words, who_answers
from .rules.posts import PostKind
from .rules.roles import SEES_NO_CHILD

AFTERNOON_BEGINS = time(13)


@dataclass(frozen=True)
class LeadNow:
    """Who answers, in which post, and how they were reached: `how_reached` is a code, `says` the sentence for people."""

    agency: Agency
    post: Post | None
    practitioner: Practitioner | None
    how_reached: str  # lead, stand-in, deputy, chief officer, the hub's chief officer, nobody
    says: str

    @property
    def phone(self) -> str:
        """Of whoever answers, else of their agency."""
        if self.practitioner is None:
            return self.agency.phone
        return self.practitioner.phone or self.practitioner.agency.phone


def lead_now(agency: Agency, today: date, *, half: Half | None = None) -> LeadNow:
    return leads_now([agency], today, half=half)[0]


def leads_now(agencies: Iterable[Agency], today: date, *, half: Half | None = None) -> list[LeadNow]:
    """One for each agency, in their order. A fixed number of queries, however many."""
    agencies = list(agencies)
    chains = Chains(agencies, today)
    reached = [who_answers(chains.of(agency), chains.absences, today, half) for agency in agencies]
    people = Practitioner.objects.select_related("agency").in_bulk(
        {found.person for found in reached if found.person}
    )
    return [
        LeadNow(
            agency=agency,
            post=chains.posts[found.chair.post] if found.chair else None,
            practitioner=people.get(found.person),
            how_reached=_how(found),
            says=in_words(found),
        )
        for agency, found in zip(agencies, reached, strict=True)
    ]


def half_of(moment) -> Half:
    return Half.AFTERNOON if timezone.localtime(moment).time() >= AFTERNOON_BEGINS else Half.MORNING


def acting_as(practitioner: Practitioner, today: date) -> dict:
    """For the trail of a decision: who led the agency that day, in which post, and whether the one deciding was acting for another."""
    return acting(lead_now(practitioner.agency, today), practitioner)


def acting(lead: LeadNow, practitioner: Practitioner) -> dict:
    if lead.practitioner is None:
        return {"lead": None}
    mine = lead.practitioner.pk == practitioner.pk
    return {
        "lead": lead.practitioner.pk,
        "lead_post": lead.post.pk,
        "reached": lead.how_reached,
        "acting": mine and lead.how_reached != "lead",
    }


def acting_in_words(lead: LeadNow, practitioner: Practitioner) -> str:
    """In which place of the chain somebody decided, as the page shows it; empty when they did not lead that day."""
    if lead.practitioner is None or lead.practitioner.pk != practitioner.pk:
        return ""
    return f"{lead.post.title}{'' if lead.how_reached == 'lead' else ', acting lead'}"


@dataclass(frozen=True)
class DecidingAs:
    """In which place of their agency's chain somebody decides now: the words for the page, the particulars for the trail."""

    words: str
    trail: dict


def deciding_as(practitioner, now: datetime) -> DecidingAs:
    """Rowan itself leads no agency, and nor does an operator."""
    if not isinstance(practitioner, Practitioner):
        return DecidingAs("", {})
    lead = lead_now(practitioner.agency, timezone.localdate(now))
    return DecidingAs(acting_in_words(lead, practitioner), acting(lead, practitioner))


def leads_the_agency(practitioner: Practitioner, today: date) -> bool:
    """Whether the practitioner sits in a post of their own agency's chain, or is its chief officer."""
    mine = PostHolding.objects.on(today).filter(
        practitioner=practitioner, post__agency=practitioner.agency_id
    )
    in_chain = LeadPlace.objects.on(today).values("post")
    return mine.filter(Q(post__in=in_chain) | Q(post__kind=PostKind.CHIEF_OFFICER)).exists()


def hubs_council() -> Agency | None:
    """The council at whose desk the hub sits: one that has named a chief officer before one that has not."""
    councils = Agency.objects.filter(kind=AgencyKind.COUNCIL).order_by("code")
    return councils.filter(posts__kind=PostKind.CHIEF_OFFICER).first() or councils.first()


def absences_of(people: Iterable[int], *, since: date) -> dict[int, list[Away]]:
    """The calendar of these people from a day on, and of those named to stand in for them. Two queries."""
    found: dict[int, list[Away]] = defaultdict(list)
    people = set(people)
    for each in (people, None):
        wanted = each if each is not None else _stand_ins_in(found) - people
        rows = Absence.objects.standing().filter(
            Q(until_on__isnull=True) | Q(until_on__gte=since), practitioner__in=wanted
        )
        for row in rows.select_related("stands_in"):
            found[row.practitioner_id].append(
                Away(row.from_on, row.until_on, Half(row.half) if row.half else None, _can_stand_in(row))
            )
    return dict(found)


def _stand_ins_in(found: dict[int, list[Away]]) -> set[int]:
    return {away.stands_in for absences in found.values() for away in absences if away.stands_in}


def _can_stand_in(absence: Absence) -> int | None:
    somebody = absence.stands_in
    if somebody is None or not somebody.is_active or somebody.role in SEES_NO_CHILD:
        return None
    return somebody.pk


class Chains:
    """The chains of some agencies, each ending with its chief officer and then the hub's council's."""

    def __init__(self, agencies: Iterable[Agency], today: date):
        hub = hubs_council()
        self.hub_id = hub.pk if hub else None
        wanted = {agency.pk for agency in agencies} | ({hub.pk} if hub else set())
        places = list(
            LeadPlace.objects.on(today)
            .filter(post__agency__in=wanted)
            .select_related("post")
            .order_by("place", "id")
        )
        chiefs = {
            post.agency_id: post
            for post in Post.objects.filter(kind=PostKind.CHIEF_OFFICER, agency__in=wanted)
        }
        self.posts = {place.post_id: place.post for place in places} | {
            post.pk: post for post in chiefs.values()
        }
        self._sittings: dict[int, list[Sitting]] = defaultdict(list)
        rows = PostHolding.objects.on(today).filter(post__in=list(self.posts)).order_by("order", "from_on")
        # Nobody whose role keeps them from every child's record answers for a child.
        for post, person, from_on, until_on in rows.exclude(practitioner__role__in=SEES_NO_CHILD).values_list(
            "post", "practitioner", "from_on", "until_on"
        ):
            self._sittings[post].append(Sitting(person, from_on, until_on))
        self.absences = absences_of(
            {sitting.person for sittings in self._sittings.values() for sitting in sittings}, since=today
        )
        self._chairs: dict[int, list[Chair]] = defaultdict(list)
        for place in places:
            self._chairs[place.post.agency_id].append(self._chair(place.post, Level.LEAD))
        self._chiefs = {agency: self._chair(post, Level.CHIEF_OFFICER) for agency, post in chiefs.items()}
        self._hubs_chief = (
            self._chair(chiefs[self.hub_id], Level.HUBS_CHIEF_OFFICER) if self.hub_id in chiefs else None
        )

    def of(self, agency: Agency) -> list[Chair]:
        chain = list(self._chairs[agency.pk])
        if chief := self._chiefs.get(agency.pk):
            chain.append(chief)
        if self._hubs_chief and agency.pk != self.hub_id:
            chain.append(self._hubs_chief)
        return chain

    def _chair(self, post: Post, level: Level) -> Chair:
        title = post.title
        if level == Level.CHIEF_OFFICER:
            title = f"The chief officer ({post.title})"
        elif level == Level.HUBS_CHIEF_OFFICER:
            title = f"The chief officer of the hub’s council ({post.title})"
        return Chair(post.pk, title, tuple(self._sittings[post.pk]), level)


def _how(reached: Reached) -> str:
    if reached.chair is None:
        return "nobody"
    if reached.stands_in:
        return "stand-in"
    if reached.chair.level != Level.LEAD:
        return reached.chair.level.value
    return "deputy" if reached.passed else "lead"
