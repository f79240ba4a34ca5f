"""The pages of a school's files that stopped coming, for the visit of every page."""

from datetime import timedelta

from django.utils import timezone

from rowan.agencies.models import Post
from rowan.questions.actions import ask_about_feeds
from rowan.questions.models import FeedQuestion
from tests import people_in_tests as invented
from tests.acceptance.conftest import World

SILENT_FEEDS_REST_ON_NO_FILE = {"questions:feed": "says itself how far the feed reaches"}


def fall_silent(world: World, now) -> None:
    today = timezone.localdate(now)
    silent = {
        "feed": "attendance_marks",
        "agency": invented.SCHOOL,
        "reaches_to": today - timedelta(days=13),
        "school_days": 9,
        "others": 14,
    }
    ask_about_feeds([silent], run=1, today=today, now=now)
    world.silent_feed = FeedQuestion.objects.get()
    assert Post.objects.get(pk=world.silent_feed.post_id).agency.code == invented.SCHOOL


def visits_of_silent_feeds(world: World) -> list[tuple]:
    return [
        ("questions:feed", f"/questions/feeds/{world.silent_feed.pk}/", "governance", "by whoever keeps the feeds"),
        ("questions:feed", f"/questions/feeds/{world.silent_feed.pk}/", "school-lead", "of a school"),
        ("questions:for_me", "/questions/", "school-lead", "with files that stopped"),
        ("questions:rule", "/questions/rules/feed_silent/", "missing", "about a feed"),
    ]  # fmt: skip
