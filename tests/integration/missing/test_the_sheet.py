"""The “if missing” sheet: filled in ahead, never overwritten unseen; printed on the trail; and nothing of it leaves without a decision."""

from datetime import timedelta
from uuid import uuid4

import pytest

from rowan.audit_trail.models import Entry as TrailEntry
from rowan.missing import actions
from rowan.missing.models import Sheet, SheetPrint
from rowan.refusals import NotAllowed, NotPossible, SomebodyWasFirst
from rowan.sharing.actions import decide
from rowan.sharing.rules.deciding import Said
from tests import people_in_tests as invented
from tests.forms_on_pages import hidden_in

COVERS = ("name_and_birth_date", "if_missing_sheet")


def fill_in(hub, *, by=None, opened_on="", **words):
    return actions.fill_in(
        token=words.pop("token", None) or uuid4(), person_id=hub.boy.pk, opened_on=opened_on,
        words={"places": "The canal", **words}, by=by or hub.carer, now=hub.ago(minutes=5 - Sheet.objects.count()),
    )  # fmt: skip


def decision(hub, items=COVERS, **more):
    said = Said(**{**invented.WHOLE, "items": items, "whose": "joint", "purpose": "missing", **more})
    return decide(
        said, token=uuid4(), person_ids=[hub.boy.pk], recipient_agency=hub.police, by=hub.coordinator, now=hub.now
    )  # fmt: skip


def print_it(hub, sheet, *, by=None, decision=None, token=None):
    return actions.print_sheet(
        sheet, token=token or uuid4(), person_id=hub.boy.pk, decision=decision, by=by or hub.coordinator, now=hub.now
    )  # fmt: skip


@pytest.fixture
def open_to_the_hub(hub):
    """The co-ordinator has a part in his life: he was reported missing."""
    return hub.report()


def test_a_carer_fills_it_in_and_every_version_is_kept(hub):
    first = fill_in(hub)
    second = fill_in(hub, by=hub.worker, opened_on=str(first.pk), places="The canal and the arcade")
    assert [sheet.pk for sheet in Sheet.objects.all()] == [second.pk, first.pk]


def test_the_second_of_two_sees_both_and_may_put_hers_in_its_place(hub):
    first = fill_in(hub)
    with pytest.raises(SomebodyWasFirst) as both:
        fill_in(hub, by=hub.worker, opened_on="", places="The arcade")
    assert both.value.may_send
    assert next((row.now, row.typed) for row in both.value.both) == ("The canal", "The arcade")
    fill_in(hub, by=hub.worker, opened_on=str(first.pk), places="The arcade")


def test_pressed_twice_it_is_one_and_empty_it_is_none(hub):
    token = uuid4()
    fill_in(hub, token=token)
    fill_in(hub, token=token)
    assert Sheet.objects.count() == 1
    with pytest.raises(NotPossible, match="at least one box"):
        fill_in(hub, places=" ", opened_on=str(token))


def test_printing_for_oneself_stands_on_the_trail(hub, open_to_the_hub):
    token, sheet = uuid4(), fill_in(hub)
    for _ in range(2):
        print_it(hub, sheet, token=token)
    assert SheetPrint.objects.get().for_whom == ""
    assert TrailEntry.objects.filter(did="printed an if-missing sheet").count() == 1


def test_it_leaves_rowan_only_under_a_decision_that_covers_it(hub, open_to_the_hub):
    sheet = fill_in(hub)
    with pytest.raises(NotAllowed, match="does not cover the sheet"):
        print_it(hub, sheet, decision=decision(hub, items=("name_and_birth_date", "missing_episodes")))
    with pytest.raises(NotAllowed, match="does not cover the sheet"):
        print_it(hub, sheet, decision=decision(hub, whose="own"))
    with pytest.raises(NotAllowed, match="not to share"):
        kept = decide(
            Said(**invented.NOT_SHARED, review_on=hub.today + timedelta(days=9)), token=uuid4(), person_ids=[hub.boy.pk], recipient_agency=hub.police,
            by=hub.coordinator, now=hub.now,
        )  # fmt: skip
        print_it(hub, sheet, decision=kept)
    assert not SheetPrint.objects.exists()
    printed = print_it(hub, sheet, decision=decision(hub))
    assert printed.for_whom == "Duty sergeant, Invented Constabulary"


def page_printed(hub, client, **typed) -> str:
    path = f"/missing/children/{hub.boy.pk}/if-missing/print/"
    page = client.get(path).content.decode()
    answer = client.post(path, hidden_in(page, "", path) | typed)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_paper_says_for_whom_it_is_and_where_he_lives(hub, client, open_to_the_hub):
    fill_in(hub)
    client.force_login(hub.coordinator)
    paper = page_printed(hub, client)
    assert "3 Invented Row" in paper
    assert "The canal" in paper
    assert "Stays with those who work with Kacper Holloway" in paper
    given = page_printed(hub, client, decision=decision(hub).pk)
    assert "Given to Duty sergeant, Invented Constabulary" in given
    assert "3 Invented Row" not in given


def test_a_home_that_is_withheld_stands_on_no_paper(hub, client, open_to_the_hub):
    invented.withheld_address(hub.boy)
    fill_in(hub)
    client.force_login(hub.coordinator)
    for typed in ({}, {"decision": decision(hub, items=(*COVERS, "address")).pk}):
        paper = page_printed(hub, client, **typed)
        assert "Invented Row" not in paper
        assert "Invented Refuge" not in paper
        assert "Withheld" in paper


def test_somebody_elses_decision_about_another_child_is_not_offered(hub, client, open_to_the_hub):
    fill_in(hub)
    other = invented.child("Amina", "Larkfield", sex="F", age=14, school=hub.school)
    invented.involve(other, hub.council, "working_with", practitioner=hub.worker)
    theirs = decide(
        Said(**{**invented.WHOLE, "items": COVERS}), token=uuid4(), person_ids=[other.pk], recipient_agency=hub.police, by=hub.worker, now=hub.now
    )  # fmt: skip
    client.force_login(hub.coordinator)
    path = f"/missing/children/{hub.boy.pk}/if-missing/print/"
    page = client.get(path).content.decode()
    assert str(theirs.pk) not in page
    assert (
        "problem" in client.post(path, hidden_in(page, "", path) | {"decision": theirs.pk}).content.decode()
    )


def test_a_school_does_not_read_what_a_home_wrote(hub, client):
    fill_in(hub)
    client.force_login(hub.lead)
    page = client.get(f"/missing/children/{hub.boy.pk}/if-missing/").content.decode()
    assert "The canal" not in page
    assert client.get(f"/missing/children/{hub.boy.pk}/if-missing/print/").status_code == 409


def test_what_must_be_heeded_stands_on_the_paper(hub, client, open_to_the_hub):
    from rowan.people.safe_contact import heed

    heed(
        person_id=hub.boy.pk,
        flag="do_not_ring_home",
        said_by="He",
        said_on=hub.today,
        by=hub.worker,
        now=hub.now,
    )
    fill_in(hub)
    client.force_login(hub.coordinator)
    assert "Do not ring home" in page_printed(hub, client)
