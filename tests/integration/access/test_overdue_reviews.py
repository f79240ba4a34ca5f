"""A review that is overdue goes up the chain of leads by itself: a lead a working day, never to whoever opened the record, once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from rowan.access import reviewing
from rowan.access.models import Opening, ReviewStep
from rowan.access.openings import open_in_emergency, review
from rowan.access.reviewing import take_overdue_up
from rowan.access.rules.settings import REVIEW_STEP_DAYS
from rowan.agencies.absences import enter_absence
from rowan.agencies.demonstration_leads import make_leads
from rowan.agencies.models import Practitioner
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR
from rowan.audit_trail.models import Entry
from rowan.notices.models import Notice
from rowan.people.models import Person
from rowan.refusals import NotAllowed
from rowan.timescales import background
from rowan.timescales.actions import change_setting
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import pass_on
from tests import people_in_tests as invented

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=LONDON)
CHILD = "c" * 32
LEADS = ["council-lead-1", "council-lead-2", "council-lead-3", "council-lead-chief"]


def morning(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 9, 0, tzinfo=LONDON)


@pytest.fixture
def council(db):
    Person.objects.create(pk=CHILD)
    council = invented.three_agencies()[invented.COUNCIL]
    make_leads(today=FRIDAY.date(), by=OPERATOR)
    return council


@pytest.fixture
def governance(council):
    return [
        invented.practitioner(name, Role.INFORMATION_GOVERNANCE, council) for name in ("governance", "second")
    ]


@pytest.fixture
def justice(council):
    return invented.practitioner("justice", Role.YOUTH_JUSTICE_WORKER, council)


def opened(by, now=FRIDAY) -> Opening:
    return open_in_emergency(person_id=CHILD, why="Seen at the station tonight", by=by, now=now)


def owner() -> str:
    clock = Clock.objects.running().select_related("owner").get(what="review of an emergency access")
    return clock.owner.username


def who(username) -> Practitioner:
    return Practitioner.objects.get(username=username)


def away(username, on: date) -> None:
    lead = who(username)
    enter_absence(lead, from_on=on, until_on=on, by=lead, now=FRIDAY)


def test_it_goes_up_a_lead_a_working_day_until_the_chain_ends_and_says_so(governance, justice):
    opened(justice)
    weekend = [take_overdue_up(FRIDAY), take_overdue_up(morning(21)), take_overdue_up(morning(22))]
    assert weekend == [0, 0, 0] and owner() == "governance"
    for day, lead in zip((23, 24, 25, 26), LEADS, strict=True):
        assert [take_overdue_up(morning(day)) for _ in range(3)] == [1, 0, 0]
        assert owner() == lead
    assert ReviewStep.objects.last().says.endswith("answers.") and ReviewStep.objects.last().post.title == "Chief Executive"  # fmt: skip
    # Then nobody is left, and that is said once.
    assert [take_overdue_up(morning(27)), take_overdue_up(morning(30)), take_overdue_up(morning(1, 12))] == [1, 0, 0]  # fmt: skip
    assert "Everybody in the chain" in ReviewStep.objects.last().says and owner() == "council-lead-chief"
    # It is owed since Friday, whoever has it, and each was told without a word of the child.
    assert Clock.objects.get(what="review of an emergency access").due_on == FRIDAY.date()
    told = Notice.objects.filter(about__contains="overdue").order_by("pk")
    assert [(row.practitioner.username, row.path, row.urgent) for row in told] == [
        (lead, "/emergency-access/", True) for lead in LEADS
    ]
    assert Entry.objects.filter(did="took an overdue review up the chain", by_kind="rowan").count() == 5


def test_whoever_is_away_is_passed_and_whoever_opened_the_record_never_has_it(governance, council):
    away("council-lead-2", date(2026, 11, 23))
    Practitioner.objects.filter(username="council-lead-1").update(role=Role.SAFEGUARDING_LEAD)
    opened(who("council-lead-1"))
    take_overdue_up(morning(23))
    assert owner() == "council-lead-3"
    said = ReviewStep.objects.get().says
    assert said.startswith("Head of Community Services opened the record and does not review it.")
    assert "Head of Leisure and Cultural Services is away until 23 November 2026" in said
    # Back from leave, she is asked before anybody further up.
    take_overdue_up(morning(24))
    assert owner() == "council-lead-2"
    for day in (25, 26, 27, 30):
        take_overdue_up(morning(day))
    asked = ReviewStep.objects.values_list("practitioner__username", flat=True)
    assert list(asked) == ["council-lead-3", "council-lead-2", "council-lead-chief", None]


def test_a_stand_in_who_opened_the_record_does_not_have_it_either(governance, council, justice):
    lead = who("council-lead-1")
    enter_absence(
        lead, from_on=date(2026, 11, 23), until_on=date(2026, 11, 23), stands_in=justice, by=lead, now=FRIDAY
    )
    opened(justice)
    take_overdue_up(morning(23))
    assert owner() == "council-lead-2"


def test_an_absence_passes_the_review_on_but_never_to_whoever_opened_the_record(governance, council):
    Practitioner.objects.filter(username="council-lead-1").update(role=Role.SAFEGUARDING_LEAD)
    opened(who("council-lead-1"))
    Practitioner.objects.filter(username="governance").update(is_active=False)
    pass_on(now=FRIDAY + timedelta(minutes=5))
    assert owner() == "council-lead-2"
    assert Notice.objects.filter(practitioner=who("council-lead-2"), about__contains="passed to you").exists()


def test_each_lead_has_as_long_as_the_setting_says(governance, justice):
    change_setting(REVIEW_STEP_DAYS, 3, by=governance[0], from_on=FRIDAY.date(), why="Leads asked for it")
    opened(justice)
    assert [take_overdue_up(morning(day)) for day in (23, 24, 25, 26)] == [1, 0, 0, 1]


def test_without_anybody_in_the_chain_it_says_so_once_and_goes_to_whoever_comes(governance, council, justice):
    for lead in LEADS:
        away(lead, date(2026, 11, 23))
        away(lead, date(2026, 11, 24))
    opened(justice)
    change_setting(REVIEW_STEP_DAYS, 3, by=governance[0], from_on=FRIDAY.date(), why="Leads asked for it")
    assert [take_overdue_up(morning(day)) for day in (23, 24)] == [1, 0]
    assert "away until 24 November 2026" in ReviewStep.objects.last().says and owner() == "governance"
    take_overdue_up(morning(25))
    assert owner() == "council-lead-1"


def test_an_access_that_nobody_was_there_to_review_goes_up_all_the_same(council, justice):
    Practitioner.objects.filter(role__in=["approving_manager", "safeguarding_lead"]).exclude(username__in=LEADS).update(role="mentor")  # fmt: skip
    Practitioner.objects.filter(username__in=LEADS).update(role="lead_professional")
    opened(justice)
    assert not Clock.objects.filter(what="review of an emergency access").exists()
    take_overdue_up(morning(23))
    assert owner() == "council-lead-1"


def test_all_of_information_governance_is_told_at_once_and_who_is_there_reviews(governance, justice):
    away("governance", FRIDAY.date())
    opened(justice)
    told = Notice.objects.filter(about="Review of an emergency access", urgent=True)
    assert set(told.values_list("practitioner__username", flat=True)) == {"governance", "second"}
    assert owner() == "second"


def test_a_review_stops_it_and_the_owners_clock(governance, justice):
    access = opened(justice)
    take_overdue_up(morning(23))
    review(access, justified=True, words="It was needed then", by=who("council-lead-1"), now=morning(23))
    assert not Clock.objects.running().exists()
    assert take_overdue_up(morning(24)) == 0


def test_a_worker_killed_half_way_leaves_nothing_half_done_and_the_next_does_it(
    governance, justice, monkeypatch
):
    first, second = opened(justice), opened(who("council-lead-3"), FRIDAY + timedelta(minutes=1))

    class Killed(BaseException):
        pass

    def killed_at(opening):
        real = reviewing.tell

        def tell(*args, **more):
            if ReviewStep.objects.filter(opening=opening).exists():
                raise Killed
            real(*args, **more)

        return tell

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(reviewing, "tell", killed_at(second))
        take_overdue_up(morning(23))
    assert list(ReviewStep.objects.values_list("opening", flat=True)) == [first.pk]
    assert take_overdue_up(morning(23)) == 1
    assert sorted(ReviewStep.objects.values_list("opening", flat=True)) == [first.pk, second.pk]
    assert Notice.objects.filter(about__contains="overdue").count() == 1


def test_the_schedule_does_it(governance, justice, monkeypatch):
    opened(justice, timezone.now() - timedelta(days=10))
    due = [each for each in background.declared_schedule() if each[0].startswith("rowan.access.")]
    monkeypatch.setattr(background, "declared_schedule", lambda: due)
    monkeypatch.setattr(timezone, "now", lambda: morning(25, 1).replace(year=2027))
    for _ in range(2):
        background.work("test", stop=lambda: False, interval=0, until_idle=True)
    assert ReviewStep.objects.count() == 1 and owner() == "council-lead-1"


def test_the_page_shows_what_is_overdue_and_whose_it_is_to_those_whose_it_is(client, governance, justice):
    access = opened(justice, timezone.now() - timedelta(days=10))
    lead = who("council-lead-1")
    client.force_login(lead)
    assert client.get("/emergency-access/").status_code == 403
    assert client.get(f"/emergency-access/{access.pk}/").status_code == 403
    monday = timezone.now() + timedelta(days=(7 - timezone.now().weekday()) % 7)
    take_overdue_up(monday)
    client.force_login(governance[0])
    page = client.get("/emergency-access/").content.decode()
    assert "Overdue" in page and f"Now with {lead.display_name}" in page
    client.force_login(lead)
    page = client.get("/emergency-access/").content.decode()
    assert "Overdue" in page and "Now with you" in page and CHILD not in page
    said = {"justified": "yes", "words": "The home confirmed it"}
    assert client.post(f"/emergency-access/{access.pk}/", said).status_code == 302
    assert Opening.objects.get().reviewed_by == lead
    client.force_login(who("council-lead-2"))
    assert client.get("/emergency-access/").status_code == 403


def test_who_opened_it_does_not_review_it_though_it_came_to_them(governance, justice):
    access = opened(justice)
    Clock.objects.filter(what="review of an emergency access").update(owner=justice)
    with pytest.raises(NotAllowed, match="their own"):
        review(access, justified=True, words="It was needed then", by=justice, now=FRIDAY)
    assert not reviewing.put_to(justice).exists()
