"""The demonstration's accounts: whoever signs in there finds the post they hold, however often they are made."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rowan.agencies.demonstration import LEAD_PROFESSIONAL, SCHOOL_LEAD, make_people
from rowan.agencies.models import Post, PostHolding, Practitioner
from rowan.audit_trail.actions import OPERATOR
from rowan.audit_trail.models import Entry as Line
from tests import people_in_tests as invented

pytestmark = pytest.mark.django_db


def make() -> list[Practitioner]:
    return make_people(
        worker=("Joan Eccles", "Assessment team", "01632 960104"),
        schools=["8994001"],
        password=invented.PASSWORD,
        today=timezone.localdate() - timedelta(days=1),
        by=OPERATOR,
    )


def test_every_post_has_somebody_in_it_and_each_account_is_on_the_trail():
    invented.three_agencies()
    people = make()
    assert {LEAD_PROFESSIONAL, SCHOOL_LEAD} <= {person.username for person in people}
    held = PostHolding.objects.filter(until_on=None).values("post")
    assert list(Post.objects.exclude(pk__in=held)) == []
    assert Line.objects.filter(did="made an account").count() == Practitioner.objects.count()


def test_made_again_they_are_the_same_people():
    invented.three_agencies()
    make()
    people, holdings = Practitioner.objects.count(), PostHolding.objects.count()
    make()
    assert (Practitioner.objects.count(), PostHolding.objects.count()) == (people, holdings)
