"""Who stands at each level of an agency today: its managers, heads of service, chain of leads, and the partnership. Changes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from rowan.access.rules.matrix import roles_that_open_records
from rowan.agencies.leads import Chains, absences_of, hubs_council
from rowan.agencies.models import Agency, Post, PostHolding, Practitioner
from rowan.agencies.rules.chain import Chair, Sitting
from rowan.agencies.rules.roles import SEES_NO_CHILD, Role

from .models import Place
from .rules.ladder import Level, Rung


class Ladders:
    """The ladders of some agencies on one day. A fixed number of queries, however many agencies."""

    def __init__(self, agencies: Iterable[Agency], today: date):
        wanted = {agency.pk: agency for agency in agencies}
        self.today = today
        self._chains = Chains(wanted.values(), today)
        hub = hubs_council()
        self._hub_id = hub.pk if hub else None
        self._managers = self._who_manage({*wanted, *([self._hub_id] if hub else [])})
        self._places: dict[str, list[tuple[Post, Chair]]] = defaultdict(list)
        self._read_places()
        people = {who for people in self._managers.values() for who in people}
        people |= {
            each.person for rows in self._places.values() for _, chair in rows for each in chair.sittings
        }
        self._also = absences_of(people, since=today)
        self.absences = {**self._also, **self._chains.absences}
        self.who_opens_no_record = self._without_a_record()

    def of(self, agency: Agency, practitioner: int | None = None, post: int | None = None) -> list[Rung]:
        """The rungs above one piece of work: its owner by name, else whoever sits in its post."""
        first = self._chair_of(practitioner, post)
        return [
            Rung(Level.PRACTITIONER, (first,) if first else ()),
            Rung(Level.MANAGER, self._manager_chairs(agency)),
            Rung(
                Level.HEAD_OF_SERVICE,
                tuple(
                    chair
                    for place, chair in self._places[Level.HEAD_OF_SERVICE]
                    if place.agency_id == agency.pk
                ),
            ),
            Rung(Level.SAFEGUARDING_LEAD, tuple(self._chains.of(agency))),
            Rung(Level.PARTNERSHIP, self._partnership(agency)),
        ]

    def by_the_hour(
        self, rungs: list[Rung], posts: Iterable[Post], owner: int | None, *, closed: bool
    ) -> list[Rung]:
        """The same rungs with those at the first who are at work at this hour: out of hours a desk and its deputy come before anybody by name."""
        desks = tuple(
            Chair(each.pk, each.title, tuple(Sitting(who) for who in self._sitters.get(each.pk, ())))
            for each in _with_deputies(posts)
        )
        named = (Chair(0, "Whoever has it", (Sitting(owner),)),) if owner is not None else ()
        return [Rung(Level.PRACTITIONER, (*desks, *named) if closed else (*named, *desks)), *rungs[1:]]

    def sitters_of(self, posts: Iterable[Post]) -> set[int]:
        return {who for post in _with_deputies(posts) for who in self._sitters.get(post.pk, ())}

    def absent_too(self, people: Iterable[int]) -> None:
        """Learn when these people are away too: the owners of what is looked at."""
        self.absences |= absences_of(set(people) - set(self.absences), since=self.today)

    def everybody(self, agencies: Iterable[Agency]) -> set[int]:
        chairs = (chair for agency in agencies for rung in self.of(agency) for chair in rung.chairs)
        people = {each.person for chair in chairs for each in chair.sittings}
        return people | {away.stands_in for rows in self.absences.values() for away in rows if away.stands_in}

    def _chair_of(self, practitioner: int | None, post: int | None) -> Chair | None:
        if practitioner is not None:
            return Chair(0, "Whoever has it", (Sitting(practitioner),))
        if post is None:
            return None
        return Chair(
            post, "Whoever holds the post", tuple(Sitting(who) for who in self._sitters.get(post, ()))
        )

    def _who_manage(self, agencies: set[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        managers = Practitioner.objects.filter(
            role=Role.APPROVING_MANAGER.value, is_active=True, agency__in=agencies
        )
        for pk, agency in managers.order_by("pk").values_list("pk", "agency"):
            found[agency].append(pk)
        return found

    def _manager_chairs(self, agency: Agency) -> tuple[Chair, ...]:
        """The agency's own managers; where it has none in Rowan, the hub's."""
        own = self._managers.get(agency.pk) or self._managers.get(self._hub_id or 0, [])
        return (Chair(0, "The manager", tuple(Sitting(who) for who in own)),) if own else ()

    def _partnership(self, agency: Agency) -> tuple[Chair, ...]:
        named = tuple(chair for _, chair in self._places[Level.PARTNERSHIP])
        return (*named, *self._chains.of(agency)[-1:])

    def _read_places(self) -> None:
        self._sitters: dict[int, list[int]] = defaultdict(list)
        rows = PostHolding.objects.on(self.today).exclude(practitioner__role__in=SEES_NO_CHILD)
        for post, who in rows.order_by("order", "from_on", "pk").values_list("post", "practitioner"):
            self._sitters[post].append(who)
        for place in Place.objects.on(self.today).select_related("post__deputy"):
            for post in (place.post, place.post.deputy):
                if post is not None:
                    sittings = tuple(Sitting(who) for who in self._sitters.get(post.pk, ()))
                    self._places[place.level].append((place.post, Chair(post.pk, post.title, sittings)))

    def _without_a_record(self) -> set[int]:
        roles = [role.value for role in roles_that_open_records()]
        return set(Practitioner.objects.exclude(role__in=roles).values_list("pk", flat=True))


def _with_deputies(posts: Iterable[Post]) -> list[Post]:
    """Each post, and the post that stands in for it."""
    return [each for post in posts for each in (post, post.deputy) if each is not None]
