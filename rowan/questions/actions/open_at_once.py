"""How many open questions each person has, so that nobody is put more than one person can answer."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Count

from rowan.agencies.models import PostHolding, Practitioner
from rowan.agencies.rules.posts import PostKind
from rowan.timescales.actions import dated_values
from rowan.timescales.rules.settings import values_on

from ..models import HUB, Question
from ..posts import Posts
from ..rules.declaration import whole
from ..rules.settings import FOR_ALL, OPEN_AT_ONCE


class OpenAtOnce:
    """Counted when some children are begun with, and counted on as questions are put about them. Two queries and the setting's."""

    def __init__(self, posts: Posts, today: date):
        self.posts = posts
        self.most = whole(values_on(FOR_ALL, dated_values(), today), OPEN_AT_ONCE)
        self.holders = Counter(PostHolding.objects.on(today).values_list("post", flat=True))
        self.of_person: Counter[int] = Counter()
        self.of_post: Counter[int] = Counter()
        rows = Question.objects.open().filter(audience=HUB).order_by().values_list("practitioner", "post")
        for person, post, many in rows.annotate(many=Count("pk")):
            self._count(person, post, many)

    def is_full(self, practitioner: Practitioner | None) -> bool:
        return practitioner is not None and self.of_person[practitioner.pk] >= self.most

    def full_posts(self, kinds: Collection[PostKind]) -> set[PostKind]:
        """What waits for a post is shared by those who hold it."""
        return {kind for kind in kinds if self._is_full(self.posts.named(kind, HUB).pk)}

    def add(self, question: Question) -> None:
        self._count(question.practitioner_id, question.post_id, 1)

    def _count(self, person: int | None, post: int | None, many: int) -> None:
        if person:
            self.of_person[person] += many
        elif post:
            self.of_post[post] += many

    def _is_full(self, post: int) -> bool:
        return self.of_post[post] >= self.most * max(self.holders[post], 1)
