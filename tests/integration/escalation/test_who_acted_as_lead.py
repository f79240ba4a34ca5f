"""What is done about something overdue and every turn of a disagreement say in which place of the chain of leads somebody decided."""

from uuid import uuid4

from rowan.escalation.actions import disagreements
from rowan.escalation.actions.overdue import answer_overdue
from rowan.escalation.models import Overdue
from tests import people_in_tests as invented
from tests.acting_as import acting_on_the_trail, page

DEPUTY = "The deputy lead, acting lead"


def test_what_is_done_about_something_overdue_says_it_and_so_does_the_page(council):
    invented.involve(council.girl, council.council, "allocated_worker", "deputy", practitioner=council.deputy)
    council.away(council.lead)
    clock = council.owe(owner=council.deputy)
    day = council.working_days(2)[-1]
    council.on(day)
    overdue = Overdue.objects.get(clock=clock)
    assert overdue.owner == council.deputy
    said = {"words": "Rung the aunt", "until_on": council.working_days(1)[0]}
    given = answer_overdue(overdue, token=uuid4(), by=council.deputy, now=council.now, **said)
    assert given.acting_as == DEPUTY
    assert acting_on_the_trail("said what is done about something overdue") is True
    assert f"Femi Rowntree ({DEPUTY})" in page(council.deputy, f"/escalation/overdue/{overdue.pk}/")


def test_every_turn_of_a_disagreement_says_it_and_so_does_its_page(council):
    who = council.worker
    words = invented.acting_lead(who)
    council.away(council.lead, council.deputy)
    row = council.disagree()
    assert row.acting_as == words
    disagreements.respond(row, token=uuid4(), words="We have rung", by=who, now=council.now)
    assert row.responses.get().acting_as == words
    row = disagreements.go_up(row, why="They did not answer", by=who, now=council.now)
    assert [stage.acting_as for stage in row.stages.all()] == [words, words]
    row = disagreements.resolve(row, how="agreed", words="Somebody walks with her", by=who, now=council.now)
    assert row.resolved_acting_as == words
    for did in (
        "raised a disagreement",
        "answered in a disagreement",
        "took a disagreement up a stage",
        "resolved a disagreement",
    ):
        assert acting_on_the_trail(did) is True
    shown = page(who, f"/escalation/disagreements/{row.pk}/")
    assert shown.count(f"Joan Eccles ({words})") == 3 and f"Joan Eccles, {words}" in shown


def test_a_stage_that_goes_up_by_itself_is_in_nobodys_place(council):
    invented.acting_lead(council.worker)
    row = council.disagree()
    for day in council.working_days(4):
        council.stages_on(day)
    by_itself = row.stages.filter(by=None)
    assert by_itself.exists() and not by_itself.exclude(acting_as="").exists()
