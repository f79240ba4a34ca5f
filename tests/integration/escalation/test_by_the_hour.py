"""Red that nobody looks at goes up by the hour: at night to the duty team, then up the levels, each once, to somebody who is there."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.agencies.models import Absence, Half
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.concerns.actions import triage
from rowan.concerns.rules.running import TO_BE_LOOKED_AT
from rowan.escalation.actions.going_up import take_overdue_up, take_red_up
from rowan.escalation.actions.overdue import CLOCK, answer_overdue
from rowan.escalation.models import Overdue, OverdueStep
from rowan.escalation.schedule import SCHEDULE
from rowan.notices.models import Notice
from rowan.refusals import NothingThere, NotPossible
from rowan.timescales.models import Clock
from rowan.timescales.rules.working_days import add_working_days
from tests import people_in_tests as invented
from tests.concerns_in_tests import concern as one_concern


class Night:
    """A red concern that came in at eleven at night, and a hub with a duty team."""

    def __init__(self, council):
        self.council = council
        self.officer = invented.practitioner("triage", Role.TRIAGE_OFFICER, council.council, "Tamsin Okoro")
        self.desk = invented.post(PostKind.TRIAGE, council.council, self.officer)
        self.on_duty = invented.practitioner("duty", Role.LEAD_PROFESSIONAL, council.council, "Ola Brandt")
        self.duty = invented.post(PostKind.DUTY, council.council, self.on_duty)
        self.began = self.at(add_working_days(council.today, 3), "23:00")

    def at(self, day, hour: str) -> datetime:
        return timezone.make_aware(datetime.combine(day, time.fromisoformat(hour)))

    def red(self, received_at=None, **more):
        return one_concern(
            by=self.council.teacher, urgency="red", received_at=received_at or self.began, **more
        )

    def until(self, last: datetime, *, since=None) -> list[tuple[str, str, str]]:
        """The job runs every few minutes. When, to which level and to whom it went up."""
        now = (since or self.began) + timedelta(minutes=5)
        while now <= last:
            if take_red_up(now):
                assert take_red_up(now) == 0
            now += timedelta(minutes=15)
        return [
            (f"{timezone.localtime(step.at):%H:%M}", step.level, step.owner.display_name)
            for step in OverdueStep.objects.select_related("owner")
        ]


@pytest.fixture
def night(council):
    return Night(council)


def test_at_night_it_goes_to_the_duty_team_and_on_up_before_the_morning(night):
    concern = night.red()
    assert night.until(night.began + timedelta(hours=7)) == [
        ("00:05", "practitioner", "Ola Brandt"),
        ("01:05", "manager", "Mark Osei"),
        ("02:05", "head_of_service", "Hilde Voss"),
        ("03:05", "safeguarding_lead", "Judith Castell"),
        ("05:05", "partnership", "Aldous Merchant"),
    ]
    clock = Clock.objects.running().get(what=CLOCK)
    assert clock.watches.about_id == str(concern.pk) and clock.due_at > night.began + timedelta(hours=7)
    assert Entry.objects.filter(did="took something overdue up").count() == 5
    told = Notice.objects.filter(about__contains="overdue")
    assert told.count() == 5 and all(each.urgent for each in told)


def test_at_the_top_it_is_asked_again_and_again(night):
    night.red()
    steps = night.until(night.began + timedelta(hours=16))
    assert [level for _, level, _ in steps].count("partnership") == 3
    assert len({(level, who) for _, level, who in steps if level != "partnership"}) == 4


def test_once_somebody_looks_at_it_it_is_over(night):
    concern = night.red()
    night.until(night.began + timedelta(hours=2, minutes=10))
    overdue = Overdue.objects.get()
    # The duty team can look at it still, whoever it has gone up to.
    triage.begin_screening(concern.pk, by=night.on_duty, now=night.began + timedelta(hours=2, minutes=11))
    assert night.until(
        night.began + timedelta(hours=3, minutes=55), since=night.began + timedelta(hours=2, minutes=15)
    )[-1] == ("01:05", "manager", "Mark Osei")
    overdue.refresh_from_db()
    assert overdue.ended_at and not Clock.objects.running().filter(what=CLOCK).exists()
    # Read and not decided within its hours, it goes up again, from whoever reads it.
    steps = night.until(night.began + timedelta(hours=4, minutes=10), since=night.began + timedelta(hours=4))
    assert steps[-1] == ("03:05", "practitioner", "Ola Brandt")


def test_whoever_it_has_come_to_may_look_at_it_though_their_role_screens_nothing(night):
    council = night.council
    council.away(council.manager, council.chief)
    council.head.role = Role.LEAD_PROFESSIONAL.value
    council.head.save()
    concern, moment = night.red(), night.began + timedelta(hours=3)
    with pytest.raises(NothingThere):
        triage.begin_screening(concern.pk, by=council.head, now=moment)
    assert night.until(moment)[-1][1:] == ("head_of_service", "Hilde Voss")
    triage.begin_screening(concern.pk, by=council.head, now=moment)
    assert not Clock.objects.running().filter(what=TO_BE_LOOKED_AT).exists()


def test_danger_now_skips_levels(night):
    night.red(immediate_danger=True)
    assert night.until(night.began + timedelta(hours=1, minutes=10)) == [
        ("00:05", "safeguarding_lead", "Judith Castell")
    ]


def test_nobody_who_is_away_is_asked_and_half_a_day_counts(night):
    council, day = night.council, timezone.localdate(night.began)
    for who, half in [(council.lead, ""), (council.manager, Half.AFTERNOON.value)]:
        Absence.objects.create(
            practitioner=who, from_on=day, until_on=day, half=half, entered_by=who, entered_at=night.began
        )
    began = night.at(day, "10:00")
    night.red(received_at=began)
    steps = night.until(night.at(day, "16:00"), since=began)
    # Mark Osei would have been there until noon.
    assert steps[:4] == [
        ("11:05", "practitioner", "Tamsin Okoro"),
        ("12:05", "manager", "Aldous Merchant"),
        ("13:05", "head_of_service", "Hilde Voss"),
        ("14:05", "safeguarding_lead", "Femi Rowntree"),
    ]


def test_one_that_stays_at_the_desk_at_closing_goes_to_the_duty_team(night):
    day = timezone.localdate(night.began)
    night.red(received_at=night.at(day, "16:30"))
    steps = night.until(night.at(day, "17:40"), since=night.at(day, "16:30"))
    assert steps == [("17:35", "practitioner", "Ola Brandt")]


def test_the_dutys_own_deputy_post_is_asked_when_the_team_is_away(night):
    deputy = invented.practitioner("duty-2", Role.LEAD_PROFESSIONAL, night.council.council, "Petra Lund")
    night.duty.deputy = night.council.lead_post("The duty team’s manager", deputy)
    night.duty.save()
    Absence.objects.create(
        practitioner=night.on_duty, from_on=night.began.date(), entered_by=night.on_duty, entered_at=night.began
    )  # fmt: skip
    night.red()
    assert night.until(night.began + timedelta(hours=1, minutes=10))[0][2] == "Petra Lund"


def test_what_is_not_red_goes_up_once_its_hours_in_the_day_are_over_and_then_by_the_day(night):
    day = add_working_days(night.council.today, 3)
    one_concern(by=night.council.teacher, urgency="amber", received_at=night.at(day, "08:30"))
    assert (take_overdue_up(night.at(day, "16:29")), take_red_up(night.at(day, "16:35"))) == (0, 0)
    assert take_overdue_up(night.at(day, "16:35")) == 1
    assert take_overdue_up(night.at(day, "16:50")) == 0
    assert take_overdue_up(night.at(add_working_days(day, 2), "09:00")) == 1
    assert [step.level for step in OverdueStep.objects.all()] == ["practitioner", "manager"]


def test_what_is_done_about_it_keeps_it_for_some_hours_and_no_longer(night):
    night.red()
    night.until(night.began + timedelta(hours=1, minutes=10))
    overdue, moment = Overdue.objects.get(), night.began + timedelta(hours=1, minutes=30)
    with pytest.raises(NotPossible, match="what is done"):
        answer_overdue(overdue, token=uuid4(), words=" ", by=night.on_duty, now=moment)
    said = answer_overdue(overdue, token=uuid4(), words="I ring the school’s lead", by=night.on_duty, now=moment)  # fmt: skip
    assert said.until_at == moment + timedelta(hours=2)
    steps = night.until(night.began + timedelta(hours=3, minutes=40), since=moment)
    assert steps[-1] == ("02:35", "manager", "Mark Osei") and len(steps) == 2


def test_by_its_pages(night, client):
    night.red()
    night.until(night.began + timedelta(hours=1, minutes=10))
    overdue = Overdue.objects.get()
    client.force_login(night.on_duty)
    page = client.get(f"/escalation/overdue/{overdue.pk}/").text
    assert "at 12:05am, practitioner: Ola Brandt" in page and "at 12:00am" in page
    assert f"/concerns/triage/{overdue.clock.about_id}/" in page
    assert "until_on" not in page
    assert "at 12:00am" in client.get("/escalation/").text
    assert "Something red: 1 hour, at any hour of any day" in client.get("/escalation/ladder/").text


@pytest.mark.parametrize("hours", [0, 7])
def test_two_workers_at_once_take_one_step(night, monkeypatch, hours):
    """The second had decided where it goes before the first was done; at the top, too, where a level is asked again."""
    from rowan.escalation.actions import going_up

    night.red()
    before = night.until(night.began + timedelta(hours=hours))
    moment = night.began + timedelta(hours=1 if not hours else 10, minutes=10)
    really, again = going_up._go_up, []

    def first_another_worker(*given):
        again.append(really(*given))
        return really(*given)

    monkeypatch.setattr(going_up, "_go_up", first_another_worker)
    assert take_red_up(moment) == 0 and again == [1]
    assert OverdueStep.objects.count() == len(before) + 1


def test_the_job_runs_every_few_minutes():
    assert dict(SCHEDULE)["rowan.escalation.actions.going_up.take_red_up"] <= 5
