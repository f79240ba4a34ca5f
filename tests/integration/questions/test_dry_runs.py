"""What a dry run found, in counts: by week, by rule, by post, and by group with no small count."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from rowan.access.models import Involvement, Why
from rowan.people.models import KnownAs, Person
from rowan.questions.dry_runs import found_by
from rowan.questions.rules.dry_run import Compared, WouldAsk, year_before
from rowan.records.models import OvernightRun
from tests.integration.questions.test_by_group import LONDON, TODAY, county  # noqa: F401

pytestmark = pytest.mark.django_db
FROM_ON, UNTIL_ON = year_before(TODAY)


def asked(person, rule="missing_again", audience="hub", on=FROM_ON + timedelta(days=40)):
    return WouldAsk(person.pk, audience, on, rule, frozenset({rule}), frozenset({uuid4().hex}))


def found(stays, *, goes=(), new=()):
    compared = Compared(FROM_ON, UNTIL_ON, [(each, each) for each in stays], list(goes), list(new))
    return found_by(compared, TODAY)


def line(found, heading, group):
    [table] = [table for table in found["groups"] if table["heading"] == heading]
    [wanted] = [line for line in table["lines"] if line[0] == group]
    return wanted[1:]


def test_children_are_counted_by_group_and_a_count_from_1_to_5_is_not_shown(county, hub):  # noqa: F811
    stays = [asked(each) for each in county[190:215]]  # ten girls, fifteen boys
    new = [asked(each) for each in [*county[0:12], *county[220:223]]]  # twelve girls, three boys
    told = found(stays, new=new)
    assert told["children"] == {"either way": 25, "no longer": 0, "newly": 15}
    assert line(told, "Sex", "Girls") == [10, 0, None], "a boy's count could be worked out from it"
    assert line(told, "Sex", "Boys") == [15, 0, None]
    assert line(told, "Age", "13 to 15") == [25, 0, 15]
    assert line(told, "Disability", "Not known") == [25, 0, 15]


def test_of_a_total_from_1_to_5_no_group_is_told_not_even_who_is_not_among_them(county, hub):  # noqa: F811
    told = found([], goes=[asked(each) for each in county[:3]])
    assert told["children"]["no longer"] == 3
    for heading, groups in (("Sex", ("Girls", "Boys", "Not known")), ("Age", ("Under 10", "13 to 15"))):
        assert [line(told, heading, group)[1] for group in groups] == [None] * len(groups)


def test_questions_stand_by_week_by_rule_and_by_the_post_they_would_go_to(county, hub):  # noqa: F811
    Involvement.objects.create(
        person_id=county[0].pk, why=Why.ALLOCATED_WORKER, practitioner=hub["triage"], agency=hub["triage"].agency, rests_on="case 1", opened_on=TODAY,
    )  # fmt: skip
    told = found(
        [asked(county[0]), asked(county[1])],
        new=[asked(county[2], "absence_risen", "school-1", FROM_ON + timedelta(days=7))],
    )
    assert (told["now"], told["changed"], told["new"], told["goes"]) == (2, 3, 1, 0)
    assert [week for week in told["weeks"] if week[1:] != [0, 0]] == [
        [(FROM_ON + timedelta(days=7)).isoformat(), 0, 1],
        [(FROM_ON + timedelta(days=35)).isoformat(), 2, 2],
    ]
    assert told["rules"] == [["absence_risen", 0, 1], ["missing_again", 2, 2]]
    posts = {post: (now, changed) for post, now, changed in told["posts"]}
    assert posts["the child's allocated worker"] == (1, 1)
    assert posts["the school's safeguarding lead"] == (0, 1)
    assert sum(now for now, _ in posts.values()) == 2


def test_a_child_nobody_knows_anything_of_is_counted_as_not_known(hub):
    morning = datetime(2026, 6, 3, 6, 0, tzinfo=LONDON)
    OvernightRun.objects.create(number=1, as_of=TODAY, started_at=morning, finished_at=morning)
    people = Person.objects.bulk_create(Person(pk=uuid4().hex, founded_run=1) for _ in range(7))
    assert not KnownAs.objects.exists()
    assert line(found([asked(each) for each in people]), "Sex", "Not known") == [7, 0, 0]
