"""Who told the police, or wrote by the public page, opens for two people of the police unit, once, and for nobody else."""

from uuid import uuid4

import pytest
from django.db import connection

from rowan.access.models import Restriction
from rowan.access.reading import reader_of, reading_as
from rowan.agencies.models import AgencyKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.concerns.actions.unmasking import ask_to_unmask, unmask
from rowan.concerns.models import Concern, Referrer, Source
from rowan.concerns.rules.told import Referrer as Left
from rowan.refusals import NotAllowed, NotPossible
from rowan.sharing.actions.approvals import approve
from rowan.sharing.models import Approval
from tests import people_in_tests as invented

TOLD_BY = "The barber next door"
on_postgresql = connection.vendor == "postgresql"


@pytest.fixture
def unit(hub):
    """Two officers of the exploitation team, and one of another force."""
    hub.constable = invented.practitioner("constable", Role.POLICE_EXPLOITATION_TEAM, hub.police, "Ade Cole")
    hub.sergeant = invented.practitioner("sergeant", Role.POLICE_EXPLOITATION_TEAM, hub.police, "Bea Lunn")
    elsewhere = invented.agency("force-2", "Another Force", AgencyKind.POLICE)
    hub.elsewhere = invented.practitioner("elsewhere", Role.POLICE_EXPLOITATION_TEAM, elsewhere, "Cai Marsh")
    return hub


def of_the_police(unit) -> Concern:
    return unit.raised(unit.told(raises="police", told_by=TOLD_BY), by=unit.constable)


def of_a_neighbour(unit) -> Concern:
    return unit.raised_by_a_stranger(
        code=uuid4().hex, referrer=Left(name="Mavis Thorne", works_at="The corner shop", phone="07700 900123")
    )


def asked(unit, concern, by=None) -> Approval:
    return ask_to_unmask(
        concern.reference, why="They may be in danger", token=uuid4(), by=by or unit.constable, now=unit.now
    )


def test_no_page_of_the_desk_and_no_column_of_the_concern_holds_who_it_is(unit, client):
    concern, neighbours = of_the_police(unit), of_a_neighbour(unit)
    assert TOLD_BY not in str(Concern.objects.filter(pk=concern.pk).values())
    assert "Mavis" not in str(Referrer.objects.filter(pk=neighbours.pk).values())
    client.force_login(unit.triage)
    for each in (concern, neighbours):
        page = client.get(f"/concerns/triage/{each.pk}/").text
        assert TOLD_BY not in page and "Mavis" not in page
    assert "stays sealed with the police" in client.get(f"/concerns/triage/{concern.pk}/").text
    client.force_login(unit.constable)
    assert TOLD_BY not in client.get(f"/concerns/raised/{concern.pk}/").text


def test_two_of_the_unit_open_it_once_and_every_step_is_on_the_trail(unit):
    concern = of_a_neighbour(unit)
    approval = asked(unit, concern)
    with pytest.raises(NotAllowed, match="has not approved"):
        unmask(approval, by=unit.constable, now=unit.now)
    approve(approval, by=unit.sergeant, now=unit.now)
    assert unmask(approval, by=unit.constable, now=unit.now) == [
        ("Name", "Mavis Thorne"),
        ("Where they work", "The corner shop"),
    ]
    with pytest.raises(NotAllowed, match="done already"):
        unmask(approval, by=unit.constable, now=unit.now)
    line = Entry.objects.get(did="unmasked a source", refused_because="")
    assert (line.by_id, line.about_id) == (str(unit.constable.pk), str(concern.pk))
    assert "Mavis" not in str(list(Entry.objects.values_list("why", "particulars")))


def test_nobody_alone_and_nobody_of_another_force(unit):
    approval = asked(unit, of_a_neighbour(unit))
    with pytest.raises(NotAllowed, match="two people"):
        approve(approval, by=unit.constable, now=unit.now)
    with pytest.raises(NotAllowed, match="does not approve"):
        approve(approval, by=unit.elsewhere, now=unit.now)
    with pytest.raises(NotAllowed, match="does not ask"):
        asked(unit, of_a_neighbour(unit), by=unit.triage)


def test_another_forces_source_and_a_reference_that_leads_nowhere_answer_alike(unit):
    concern = of_the_police(unit)
    reasons = set()
    for reference in (concern.reference, "NONE-SUCH"):
        with pytest.raises(NotPossible) as refused:
            ask_to_unmask(reference, why="-", token=uuid4(), by=unit.elsewhere, now=unit.now)
        reasons.add(refused.value.reason)
    assert len(reasons) == 1 and not Approval.objects.exists()


def test_about_a_hidden_child_or_about_a_colleague_of_theirs_nothing_is_said(unit):
    hidden = of_a_neighbour(unit)
    Concern.objects.filter(pk=hidden.pk).update(about="child", person=unit.girl)
    Restriction.objects.create(person_id=unit.girl.pk, why="-", set_by="-")
    colleague = of_a_neighbour(unit)
    Concern.objects.filter(pk=colleague.pk).update(
        about_a_professional=True, professionals_agency=unit.police
    )
    for concern in (hidden, colleague):
        with pytest.raises(NotPossible, match="not for your unit"):
            asked(unit, concern)


def test_somebody_shut_out_since_it_was_approved_is_shown_nothing(unit):
    concern = of_a_neighbour(unit)
    approval = asked(unit, concern)
    approve(approval, by=unit.sergeant, now=unit.now)
    Concern.objects.filter(pk=concern.pk).update(about_a_professional=True, professional=unit.sergeant)
    with pytest.raises(NotPossible, match="not for your unit"):
        unmask(approval, by=unit.constable, now=unit.now)


def test_the_database_itself_shows_it_only_to_whoever_carried_out_the_act_of_two(unit):
    concern = of_a_neighbour(unit)
    approval = asked(unit, concern)
    seen = {}
    for who in (unit.triage, unit.constable, unit.sergeant):
        with reading_as(reader_of(who)):
            seen[who.username] = Source.objects.filter(concern=concern).exists()
    assert set(seen.values()) == {not on_postgresql}
    approve(approval, by=unit.sergeant, now=unit.now)
    with reading_as(reader_of(unit.constable)):
        assert unmask(approval, by=unit.constable, now=unit.now)
        assert Source.objects.filter(concern=concern).exists()
    with reading_as(reader_of(unit.sergeant)):
        assert Source.objects.filter(concern=concern).exists() is not on_postgresql


def test_by_its_pages(unit, client):
    concern = of_a_neighbour(unit)
    client.force_login(unit.triage)
    assert client.get("/concerns/sources/").status_code == 403
    client.force_login(unit.constable)
    assert "Ask for it" in client.get("/sharing/two-people/").text.replace(": ask", ": Ask")
    page = client.get("/concerns/sources/").text
    token = page.split('name="token" value="')[1].split('"')[0]
    wrong = client.post("/concerns/sources/", {"token": token, "reference": "X", "why": "Danger"})
    assert "No sealed source" in wrong.text and 'value="X"' in wrong.text
    answer = client.post(
        "/concerns/sources/", {"token": token, "reference": concern.reference.lower(), "why": "Danger"}
    )
    client.force_login(unit.elsewhere)
    assert client.get(answer["Location"]).status_code == 404
    client.force_login(unit.sergeant)
    client.post(answer["Location"], {"decided": "approve"})
    assert "Show who it is" not in client.get(answer["Location"]).text
    client.force_login(unit.constable)
    assert "Show who it is" in client.get(answer["Location"]).text
    shown = client.post(f"/concerns/sources/{Approval.objects.get().pk}/")
    assert "Mavis Thorne" in shown.text and "no-store" in shown["Cache-Control"]
    again = client.post(f"/concerns/sources/{Approval.objects.get().pk}/")
    assert again.status_code == 403 and "Mavis" not in again.text
    assert "Mavis" not in client.get(answer["Location"]).text
