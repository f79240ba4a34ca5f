"""A decision that is to be looked at again is on somebody's clock; and a law that waits for a date gets one from whoever may say so."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.models import Involvement
from rowan.agencies.models import Post, PostHolding
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.notices.models import Notice
from rowan.refusals import NotAllowed, NotPossible
from rowan.sharing.actions.decisions import CLOCK, remind_of_reviews, settings_on
from rowan.sharing.actions.law import date_a_law
from rowan.sharing.rules.law import LAWS, is_in_force, law_named
from rowan.timescales.models import Clock, SettingValue
from rowan.timescales.passing_on import pass_on
from tests import people_in_tests as invented


def running():
    return Clock.objects.running().filter(what=CLOCK)


def nine_on(day):
    return timezone.make_aware(datetime.combine(day, time(9)))


def test_not_shared_it_is_looked_at_again_on_its_day_and_a_correction_is_that_look(hub, client):
    decision = hub.decide(hub.not_shared())
    clock = running().get()
    assert (clock.owner, clock.due_on, clock.about_id) == (hub.worker, decision.review_on, str(decision.pk))
    assert remind_of_reviews(hub.now) == 0
    day = nine_on(decision.review_on)
    assert [remind_of_reviews(day), remind_of_reviews(day)] == [1, 0]
    assert Notice.objects.get(practitioner=hub.worker).path == f"/sharing/decisions/{decision.pk}/"
    newer = hub.decide(hub.not_shared(review_on=hub.today + timedelta(days=3)), corrects=decision)
    assert running().get().about_id == str(newer.pk)
    client.force_login(hub.worker)
    assert "Decisions to look at again" in client.get("/sharing/requests/").content.decode()
    hub.decide(corrects=newer)  # shared, with no day to look again
    assert not running().exists()
    assert "Decisions to look at again" not in client.get("/sharing/requests/").content.decode()


def test_when_who_decided_leaves_it_passes_on_with_the_record_until_it_is_looked_at_again(hub):
    heir = invented.practitioner("heir", Role.LEAD_PROFESSIONAL, hub.council)
    post = Post.objects.create(kind="chief_officer", agency=hub.council, title="Director")
    PostHolding.objects.create(post=post, practitioner=heir, from_on=invented.days_ago(9))
    decision = hub.decide(hub.not_shared())
    hub.worker.is_active = False
    hub.worker.save()
    assert pass_on(now=hub.now) == 1
    assert running().get().owner == heir
    assert open_record(person_id=hub.girl.pk, by=heir, today=hub.today)
    hub.decide(hub.not_shared(), corrects=decision, by=heir)
    assert Involvement.objects.get(practitioner=heir).closed_on == hub.today


def test_a_law_is_dated_by_information_governance_once_and_can_be_undated(hub):
    law = law_named("ca2004_s16la")
    for by in (hub.worker, hub.coordinator, hub.administrator):
        with pytest.raises(NotAllowed):
            date_a_law(law, on=hub.today, why="x", by=by, now=hub.now)
    with pytest.raises(NotPossible, match="Say where"):
        date_a_law(law, on=hub.today, why=" ", by=hub.governance, now=hub.now)
    with pytest.raises(NotPossible, match="waits for no date"):
        date_a_law(law_named("ca1989_s47"), on=hub.today, why="x", by=hub.governance, now=hub.now)
    for _ in range(2):
        date_a_law(law, on=hub.today, why="The regulations", by=hub.governance, now=hub.now)
    assert SettingValue.objects.count() == 1
    assert Entry.objects.filter(did="changed a setting", by_id=str(hub.governance.pk)).count() == 1
    assert is_in_force(law, settings_on(hub.today), hub.today)
    date_a_law(law, on=None, why="The regulations were withdrawn", by=hub.governance, now=hub.now)
    assert not is_in_force(law, settings_on(hub.today), hub.today)


def test_the_pages_of_the_law(hub, client):
    client.force_login(hub.worker)
    page = client.get("/sharing/laws/").content.decode()
    assert page.count("Enacted, not known to be in force") == sum(bool(law.from_setting) for law in LAWS)
    assert "Record the day" not in page
    assert client.get("/sharing/laws/ca2004_s16la/").status_code == 403
    client.force_login(hub.governance)
    assert client.get("/sharing/laws/ca1989_s47/").status_code == 404
    sent = {"why": "The regulations", "on_day": 1, "on_month": 4, "on_year": hub.today.year + 1}
    assert client.post("/sharing/laws/ca2004_s16la/", {**sent, "why": ""}).status_code == 200
    client.post("/sharing/laws/ca2004_s16la/", sent)
    assert (
        f"Comes into force on 1 April {hub.today.year + 1}" in client.get("/sharing/laws/").content.decode()
    )
