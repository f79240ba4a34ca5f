"""Questions about feeds that fell silent: which wait for whom, and who may read and answer one. Looks things up and changes nothing."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from rowan.agencies.models import PostHolding
from rowan.agencies.rules.roles import KEEPS_THE_FEEDS
from rowan.asked_alike import asked_alike
from rowan.records.models import OvernightRun
from rowan.timescales.models import Clock

from .clocks import FEED
from .models import FeedQuestion

NOT_YOURS = "This is asked of the lead of the agency that sends these files, and of those who keep the feeds."


def feeds_for_me(practitioner, *, today: date) -> list[FeedQuestion]:
    """Open questions about the files of somebody's own agency, or passed to them because others are away."""
    passed = [UUID(each) for each in _passed(who=practitioner.pk)]
    run = OvernightRun.current_number()
    return _waiting_for(run=run, who=practitioner.pk, today=today, passed=passed)


@asked_alike
def _waiting_for(run, who, today, passed):
    asked = FeedQuestion.objects.shown(run).open().filter(_put_to(who, today, passed))
    return asked.select_related("agency")


@asked_alike
def _passed(who):
    return _passed_to(who).values_list("about_id", flat=True)


def refusal_to_answer_about_feed(question: FeedQuestion, practitioner, *, today: date) -> str | None:
    """A deputy may answer also while the post is held, and whoever keeps the feeds for a school that has nobody in Rowan."""
    mine = set(PostHolding.objects.on(today).filter(practitioner=practitioner).values_list("post", flat=True))
    if mine & {question.post_id, question.post.deputy_id} or practitioner.role in KEEPS_THE_FEEDS:
        return None
    return None if _passed_to(practitioner).filter(about_id=str(question.pk)).exists() else NOT_YOURS


def _put_to(practitioner, today, passed) -> Q:
    mine = PostHolding.objects.on(today).filter(practitioner=practitioner).values("post")
    held = PostHolding.objects.on(today).values("post")
    as_deputy = Q(post__deputy__in=mine) & ~Q(post__in=held)
    return Q(post__in=mine) | as_deputy | Q(pk__among=passed)


def _passed_to(practitioner) -> QuerySet[Clock]:
    return Clock.objects.running().filter(owner=practitioner, about_kind=FEED)
