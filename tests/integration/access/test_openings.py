"""Emergency access and a look with a reason: opened for a time, on the trail, told and reviewed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rowan.access.actions import involve, open_record, seen_by
from rowan.access.models import KeptOut, Opening, Restriction
from rowan.access.openings import end, look_with_a_reason, open_in_emergency, review
from rowan.access.rules.seeing import Through
from rowan.access.rules.settings import EMERGENCY_HOURS
from rowan.agencies.models import Agency, Practitioner
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.people.models import Person
from rowan.refusals import NotAllowed, NothingThere, NotPossible
from rowan.timescales.actions import change_setting
from rowan.timescales.models import Clock

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=ZoneInfo("Europe/London"))  # a Monday
TODAY = date(2026, 11, 23)
CHILD = "c" * 32
WHY = "Seen at the station tonight"


@pytest.fixture
def somebody(db):
    Person.objects.create(pk=CHILD)
    council = Agency.objects.create(code="council-899", name="Council", kind="council", la_code="899")

    def make(name: str, role: Role) -> Practitioner:
        return Practitioner.objects.create_user(
            name, display_name=name.title(), agency=council, role=role.value
        )

    return make


@pytest.fixture
def justice(somebody):
    return somebody("yusuf", Role.YOUTH_JUSTICE_WORKER)


@pytest.fixture
def governance(somebody):
    return somebody("gwen", Role.INFORMATION_GOVERNANCE)


def opened(by, now=NOW, why=WHY) -> Opening:
    return open_in_emergency(person_id=CHILD, why=why, by=by, now=now)


def may_see(by, now=NOW) -> bool:
    return CHILD in seen_by(by, [CHILD], TODAY, now)


def test_an_emergency_opens_the_record_for_three_hours_and_not_a_minute_more(justice, governance):
    assert not may_see(justice)
    opened(justice)
    assert may_see(justice) and may_see(justice, NOW + timedelta(hours=2, minutes=59))
    assert not may_see(justice, NOW + timedelta(hours=3))
    seen = open_record(person_id=CHILD, by=justice, today=TODAY, now=NOW)
    assert seen.through is Through.EMERGENCY
    assert not seen.shows("police-1", "sources") and not seen.shows("council-899", "sexual_health")
    assert Entry.objects.get(did="opened a record in an emergency").why == WHY


def test_its_hours_are_a_setting(justice, governance):
    change_setting(EMERGENCY_HOURS, 1, by=governance, from_on=TODAY, why="Shorter is enough")
    opened(justice)
    assert not may_see(justice, NOW + timedelta(hours=1))


@pytest.mark.parametrize("why", ["", "x", "need it"])
def test_without_a_reason_nothing_opens(justice, why):
    with pytest.raises(NotPossible, match="Say why"):
        opened(justice, why=why)
    assert not Opening.objects.exists()
    assert Entry.objects.refused().count() == 1


@pytest.mark.parametrize(
    "role",
    [
        Role.ADMINISTRATOR,
        Role.COUNCILLOR,
        Role.INFORMATION_GOVERNANCE,
        Role.LICENSING_OFFICER,
        Role.PANEL_MEMBER,
    ],
)
def test_a_role_that_opens_no_record_opens_none_in_an_emergency_either(somebody, role):
    with pytest.raises(NotAllowed):
        opened(somebody("somebody", role))
    assert not Opening.objects.exists()


def test_it_never_opens_a_restricted_record_nor_one_the_person_is_kept_out_of(justice, governance):
    opened(justice)
    Restriction.objects.create(person_id=CHILD, why="refuge", set_by="test")
    assert not may_see(justice)
    Restriction.objects.all().delete()
    assert may_see(justice)
    KeptOut.objects.create(person_id=CHILD, practitioner=justice, why="family", set_by="test")
    assert not may_see(justice)


def test_the_worker_and_information_governance_are_told_at_once_by_a_clock_each(
    somebody, justice, governance
):
    worker = somebody("wren", Role.LEAD_PROFESSIONAL)
    involve(
        person_id=CHILD, why="allocated_worker", rests_on="case 1", opened_on=TODAY, agency=worker.agency, practitioner=worker
    )  # fmt: skip
    opened(justice)
    clocks = {clock.owner: clock.due_on for clock in Clock.objects.running()}
    assert clocks == {governance: TODAY, worker: TODAY}


def test_at_a_weekend_the_review_is_due_on_the_next_working_day(justice, governance):
    opened(justice, now=NOW - timedelta(days=1))
    assert Clock.objects.get().due_on == TODAY


def test_asked_for_twice_it_is_one_access(justice, governance):
    assert opened(justice) == opened(justice, now=NOW + timedelta(minutes=5))
    assert Clock.objects.count() == 1


def test_it_is_ended_by_whoever_opened_it_and_then_opens_nothing(somebody, justice, governance):
    access = opened(justice)
    with pytest.raises(NotAllowed, match="Only whoever"):
        end(access, by=somebody("other", Role.YOUTH_JUSTICE_WORKER), now=NOW)
    end(access, by=justice, now=NOW + timedelta(minutes=1))
    assert not may_see(justice, NOW + timedelta(minutes=2))
    assert opened(justice, now=NOW + timedelta(minutes=3)) != access


def test_a_review_stops_the_clock_once_and_is_never_ones_own(somebody, justice, governance):
    access = opened(justice)
    with pytest.raises(NotAllowed, match="information governance"):
        review(access, justified=True, words="It was needed then", by=justice, now=NOW)
    with pytest.raises(NotPossible, match="Say why"):
        review(access, justified=True, words="", by=governance, now=NOW)
    review(access, justified=False, words="Nothing had happened there", by=governance, now=NOW)
    with pytest.raises(NotPossible, match="already"):
        review(access, justified=True, words="It was needed then", by=governance, now=NOW)
    access.refresh_from_db()
    assert (access.justified, access.reviewed_by) == (False, governance)
    assert not Clock.objects.running().filter(owner=governance).exists()


def test_where_information_governance_has_nobody_a_manager_reviews(somebody, justice):
    manager = somebody("mina", Role.APPROVING_MANAGER)
    opened(justice)
    assert Clock.objects.get().owner == manager


@pytest.mark.parametrize(
    "role", [Role.TRIAGE_OFFICER, Role.EXPLOITATION_COORDINATOR, Role.ANALYST, Role.LEAD_PROFESSIONAL]
)
def test_a_typed_reason_opens_the_limited_view_for_a_set_time(somebody, role):
    by = somebody("somebody", role)
    look_with_a_reason(person_id=CHILD, why="A friend of a child I work with", by=by, now=NOW)
    seen = open_record(person_id=CHILD, by=by, today=TODAY, now=NOW)
    assert seen.through is Through.REASON
    assert seen.shows("council-899", "core") and not seen.shows("council-899", "addresses")
    assert not seen.tells("police-1", "police")
    assert not may_see(by, NOW + timedelta(hours=8))
    assert not Clock.objects.exists()
    assert Entry.objects.get(did="gave a reason to look at a child").why


def test_other_roles_give_no_reason_and_look_nowhere(justice):
    with pytest.raises(NotAllowed, match="triage desk"):
        look_with_a_reason(person_id=CHILD, why="A friend of a child I work with", by=justice, now=NOW)
    with pytest.raises(NothingThere):
        open_record(person_id=CHILD, by=justice, today=TODAY, now=NOW)


def test_a_part_opens_without_typing(somebody):
    worker = somebody("wren", Role.LEAD_PROFESSIONAL)
    involve(
        person_id=CHILD, why="working_with", rests_on="x", opened_on=TODAY, agency=worker.agency, practitioner=worker
    )  # fmt: skip
    assert open_record(person_id=CHILD, by=worker, today=TODAY, now=NOW).through is Through.PART
