"""What stands beside the versions: seen, disagreements, the statutory system's facts; and clocks that pass to somebody else."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from rowan.access.models import Involvement
from rowan.agencies.models import Absence
from rowan.assessments.actions import record_dissent, record_seen, record_statutory
from rowan.assessments.models import ChildSeen, Dissent, StatutoryFact
from rowan.audit_trail.models import Entry as Trail
from rowan.notices.models import Notice
from rowan.refusals import NotAllowed, NothingThere, NotPossible
from rowan.timescales.passing_on import pass_on
from rowan.timescales.rules.working_days import add_working_days


def her(hub, by=None, **more):
    return {"token": uuid4(), "person_id": hub.girl.pk, "by": by or hub.worker, "now": hub.now, **more}


def test_a_child_was_seen_on_a_day_by_somebody(hub):
    hub.begin()
    token = uuid4()
    for _ in range(2):
        record_seen(on=hub.today, seen_by="Joan Eccles", words="At home, alone", **her(hub, token=token))
    assert ChildSeen.objects.get().on == hub.today
    with pytest.raises(NotPossible, match="today or before"):
        record_seen(on=hub.today + timedelta(days=1), seen_by="Joan", **her(hub))
    with pytest.raises(NotPossible, match="who saw"):
        record_seen(on=hub.today, seen_by=" ", **her(hub))


@pytest.mark.parametrize("who", ["lead", "police"])
def test_any_agency_with_a_part_in_her_life_puts_its_disagreement_on_record(hub, who):
    hub.begin()
    version = hub.write()
    by = getattr(hub, who)
    said = record_dissent(words="She is being harmed now", assessment=version, **her(hub, by))
    assert (said.agency, said.said_by) == (by.agency, by.display_name)
    assert Notice.objects.filter(practitioner=hub.worker, about__contains="does not agree").exists()
    version.strand.refresh_from_db()
    assert version.strand.state == "significant_concern"
    with pytest.raises(TypeError):
        said.delete()


def test_for_another_agency_only_the_hub_puts_it_on_record_and_nobody_without_a_part(hub):
    hub.begin()
    with pytest.raises(NotAllowed, match="your own agency"):
        record_dissent(words="No", agency=hub.police_force, **her(hub, hub.lead))
    record_dissent(words="No", agency=hub.school, said_by="Sian, by telephone", **her(hub))
    with pytest.raises(NothingThere):
        record_dissent(words="No", **her(hub, hub.stranger))
    with pytest.raises(NotPossible, match="Say what"):
        record_dissent(words=" ", **her(hub))
    assert Dissent.objects.get().said_by == "Sian, by telephone"


def test_statutory_facts_are_mirrored_with_their_reference_and_their_clocks_run_from_the_right_event(hub):
    strand = hub.begin()
    with pytest.raises(NotPossible, match="own reference"):
        record_statutory(fact="referral", on=hub.today, reference="", **her(hub))
    strategy, enquiry = hub.today - timedelta(days=3), hub.today - timedelta(days=1)
    for fact, on in (("referral", date(2026, 3, 2)), ("strategy", strategy), ("section47", enquiry)):
        record_statutory(fact=fact, on=on, reference="LCS 4711", **her(hub))
    clock = hub.clocks(strand)["statutory: an initial child protection conference"]
    assert (clock.due_on, clock.owner) == (add_working_days(strategy, 15), hub.worker)
    record_statutory(fact="conference", on=hub.today, reference="LCS 4711", **her(hub))
    running = hub.clocks(strand)
    assert "statutory: an initial child protection conference" not in running
    assert running["statutory: a core group"].due_on == add_working_days(hub.today, 10)
    strand.refresh_from_db()
    assert (strand.step, StatutoryFact.objects.count()) == ("screening", 4)


def test_while_the_lead_is_away_the_clock_passes_on_and_the_record_opens_to_whoever_has_it(hub):
    strand = hub.begin(lead=hub.worker)
    Absence.objects.create(
        practitioner=hub.worker, from_on=hub.today, until_on=hub.today + timedelta(days=30), stands_in=hub.stranger,
        entered_by=hub.worker, entered_at=hub.now,
    )  # fmt: skip
    pass_on(now=hub.now)
    strand.refresh_from_db()
    assert strand.lead == hub.worker
    assert hub.clocks(strand)["a screening"].owner == hub.stranger
    assert Involvement.objects.filter(
        practitioner=hub.stranger, rests_on=f"strand {strand.pk} passed to {hub.stranger.pk}"
    ).exists()
    hub.write(by=hub.stranger)
    assert Notice.objects.filter(practitioner=hub.stranger, path=f"/assessments/children/{hub.girl.pk}/").exists()  # fmt: skip


def test_each_act_leaves_its_line(hub):
    hub.begin()
    record_seen(on=hub.today, seen_by="Joan", **her(hub))
    record_statutory(fact="referral", on=hub.today, reference="LCS 1", **her(hub))
    record_dissent(words="No", **her(hub))
    did = set(Trail.objects.about(hub.girl.pk).values_list("did", flat=True))
    assert {
        "recorded that a child was seen",
        "mirrored a fact of the statutory system",
        "put a disagreement on record",
    } <= did
