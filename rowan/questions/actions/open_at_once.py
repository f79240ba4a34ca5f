"""How many open questions each person has, so that nobody is put more than one person can answer."""

from datetime import date

from django.db.models import Count

from rowan.agencies.models import Practitioner
from rowan.timescales.actions import dated_values
from rowan.timescales.rules.settings import values_on

from ..models import Question
from ..posts import Posts
from ..rules.dealt import Dealt, People
from ..rules.declaration import Rule, whole
from ..rules.settings import FOR_ALL, OPEN_AT_ONCE
from ..rules.whom_to_ask import Place


class OpenAtOnce:
    """Counted when some children are begun with, and counted on as questions are put about them. One query and the setting's.

    Whichever way a question reaches somebody: by name, by a post they hold, or by one they stand in for while nobody holds it; of the
    hub's and of every school's. What waits for room is in nobody's list and counts for nobody.
    """

    def __init__(self, posts: Posts, today: date):
        self.posts = posts
        self.dealt = Dealt(whole(values_on(FOR_ALL, dated_values(), today), OPEN_AT_ONCE))
        rows = Question.objects.open().filter(waits_for_room=False).order_by()
        put_to = rows.values_list("practitioner", "practitioner__is_active", "post", "deputy")
        for person, is_active, post, deputy, many in put_to.annotate(many=Count("pk")):
            self.dealt.deal(self._reached(person if is_active else None, post, deputy), many)

    def is_full(self, practitioner: Practitioner | None) -> bool:
        return practitioner is not None and not self.dealt.has_room(frozenset({practitioner.pk}))

    def line(self, rule: Rule, audience: str) -> list[Place]:
        """As the posts of the day give it, with who has as many as one person is given."""
        places = self.posts.line(rule, audience)
        full = {
            place.post for place in places if not self.dealt.has_room(self._reached(None, place.post, None))
        }
        return self.posts.line(rule, audience, full)

    def add(self, question: Question) -> None:
        if not question.waits_for_room:
            self.dealt.deal(self._reached(question.practitioner_id, question.post_id, question.deputy_id))

    def _reached(self, person: int | None, post: int | None, deputy: int | None) -> People:
        """In whose list it stands, as `waiting.named_for_me` has it."""
        if person is not None:
            return frozenset({person})
        return self.posts.holders.get(post) or self.posts.holders.get(deputy) or frozenset()
