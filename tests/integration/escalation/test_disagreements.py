"""Professional disagreements: stages with clocks, the child kept safe meanwhile, resolution and learning."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.agencies.models import Absence
from rowan.agencies.rules.posts import PostKind
from rowan.escalation.actions import disagreements, stages
from rowan.escalation.models import Disagreement
from rowan.notices.models import Notice
from rowan.refusals import NotAllowed, NothingThere, NotPossible, SomebodyWasFirst
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import pass_on
from rowan.website.templatetags.govuk import moment
from tests import people_in_tests as invented


def clock(row) -> Clock:
    return Clock.objects.running().get(about_kind="disagreement", about_id=str(row.pk))


def has_owner_and_date(row) -> None:
    row.refresh_from_db()
    if row.step == "open":
        assert (clock(row).owner, clock(row).due_on) == (row.stage.owner, row.stage.due_on)
    elif row.step == "resolved":
        assert clock(row).what == disagreements.LEARN_CLOCK
    else:
        assert not Clock.objects.running().filter(about_kind="disagreement").exists()


def test_raised_twice_it_is_one_with_a_stage_an_owner_and_a_date(council):
    token = uuid4()
    row = council.disagree(token=token)
    assert council.disagree(token=token) == row
    assert [(stage.level, stage.owner) for stage in row.stages.all()] == [("practitioner", council.worker)]
    has_owner_and_date(row)


def test_it_is_not_raised_without_saying_what_keeps_the_child_safe_or_by_a_stranger(council):
    with pytest.raises(NotPossible, match="keep the child safe"):
        council.disagree(safe_meanwhile=" ")
    with pytest.raises(NothingThere):
        council.disagree(by=council.stranger)
    assert not Disagreement.objects.exists()


def test_up_two_stages_by_itself_while_the_lead_and_the_deputy_are_away(council):
    council.away(council.lead, council.deputy)
    row = council.disagree()
    for day in council.working_days(12):
        council.stages_on(day)
        assert council.stages_on(day) == 0
        has_owner_and_date(row)
    levels = [(stage.level, stage.owner.display_name) for stage in row.stages.all()]
    assert levels[:4] == [
        ("practitioner", "Joan Eccles"),
        ("manager", "Mark Osei"),
        ("head_of_service", "Hilde Voss"),
        ("safeguarding_lead", "Aldous Merchant"),
    ]
    says = row.stages.all()[3].says
    assert "The safeguarding lead is away until" in says and "the deputy lead is away until" in says
    assert "he chief officer (" in says and says.endswith("answers.")


def test_immediate_danger_goes_straight_to_the_lead_for_two_hours(council):
    row = council.disagree(immediate_danger=True)
    stage = row.stages.get()
    assert (stage.level, stage.owner) == ("safeguarding_lead", council.lead)
    assert stage.due_at == council.now + timedelta(hours=2)
    clock = Clock.objects.running().get(about_id=str(row.pk))
    assert (clock.due_at, clock.every_hour) == (stage.due_at, True)
    assert Notice.objects.filter(practitioner=council.lead, urgent=True).exists()
    assert open_record(person_id=council.girl.pk, by=council.lead, today=council.today)


def test_in_immediate_danger_it_goes_up_on_a_friday_night_by_the_hour_and_is_asked_again_at_the_top(council):
    night = at_eleven_on_a_friday(council)
    row = council.disagree(immediate_danger=True, now=night)
    hours = [
        hour
        for hour in range(1, 12)
        for _ in range(2)
        if stages.take_stages_in_danger_up(night + timedelta(hours=hour, minutes=hour))
    ]
    assert hours == [2, 6, 10]
    assert [stage.level for stage in row.stages.all()] == ["safeguarding_lead", *["partnership"] * 3]
    assert stages.take_stages_up(night + timedelta(days=30)) == 0, "by the hour, it is no day's work"
    urgent = Notice.objects.filter(practitioner=row.stage.owner, urgent=True)
    assert {notice.about[-5:] for notice in urgent} == {"05:02", "09:06", "13:10"}
    disagreements.resolve(
        row, how="agreed", words="She stays", by=row.stage.owner, now=night + timedelta(hours=12)
    )
    learning = Clock.objects.running().get(about_id=str(row.pk))
    assert (learning.every_hour, learning.due_at) == (False, None)


def test_in_immediate_danger_who_is_away_this_half_day_is_not_asked_in_it(council):
    night = at_eleven_on_a_friday(council)
    day = timezone.localdate(night)
    Absence.objects.create(
        practitioner=council.lead, from_on=day, until_on=day, half="afternoon", entered_by=council.lead, entered_at=night
    )  # fmt: skip
    assert council.disagree(immediate_danger=True, now=night).stage.owner == council.deputy


def test_without_danger_no_hour_is_counted(council):
    row = council.disagree()
    assert row.stage.due_at is None
    assert stages.take_stages_in_danger_up(council.now + timedelta(days=30)) == 0
    assert row.stage.until == row.stage.due_on and not row.stage.is_late(council.now)


def test_the_page_says_until_which_hour_and_that_it_is_late(council, client):
    row = council.disagree(immediate_danger=True, now=council.now - timedelta(hours=3))
    client.force_login(council.lead)
    page = client.get(f"/escalation/disagreements/{row.pk}/").content.decode()
    assert "each stage has hours" in page and "Overdue" in page
    assert f"until {moment(row.stage.due_at)}" in page


def at_eleven_on_a_friday(council):
    friday = council.today + timedelta(days=(4 - council.today.weekday()) % 7)
    return timezone.make_aware(datetime.combine(friday, time(23)))


def test_for_the_other_agency_answers_somebody_of_that_agency_or_nobody(council):
    row = council.disagree()
    disagreements.go_up(row, why="They will not", by=council.worker, now=council.now)
    assert row.stage.counterpart is None and "nobody of Larch Hill School" in row.stage.counterpart_says
    post = invented.post(PostKind.CHIEF_OFFICER, council.school, council.teacher)
    assert post.holdings.exists()
    disagreements.go_up(row, why="Nor will theirs", by=council.manager, now=council.now)
    assert row.stage.counterpart == council.teacher


def test_somebody_of_either_agency_answers_and_who_raised_it_takes_it_up_once(council):
    row, token = council.disagree(), uuid4()
    for _ in range(2):
        disagreements.respond(row, token=token, words="She asked us to", by=council.teacher, now=council.now)
    assert row.responses.get().agency == council.school
    with pytest.raises(NotAllowed):
        disagreements.go_up(row, why="No", by=council.teacher, now=council.now)
    with pytest.raises(NotPossible, match="not resolved at this stage"):
        disagreements.go_up(row, why=" ", by=council.worker, now=council.now)
    for _ in range(2):
        disagreements.go_up(row, why="They will not", by=council.worker, now=council.now)
    assert [stage.level for stage in row.stages.all()] == ["practitioner", "manager"]
    first = row.stages.first()
    with pytest.raises(SomebodyWasFirst):
        disagreements.go_up(row, why="Again", by=council.manager, now=council.now, opened_on=str(first.pk))
    with pytest.raises(NothingThere):
        disagreements.respond(row, token=uuid4(), words="x", by=council.stranger, now=council.now)


def test_resolved_its_learning_has_an_owner_and_a_date_and_then_it_rests(council):
    row = council.disagree()
    disagreements.go_up(row, why="They will not", by=council.worker, now=council.now)
    assert open_record(person_id=council.girl.pk, by=council.manager, today=council.today)
    with pytest.raises(NotPossible, match="learning|stands at"):
        disagreements.learn(row, words="Talk first", by=council.worker, now=council.now)
    for _ in range(2):
        disagreements.resolve(
            row, how="agreed", words="They walk with her", by=council.manager, now=council.now
        )
    has_owner_and_date(row)
    with pytest.raises(SomebodyWasFirst):
        disagreements.resolve(row, how="partly", words="Half", by=council.worker, now=council.now)
    assert council.stages_on(council.today + timedelta(days=60)) == 0
    for _ in range(2):
        disagreements.learn(row, words="Talk first", by=council.worker, now=council.now)
    has_owner_and_date(row)
    assert row.step == "learnt"
    with pytest.raises(NothingThere):
        open_record(person_id=council.girl.pk, by=council.manager, today=council.today + timedelta(days=1))


def test_when_whoever_has_the_stage_is_away_it_passes_on(council):
    row = council.disagree()
    disagreements.go_up(row, why="They will not", by=council.worker, now=council.now)
    council.away(council.manager)
    pass_on(now=council.now)
    has_owner_and_date(row)
    assert row.stage.owner != council.manager


def test_the_pages_say_what_is_missing_and_keep_what_was_typed(council, client):
    client.force_login(council.worker)
    path = f"/escalation/children/{council.girl.pk}/raise/"
    page = client.post(path, {"what": "They say no", "token": str(uuid4())}).content.decode()
    for words in ("Say what is done now to keep the child safe", "Choose what it is about", "They say no"):
        assert words in page
    sent = {
        "about": "threshold", "with_agency": council.school.pk, "what": "They say no", "sought": "A walk home",
        "safe_meanwhile": "Her aunt", "immediate_danger": "no", "token": str(uuid4()),
    }  # fmt: skip
    assert [client.post(path, sent).status_code for _ in range(2)] == [302, 302]
    row = Disagreement.objects.get()
    one = f"/escalation/disagreements/{row.pk}/"
    assert "Her aunt" in client.get(one).content.decode()
    assert (
        client.post(f"{one}up/", {"why": "They still say no", "opened_on": row.stage.pk}).status_code == 302
    )
    client.force_login(council.manager)
    assert "Amina Larkfield: a threshold" in client.get("/escalation/").content.decode()
    client.post(f"{one}resolve/", {"how": "agreed", "words": "They walk"})
    client.post(f"{one}learning/", {"words": "Talk first"})
    assert "Talk first" in client.get(one).content.decode()
    client.force_login(council.stranger)
    assert client.get(one).status_code == 404


def test_the_ladder_says_who_is_asked_today_and_is_kept_by_those_who_may(council, client):
    council.away(council.lead)
    client.force_login(council.worker)
    page = client.get("/escalation/ladder/").content.decode()
    assert "the deputy lead answers" in page and "Enter a post" not in page
    sent = {"level": "partnership", "post": council.chief_post.pk, "order": 1, "token": str(uuid4())}
    sent |= {"from_on_day": council.today.day, "from_on_month": council.today.month, "from_on_year": council.today.year}  # fmt: skip
    assert client.post("/escalation/ladder/", sent).status_code == 403
    client.force_login(council.head)
    assert "Choose the level" in client.post("/escalation/ladder/", {"token": str(uuid4())}).content.decode()
    assert [client.post("/escalation/ladder/", sent).status_code for _ in range(2)] == [302, 302]
    from rowan.escalation.models import Place

    place = Place.objects.get(level="partnership")
    client.post(f"/escalation/ladder/{place.pk}/end/")
    place.refresh_from_db()
    assert place.until_on == council.today
