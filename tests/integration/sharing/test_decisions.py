"""Deciding to share and not to share: recorded whole, once, on the trail, and corrected without overwriting."""

from uuid import uuid4

import pytest

from rowan.access.actions import seen_by
from rowan.access.models import Restriction, Why
from rowan.agencies.leads import lead_now
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.refusals import NotAllowed, NotPossible, SomebodyWasFirst
from rowan.sharing.actions import may_leave, share_under, withdraw
from rowan.sharing.models import DecisionItem, SharingDecision
from rowan.sharing.reading import may_know_of, may_read
from rowan.sharing.rules.settings import S16LA_FROM
from rowan.timescales.actions import change_setting
from tests import people_in_tests as invented


def lines(hub, did: str):
    return Entry.objects.about(hub.girl.pk).filter(did=did, refused_because="")


def test_a_decision_to_share_is_recorded_with_everything_it_says_and_leaves_a_line(hub):
    decision = hub.decide(hub.said(danger_if_seen="The child, if the adult named learned of it"))
    assert decision.recipient == "Invented Constabulary"
    assert {item.item for item in decision.items.all()} == {"name_and_birth_date", "attendance"}
    assert (decision.by, decision.agency, decision.role) == (hub.worker, hub.council, "lead_professional")
    assert decision.law_used["ca2004_s16la"] is False
    assert decision.lead == lead_now(hub.council, hub.today).says
    line = lines(hub, "decided to share").get()
    assert line.about_id == str(decision.pk)
    assert "stepfather" not in str(line.particulars)


def test_what_would_put_somebody_in_danger_is_sealed_in_the_database(hub):
    from django.db import connection

    decision = hub.decide(hub.said(danger_if_seen="The child, at her aunt’s"))
    with connection.cursor() as cursor:
        cursor.execute("select danger_if_seen from sharing_sharingdecision")
        (stored,) = cursor.fetchone()
    assert "aunt" not in stored
    assert SharingDecision.objects.get(pk=decision.pk).danger_if_seen == "The child, at her aunt’s"


def test_a_decision_not_to_share_needs_a_reason_and_a_day_to_look_again(hub):
    decision = hub.decide(hub.not_shared())
    assert decision.decided == "not_share"
    assert lines(hub, "decided not to share").count() == 1
    with pytest.raises(NotPossible, match="Say why"):
        hub.decide(hub.not_shared(reason_not=""))
    with pytest.raises(NotPossible, match="looked at again"):
        hub.decide(hub.not_shared(review_on=None))


def test_pressed_twice_it_is_one_decision(hub):
    token = uuid4()
    assert hub.decide(token=token) == hub.decide(token=token)
    assert SharingDecision.objects.count() == 1
    assert lines(hub, "decided to share").count() == 1


def test_a_token_of_another_childs_decision_is_refused(hub):
    token = uuid4()
    hub.decide(token=token, by=hub.lead)
    with pytest.raises(NotPossible, match="another decision"):
        hub.decide(token=token, child=hub.boy, by=hub.lead)


def test_who_does_not_work_with_the_child_decides_nothing_and_the_refusal_is_on_the_trail(hub):
    for by in (hub.stranger, hub.administrator, hub.councillor, hub.governance):
        with pytest.raises(NotAllowed):
            hub.decide(by=by)
        assert Entry.objects.about(hub.girl.pk).refused().filter(by_id=str(by.pk)).exists()
    assert not SharingDecision.objects.exists()


def test_a_restricted_record_answers_like_one_she_has_no_part_in(hub):
    Restriction.objects.create(person_id=hub.girl.pk, why="Adopted", set_by="Somebody")
    with pytest.raises(NotAllowed):
        hub.decide()


def test_a_school_shares_its_own_and_never_the_joint_picture(hub):
    assert hub.decide(by=hub.lead).agency == hub.school
    with pytest.raises(NotAllowed, match="your own agency"):
        hub.decide(hub.said(whose="joint"), by=hub.lead)
    assert hub.decide(hub.said(whose="joint"), by=hub.worker).whose == "joint"


def test_nobody_decides_to_share_what_she_may_not_see(hub):
    with pytest.raises(NotAllowed, match="may not see this"):
        hub.decide(
            hub.said(items=("sexual_health_concern",), weighing="x", capacity="competent", under_13="no")
        )


def test_a_decision_is_never_changed_and_a_correction_points_at_it(hub):
    first = hub.decide()
    with pytest.raises(TypeError):
        first.save()
    with pytest.raises(TypeError):
        SharingDecision.objects.update(decided="not_share")
    second = hub.decide(hub.said(items=("name_and_birth_date",)), corrects=first, notice="Rang her today")
    assert second.corrects == first
    assert list(SharingDecision.objects.newest()) == [second]
    notice = first.notices.get()
    assert (notice.kind, notice.how_told) == ("corrected", "Rang her today")
    with pytest.raises(NotPossible, match="corrected this decision already"):
        hub.decide(hub.said(items=("name_and_birth_date",)), corrects=first, by=hub.coordinator)


def test_under_a_standing_decision_everything_but_the_child_is_said_already(hub):
    standing = hub.standing()
    token = uuid4()
    made = [share_under(standing, person_id=hub.girl.pk, token=token, by=hub.worker, now=hub.now) for _ in range(2)]  # fmt: skip
    assert made[0] == made[1]
    assert made[0].standing == standing
    assert made[0].told_parent == "standing"
    assert DecisionItem.objects.count() == 2


def test_an_ended_or_foreign_standing_decision_covers_nothing(hub):
    from rowan.sharing.actions import end_standing

    standing = hub.standing()
    with pytest.raises(NotPossible, match="another agency"):
        share_under(standing, person_id=hub.girl.pk, token=uuid4(), by=hub.lead, now=hub.now)
    end_standing(standing, by=hub.coordinator, now=hub.now)
    with pytest.raises(NotPossible, match="has ended"):
        share_under(standing, person_id=hub.girl.pk, token=uuid4(), by=hub.worker, now=hub.now)


def test_a_standing_decision_never_covers_what_was_told_in_confidence_and_not_everybody_sets_one_up(hub):
    with pytest.raises(NotPossible, match="in confidence"):
        hub.standing(items=("health_concern",))
    with pytest.raises(NotAllowed):
        hub.standing(by=hub.worker)
    assert hub.standing(by=hub.lead).agency == hub.school


def test_once_section_16la_is_dated_only_its_own_reasons_hold(hub):
    hub.decide(hub.not_shared(reason_not="confidence"))
    with pytest.raises(NotPossible, match="duty or power"):
        hub.decide(hub.said(duty="ca2004_s16la"))
    change_setting(S16LA_FROM, str(hub.today), by=hub.governance, from_on=hub.today, why="Regulations")
    with pytest.raises(NotPossible, match="16LA"):
        hub.decide(hub.not_shared(reason_not="confidence"))
    hub.decide(hub.not_shared(reason_not="more_detrimental"))
    assert hub.decide(hub.said(duty="ca2004_s16la")).law_used["ca2004_s16la"] is True


def test_nothing_leaves_without_a_decision_that_stands_and_is_about_the_child(hub):
    def leaves(decision, child=hub.girl, by=hub.worker):
        return may_leave(decision, person_ids=[child.pk], by=by, now=hub.now, as_what="a file")

    with pytest.raises(NotAllowed, match="without a decision"):
        leaves(None)
    with pytest.raises(NotAllowed, match="not to share"):
        leaves(hub.decide(hub.not_shared()))
    with pytest.raises(NotAllowed, match="names no item"):
        leaves(hub.decide(hub.said(items=(), items_words="All of it")))
    decision = hub.decide()
    covering, _ = leaves(decision)
    assert covering.covers_line("attendance", hub.council.code)
    assert not covering.covers_line("attendance", hub.school.code)
    assert not covering.covers_line("address", hub.council.code)
    with pytest.raises(NotAllowed, match="another child"):
        leaves(hub.decide(by=hub.lead), child=hub.boy, by=hub.lead)
    newer = hub.decide(corrects=decision)
    with pytest.raises(NotAllowed, match="newest"):
        leaves(decision)
    withdraw(newer, words="Sent to the wrong desk", how_told="Rang at noon", by=hub.worker, now=hub.now)
    with pytest.raises(NotAllowed, match="withdrawn"):
        leaves(newer)
    assert Entry.objects.refused().filter(did="shared a file").count() == 6


def test_only_what_was_shared_is_withdrawn_and_only_by_the_agency_that_shared_it(hub):
    with pytest.raises(NotPossible, match="Nothing was shared"):
        withdraw(hub.decide(hub.not_shared()), words="x", how_told="x", by=hub.worker, now=hub.now)
    schools = hub.decide(by=hub.lead)
    with pytest.raises(NotAllowed, match="agency that decided"):
        withdraw(schools, words="x", how_told="x", by=hub.worker, now=hub.now)
    mine = hub.decide()
    once = withdraw(mine, words="x", how_told="x", by=hub.worker, now=hub.now)
    assert withdraw(mine, words="x", how_told="x", by=hub.worker, now=hub.now) == once
    with pytest.raises(SomebodyWasFirst, match="withdrawn already") as first:
        withdraw(mine, words="y", how_told="y", by=hub.coordinator, now=hub.now)
    assert ("x", "y") in [(row.now, row.typed) for row in first.value.both]
    assert mine.notices.get() == once


def test_inside_a_council_the_matrix_alone_opens_a_decision_and_another_agency_reads_its_own(hub):
    by_a_worker = hub.decide()
    roles = {
        Role.EXPLOITATION_COORDINATOR: (True, True),
        Role.ANALYST: (False, False),
        Role.EDUCATION_WELFARE_OFFICER: (False, False),
        Role.MISSING_COORDINATOR: (False, True),
    }
    for role, (reads, knows) in roles.items():
        reader = invented.practitioner(f"reader-{role}", role, hub.council)
        invented.involve(hub.girl, hub.council, Why.WORKING_WITH, role, practitioner=reader)
        seen = seen_by(reader, [hub.girl.pk], hub.today)[hub.girl.pk]
        assert (may_read(by_a_worker, seen, reader), may_know_of(by_a_worker, seen, reader)) == (reads, knows)
    by_the_school = hub.decide(hub.said(items=("name_and_birth_date",)), by=hub.lead)
    deputy = invented.practitioner("deputy", Role.SCHOOL_SAFEGUARDING_LEAD, hub.school)
    seen = seen_by(deputy, [hub.girl.pk], hub.today)[hub.girl.pk]
    assert may_read(by_the_school, seen, deputy) and not may_read(by_a_worker, seen, deputy)
