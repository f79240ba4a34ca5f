"""Files that leave Rowan: under a decision, no more than it covers and access shows, signed, once, and on the trail."""

import csv
import io
import json
import zipfile
from uuid import uuid4

import pytest

from rowan.audit_trail.models import Entry
from rowan.command import main
from rowan.encryption import public_parts
from rowan.people.safe_contact import heed
from rowan.refusals import NotAllowed, NotPossible
from rowan.sharing.actions import withdraw
from rowan.sharing.actions.approvals import approve, ask_for_two
from rowan.sharing.actions.files import SIGNED_WITH, make_childs_record, make_register
from rowan.sharing.files.verifying import verify
from rowan.sharing.models import SharedFile
from rowan.sharing.rules.settings import BULK_ROWS
from rowan.timescales.actions import change_setting
from tests import people_in_tests as invented

JOINT = {
    "whose": "joint",
    "items": ("name_and_birth_date", "missing_episodes", "attendance", "social_care_history"),
}


@pytest.fixture
def told(hub):
    """What three agencies say of her, each with a word that is nowhere else."""
    invented.happened(
        hub.girl,
        hub.today,
        "went_missing",
        "Went missing",
        by=invented.POLICE,
        compartment="police",
        text="POLICE-WORD",
    )
    invented.happened(
        hub.girl,
        hub.today,
        "school_log",
        "Note",
        by=invented.SCHOOL,
        compartment="education",
        text="SCHOOL-WORD",
    )
    invented.happened(
        hub.girl,
        hub.today,
        "referral",
        "Referral",
        by=invented.COUNCIL,
        compartment="social_care",
        text="COUNCIL-WORD",
    )
    invented.happened(
        hub.girl,
        hub.today,
        "clinic",
        "Clinic",
        by=invented.COUNCIL,
        compartment="sexual_health",
        text="CLINIC-WORD",
    )
    return hub


def words_in(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8-sig") for name in archive.namelist())


def make(hub, decision, by=None, token=None):
    return make_childs_record(decision, token=token or uuid4(), by=by or hub.worker, now=hub.now)


def test_it_holds_what_the_decision_covers_and_nothing_else(told):
    hub = told
    _, content = make(hub, hub.decide(hub.said(**JOINT)))
    text = words_in(content)
    assert "POLICE-WORD" in text and "COUNCIL-WORD" in text and "Amina" in text
    assert "SCHOOL-WORD" not in text  # school notes were not picked
    assert "CLINIC-WORD" not in text
    assert "3 Invented Row" not in text
    _, content = make(
        hub, hub.decide(hub.said(items=("name_and_birth_date", "missing_episodes", "social_care_history")))
    )
    text = words_in(content)
    assert "COUNCIL-WORD" in text and "POLICE-WORD" not in text  # own agency's only


def test_a_school_shares_its_own_rows_only_by_the_name_it_knows(told):
    hub = told
    decision = hub.decide(hub.said(items=("name_and_birth_date", "school_notes", "attendance")), by=hub.lead)
    text = words_in(make(hub, decision, by=hub.lead)[1])
    assert "SCHOOL-WORD" in text and "Mina" in text
    for theirs in ("POLICE-WORD", "COUNCIL-WORD", "Amina"):
        assert theirs not in text


def test_every_row_names_its_recipient_and_the_manifest_says_who_when_why(told):
    hub = told
    decision = hub.decide(hub.said(**JOINT))
    file, content = make(hub, decision)
    verdict = verify(content, public_parts(SIGNED_WITH))
    assert verdict.genuine
    manifest = verdict.manifest
    assert manifest["to"] == "Duty sergeant, Invented Constabulary"
    assert manifest["decision"] == str(decision.pk)
    assert manifest["made by"]["name"] == "Joan Eccles"
    assert manifest["rows"] == file.rows
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        rows = list(csv.reader(io.StringIO(archive.read("timeline.csv").decode("utf-8-sig"))))
    assert all("For Duty sergeant, Invented Constabulary only" in row[-1] for row in rows[1:])
    line = Entry.objects.about(hub.girl.pk).get(did="made a file")
    assert file.sha256 in str(line.particulars)


def test_without_a_decision_that_stands_no_file_is_made_and_each_is_made_once(told):
    hub = told
    with pytest.raises(NotAllowed):
        make(hub, hub.decide(hub.not_shared()))
    decision, token = hub.decide(hub.said(**JOINT)), uuid4()
    make(hub, decision, token=token)
    with pytest.raises(NotPossible, match="made already"):
        make(hub, decision, token=token)
    with pytest.raises(NotAllowed):
        make(hub, decision, by=hub.stranger)
    withdraw(decision, words="x", how_told="x", by=hub.worker, now=hub.now)
    with pytest.raises(NotAllowed, match="withdrawn"):
        make(hub, decision)
    assert SharedFile.objects.count() == 1


def test_a_decision_that_covers_nothing_held_makes_no_empty_file(hub):
    with pytest.raises(NotPossible, match="holds nothing"):
        make(hub, hub.decide(hub.said(items=("social_care_history",))))


def test_it_is_downloaded_and_never_kept_by_the_browser(told, client):
    hub = told
    decision = hub.decide(hub.said(**JOINT))
    client.force_login(hub.worker)
    path = f"/sharing/decisions/{decision.pk}/file/"
    assert client.get(path).headers["Content-Type"].startswith("text/html")
    answer = client.post(path, {"token": str(uuid4())})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    assert verify(answer.content, public_parts(SIGNED_WITH)).genuine


def test_the_command_says_whether_a_file_is_genuine(told, tmp_path, capsys):
    hub = told
    path = tmp_path / "file.zip"
    path.write_bytes(make(hub, hub.decide(hub.said(**JOINT)))[1])
    assert main(["export", "verify", str(path)]) == 0
    assert "Genuine: A child’s record" in capsys.readouterr().out
    assert main(["export", "public-key"]) == 0
    key = capsys.readouterr().out.strip()
    assert main(["export", "verify", str(path), "--key", key, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["genuine"] is True
    path.write_bytes(path.read_bytes().replace(b"Amina", b"Alina"))
    assert main(["export", "verify", str(path)]) == 1
    assert "not genuine" in capsys.readouterr().err
    assert main(["export", "verify", str(tmp_path / "none.zip")]) == 1
    assert main(["export", "verify", str(path), "--key", "0" * 64]) == 1


def test_the_register_names_no_child_and_holds_no_narrative(hub):
    hub.decide()
    hub.decide(hub.not_shared())
    _, content = make_register(to="The partnership", purpose="Yearly look", token=uuid4(), by=hub.governance, now=hub.now)  # fmt: skip
    text = words_in(content)
    assert "Do not share" in text and "Public task" in text
    for hidden in ("Amina", "Mina", hub.girl.pk, "stepfather", "which days she was away"):
        assert hidden not in text
    with pytest.raises(NotAllowed):
        make_register(to="x", purpose="x", token=uuid4(), by=hub.worker, now=hub.now)


def test_a_register_of_many_rows_takes_two_people_and_is_made_once(hub, client):
    change_setting(BULK_ROWS, 2, by=hub.governance, from_on=hub.today, why="Test")
    for _ in range(2):
        hub.decide()
    made = {"to": "The partnership", "purpose": "Yearly look", "by": hub.governance, "now": hub.now}
    with pytest.raises(NotPossible, match="two people"):
        make_register(token=uuid4(), **made)
    approval = ask_for_two(
        "bulk_export", token=uuid4(), about_kind="register", about_id="", particulars={"to": "The partnership"}, why="Yearly look", by=hub.governance, now=hub.now
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="has not approved"):
        make_register(token=uuid4(), approval=approval, **made)
    approve(approval, by=hub.manager, now=hub.now)
    with pytest.raises(NotPossible, match="two people"):
        make_register(token=uuid4(), approval=approval, **{**made, "to": "Somebody else"})
    file, _ = make_register(token=uuid4(), approval=approval, **made)
    assert file.approval == approval
    with pytest.raises(NotAllowed, match="done already"):
        make_register(token=uuid4(), approval=approval, **made)


def test_the_page_of_the_register_is_information_governances(hub, client, django_assert_max_num_queries):
    for _ in range(20):
        hub.decide()
    client.force_login(hub.worker)
    assert client.get("/sharing/register/").status_code == 403
    client.force_login(hub.governance)
    with django_assert_max_num_queries(30):
        page = client.get("/sharing/register/").content.decode()
    assert "Amina" not in page and hub.girl.pk not in page
    assert page.count("Invented Council to Invented Constabulary") == 20


WHERE_SHE_LIVES = {"whose": "joint", "items": ("name_and_birth_date", "address")}


def withheld(hub):
    heed(
        person_id=hub.girl.pk, flag="address_withheld", said_by="Her worker", said_on=hub.today, by=hub.worker, now=hub.now
    )  # fmt: skip


def test_a_withheld_address_leaves_only_when_somebody_says_by_name_why_it_must(hub, client):
    decision = hub.decide(hub.said(**WHERE_SHE_LIVES))
    assert "3 Invented Row" in words_in(make(hub, decision)[1])
    withheld(hub)
    for why, refusal in (("", NotAllowed), ("must", NotPossible)):
        with pytest.raises(refusal):
            make_childs_record(decision, token=uuid4(), by=hub.worker, now=hub.now, override_why=why)
    assert SharedFile.objects.count() == 1
    client.force_login(hub.worker)
    path = f"/sharing/decisions/{decision.pk}/file/"
    page = client.post(path, {"token": uuid4(), "override_why": ""}).content.decode()
    assert "Say why the file must hold the address" in page and "address is withheld" in page
    said = {"token": uuid4(), "override_why": "They fetch her from there tonight"}
    given = client.post(path, said)
    assert given["Content-Type"] == "application/zip" and "3 Invented Row" in words_in(given.content)
    line = Entry.objects.get(
        did="sent by file that holds an address against safe contact", refused_because=""
    )
    assert (line.by_name, line.why) == (hub.worker.display_name, "They fetch her from there tonight")


def test_a_file_without_the_address_asks_nothing_more(hub):
    decision = hub.decide(hub.said(whose="joint", items=("name_and_birth_date",)))
    withheld(hub)
    assert "3 Invented Row" not in words_in(make(hub, decision)[1])


def test_a_file_shows_a_withheld_address_to_nobody_whose_page_hides_it(hub):
    """A school sees its own row of where she lives, and not while it is withheld: nor does the school's file hold it."""
    decision = hub.decide(hub.said(whose="own", items=("name_and_birth_date", "address")), by=hub.lead)
    assert "3 Invented Row" in words_in(make(hub, decision, by=hub.lead)[1])
    withheld(hub)
    _, content = make_childs_record(
        decision, token=uuid4(), by=hub.lead, now=hub.now, override_why="They fetch her from there tonight"
    )
    assert "3 Invented Row" not in words_in(content)


def test_where_a_file_withheld_the_address_the_page_asks_for_the_reason_too(hub, client):
    decision = hub.decide(hub.said(**WHERE_SHE_LIVES))
    invented.withheld_address(hub.girl)
    client.force_login(hub.worker)
    path = f"/sharing/decisions/{decision.pk}/file/"
    assert "override_why" in client.get(path).content.decode()
    said = {"token": uuid4(), "override_why": "They fetch her from there tonight"}
    assert client.post(path, said)["Content-Type"] == "application/zip"
