"""A value is tried on the past year before it goes live: by whoever may change it, in the background, and told as far as each reader may see."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from rowan.access.models import Involvement, Why
from rowan.audit_trail.models import Entry
from rowan.people.models import KnownAs
from rowan.pipeline import waiting_dry_runs
from rowan.pipeline.waiting_dry_runs import forget_whom_they_were_about, try_what_waits
from rowan.questions.models import DryRunQuestion
from rowan.questions.rules.dry_run import Compared, WouldAsk, year_before
from rowan.records.models import OvernightRun
from rowan.refusals import NotAllowed, NotPossible
from rowan.timescales.dry_runs import take_one_that_waits, tried, try_on_the_past_year, was_tried
from rowan.timescales.models import DryRun, SettingValue
from rowan.timescales.rules.dry_runs import ATTEMPTS, SILENT_AFTER

from .conftest import ADA, BEN, CAL

pytestmark = pytest.mark.django_db
NAME = "questions.missing_again.episodes"
SETTING = reverse("timescales:setting", args=[NAME])
TRY = reverse("timescales:try_setting", args=[NAME])


@pytest.fixture
def governance(somebody):
    return somebody("gwen", "information_governance")


def asks(person, *behind, audience="hub", after=40):
    from_on, _ = year_before(timezone.localdate())
    return WouldAsk(
        person, audience, from_on + timedelta(days=after), "missing_again", frozenset({"missing_again"}), frozenset({person}),
        frozenset(behind or {("police", "police_missing")}),
    )  # fmt: skip


@pytest.fixture
def named(hub):
    night = timezone.now()
    OvernightRun.objects.create(number=1, as_of=timezone.localdate(), started_at=night, finished_at=night)
    for person, name in ((ADA, "Ada"), (BEN, "Ben"), (CAL, "Cal")):
        KnownAs.objects.create(person_id=person, since_run=1, first_name=name, surname="Invented")


@pytest.fixture
def comes_to(monkeypatch):
    """What trying comes to, in place of the night's run."""

    def come(*, new=(), goes=(), error=None):
        def dry_run(name, value, *, hear, **more):
            hear("rises of absence", 0.4)
            if error:
                raise error
            return Compared(*year_before(timezone.localdate()), goes=list(goes), new=list(new))

        monkeypatch.setattr(waiting_dry_runs, "dry_run", dry_run)

    return come


def finished(hub, value=4):
    trying = try_on_the_past_year(NAME, value=value, by=hub["coordinator"], now=timezone.now())
    assert try_what_waits(timezone.now()) == 1
    trying.refresh_from_db()
    return trying


def page_of(client, trying):
    return client.get(reverse("questions:dry_run", args=[trying.pk])).content.decode()


def lines(did):
    return Entry.objects.filter(did=did)


def test_the_button_puts_it_in_the_queue_once_and_leads_to_how_far_it_is(client, hub):
    client.force_login(hub["coordinator"])
    form = client.get(SETTING).content.decode()
    assert f'formaction="{TRY}"' in form
    assert "No dry run of any value of this setting was made." in form
    answer = client.post(TRY, {"value": "4", "why": "not sent on", "from_on_day": "1"})
    trying = DryRun.objects.get()
    assert answer.url == reverse("questions:dry_run", args=[trying.pk])
    assert (trying.value, trying.started_by) == (4, str(hub["coordinator"]))
    assert DBTaskResult.objects.count() == 1
    client.post(TRY, {"value": "4"})
    assert DryRun.objects.count() == DBTaskResult.objects.count() == 1
    assert "It waits for its turn." in page_of(client, trying)
    DryRun.objects.update(percent=37, doing="rises of absence", heard_at=timezone.now())
    shown = page_of(client, trying)
    assert '<progress id="how-far" class="rowan-progress" max="100" value="37">' in shown
    assert "37% done: rises of absence" in shown
    assert "37% done" in client.get(SETTING).content.decode()
    assert lines("tried a setting on the past year").first().particulars == {"value": 4}
    assert lines("looked at a dry run of a setting").count() == 2


@pytest.mark.parametrize("value", ["90", "many", ""])
def test_a_value_that_cannot_be_taken_cannot_be_tried(client, hub, value):
    client.force_login(hub["coordinator"])
    assert "There is a problem" in client.post(TRY, {"value": value}).content.decode()
    assert not DryRun.objects.exists()


def test_whoever_may_not_change_a_setting_neither_tries_it_nor_looks(client, hub, comes_to, named):
    comes_to()
    trying = finished(hub)
    client.force_login(hub["triage"])
    assert client.post(TRY, {"value": "5"}).status_code == 403
    assert client.get(reverse("questions:dry_run", args=[trying.pk])).status_code == 403
    assert DryRun.objects.count() == 1
    refused = Entry.objects.exclude(refused_because="").values_list("did", flat=True)
    assert set(refused) == {"tried a setting on the past year", "looked at a dry run of a setting"}
    with pytest.raises(NotAllowed):
        try_on_the_past_year(NAME, value=5, by=hub["triage"], now=timezone.now())


def test_a_number_that_moves_no_question_has_no_button_and_cannot_be_tried(client, hub):
    client.force_login(hub["coordinator"])
    due = "questions.missing_again.due_working_days"
    page = client.get(reverse("timescales:setting", args=[due])).content.decode()
    assert "past year" not in page
    assert client.get(reverse("timescales:try_setting", args=[due])).status_code == 404
    with pytest.raises(NotPossible, match="when a rule asks"):
        try_on_the_past_year(due, value=3, by=hub["coordinator"], now=timezone.now())


def test_counts_are_for_whoever_may_change_it_and_children_for_those_who_may_see_them(
    client, hub, governance, comes_to, named
):
    Involvement.objects.create(
        person_id=ADA, why=Why.ALLOCATED_WORKER, practitioner=hub["coordinator"], agency=hub["coordinator"].agency, rests_on="case 1",
        opened_on=timezone.localdate(),
    )  # fmt: skip
    comes_to(new=[asks(ADA), asks(BEN)], goes=[asks(CAL, after=70)])
    trying = finished(hub)
    client.force_login(hub["coordinator"])
    page = page_of(client, trying)
    assert "there would have been 2 questions where there are 1 now: 2 new, and 1 that would go" in page
    assert "<svg" in page and "Questions in four weeks" in page
    seen = {person for person in ("Ada", "Ben", "Cal") if f"{person} Invented" in page}
    assert "Ada" in seen
    shown = lines("looked at a dry run of a setting: child shown").values_list("about_person", flat=True)
    assert len(shown) == len(seen) and ADA in shown
    assert f"{SETTING}?value=4" in page
    client.force_login(governance)
    page = page_of(client, trying)
    assert "2 new, and 1 that would go" in page
    assert "Invented" not in page
    assert "They are about children whose record" in page


def test_a_question_is_listed_only_for_whoever_may_see_every_row_it_rests_on(client, hub, comes_to, named):
    Involvement.objects.create(
        person_id=ADA, why=Why.ALLOCATED_WORKER, practitioner=hub["coordinator"], agency=hub["coordinator"].agency, rests_on="case 1",
        opened_on=timezone.localdate(),
    )  # fmt: skip
    comes_to(new=[asks(ADA, ("police", "police_missing"), ("clinic", "a kind that opens to few"))])
    client.force_login(hub["coordinator"])
    page = page_of(client, finished(hub))
    assert "Ada Invented" not in page and "Would be new: 1" in page


def test_what_cannot_be_done_says_why_and_what_went_wrong_is_begun_again_three_times(hub, comes_to, named):
    comes_to(error=NotPossible("Files came in meanwhile."))
    refused = finished(hub)
    assert (refused.refused_because, tried(NAME)) == ("Files came in meanwhile.", [])
    comes_to(error=OSError())
    trying = try_on_the_past_year(NAME, value=5, by=hub["coordinator"], now=timezone.now())
    for _ in range(ATTEMPTS):
        with pytest.raises(OSError):
            try_what_waits(timezone.now())
    assert try_what_waits(timezone.now()) == 0
    trying.refresh_from_db()
    assert "never came to its end" in trying.refused_because


def test_one_that_fell_silent_is_begun_again_and_one_at_work_is_not(hub, comes_to, named):
    comes_to(new=[asks(ADA)])
    try_on_the_past_year(NAME, value=4, by=hub["coordinator"], now=timezone.now())
    now = timezone.now()
    assert take_one_that_waits(now)
    assert try_what_waits(now + SILENT_AFTER / 2) == 0
    assert try_what_waits(now + SILENT_AFTER * 2) == 1
    assert DryRunQuestion.objects.count() == 1
    finished_lines = lines("finished a dry run of a setting")
    assert [line.particulars for line in finished_lines] == [{"value": 4, "new": 1, "goes": 0}]


def test_who_the_questions_were_about_is_forgotten_after_some_weeks_and_the_counts_stay(
    client, hub, comes_to, named
):
    comes_to(new=[asks(ADA)])
    trying = finished(hub)
    forget_whom_they_were_about(timezone.now())
    assert DryRunQuestion.objects.count() == 1
    forget_whom_they_were_about(timezone.now() + timedelta(weeks=7))
    assert not DryRunQuestion.objects.exists()
    client.force_login(hub["coordinator"])
    page = page_of(client, trying)
    assert "1 new" in page and "kept for six weeks" in page


def test_a_value_that_nobody_tried_goes_live_only_for_whoever_says_so(client, hub, comes_to, named):
    client.force_login(hub["coordinator"])
    today = timezone.localdate()
    sent = {
        "value": "4", "why": "Agreed", "from_on_day": today.day, "from_on_month": today.month, "from_on_year": today.year,
    }  # fmt: skip
    page = client.post(SETTING, sent).content.decode()
    assert "No dry run of 4 was made." in page and "though nobody tried this value" in page
    assert not SettingValue.objects.exists()
    comes_to()
    finished(hub)
    assert was_tried(NAME, 4) and not was_tried(NAME, 5)
    page = client.get(SETTING, {"value": "4"}).content.decode()
    assert 'value="4"' in page and "No dry run of any other value was made." in page
    assert client.post(SETTING, sent).status_code == 302
    newest = SettingValue.objects.get()
    assert newest.value == 4
    assert (
        client.post(SETTING, sent | {"value": "5", "untried": "on", "opened_on": newest.pk}).status_code
        == 302
    )
    assert SettingValue.objects.count() == 2
