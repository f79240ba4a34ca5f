"""What must not be read from a stolen disk is in no byte of the home or the database: withheld addresses, sources, health, intelligence.

Each such field of each feed holds a word that stands nowhere else. Files come in whole, with rows put aside, killed; nights run;
and every byte that is kept is searched for the words.
"""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.utils import timezone

from rowan.access.models import Why
from rowan.agencies.models import Agency
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR
from rowan.encryption import this_homes_keys
from rowan.key_ring import KeyRing
from rowan.matching.models import RecordLink
from rowan.people.models import Address, Person, SafeContact
from rowan.pipeline import night as nights
from rowan.records.actions import import_paths
from rowan.records.keeping import delta_tables, sealing_again, take_in, what_is_kept
from rowan.records.keeping.sealing import Sealer
from rowan.records.rules.sealing import is_sealed
from rowan.refusals import NotPossible
from rowan.website.rotation import rotate
from tests import people_in_tests as invented

# A word a field; the postcodes are those of an invented county.
IN_FILES = {
    "council_address": "71 Kestrelcouncil Rise", "council_postcode": "ZQ9 1KC", "council_notes": "Kestrelmedicine",
    "aside_address": "72 Kestrelaside Rise", "aside_postcode": "ZQ9 2KA", "misshapen": "73 Kestrelmisshapen Rise",
    "roll_address": "74 Kestrelroll Rise", "roll_postcode": "ZQ9 4KR",
    "police_address": "75 Kestrelpolice Rise", "police_postcode": "ZQ9 5KP", "reported_by": "Kestrelcaller",
    "found_by": "Kestrelfinder", "found_place": "Kestrelfound House", "circumstances": "Kestrelcircumstances",
    "note": "Kestrelnote", "action": "Kestrelaction", "adoption_postcode": "ZQ9 6KD", "oc2": "Kestreltreatment",
}  # fmt: skip
# In clear when it came: another agency's word on the same child, and a child of whom somebody says so only by day.
OTHERS_WORD = "76 Ospreyother Rise"
BY_DAY = ("77 Heronbyday Rise", "ZQ9 7HD")
TODAY = date(2026, 11, 20)


def files(folder: Path) -> list[Path]:
    it = IN_FILES
    texts = {
        "case_list.csv": f"""LAchildID,Forename,Surname,Date of birth,Address,Postcode,Address withheld,Medical notes,Team,Opened,Closed
501,Mia,Invented,12/03/2012,{it["council_address"]},{it["council_postcode"]},Y,{it["council_notes"]},East,01/02/2026,
502,Leo,Madeup,13/04/2011,{BY_DAY[0]},{BY_DAY[1]},,,East,01/02/2026,
503,Ada,Aside,14/04/2011,{it["aside_address"]},{it["aside_postcode"]},yes,,East,not a day,
504,Ida,Aside,14/04/2011,{it["misshapen"]}
""",
        "roll.csv": f"""LAEstab,AdmissionNumber,UPN,Surname,Forename,DOB,Sex,YearGroup,Address,Postcode,Confidential address,EntryDate,LeavingDate
8994001,7,,Invented,Mia,12/03/2012,F,9,{OTHERS_WORD},ZQ8 6AB,,01/09/2023,
8994001,8,,Hidden,Eva,15/05/2012,F,9,{it["roll_address"]},{it["roll_postcode"]},In a refuge,01/09/2023,
8994001,9,,Madeup,Leo,13/04/2011,M,10,{BY_DAY[0]},{BY_DAY[1]},No,01/09/2023,
""",
        "log.csv": f"""LAEstab,EntryRef,AdmissionNumber,UPN,Surname,Forename,DOB,Date,Category,Note,RecordedBy,ActionTaken
8994001,1,7,,Invented,Mia,12/03/2012,02/11/2026,Health,{it["note"]},Ms Hill,{it["action"]}
""",
        "missing.csv": f"""IncidentRef,Force,PersonRef,Surname,Forename,DOB,Sex,OfficerDefinedEthnicity,HomeAddress,HomePostcode,Address withheld,ReportedAt,ReportedBy,LastSeenAt,LastSeenPlace,LastSeenPostcode,Grade,FoundAt,FoundPlace,FoundPostcode,FoundBy,MeansOfTravel,ReturnedAt,Circumstances
MP/1,Invented Constabulary,P1,Invented,Mia,2012-03-12,F,,{it["police_address"]},{it["police_postcode"]},Y,2026-11-01 20:00,{it["reported_by"]},2026-11-01 18:00,park,ZQ1 1AA,medium,2026-11-02 06:00,{it["found_place"]},{it["police_postcode"]},{it["found_by"]},,2026-11-02 07:00,{it["circumstances"]}
""",
        "episodes.csv": f"""CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN
9001,01/02/2026,S,E1,N1,A5,PR1,,,,ZQ1 1AA,{it["adoption_postcode"]},
""",
        "oc2.csv": f"""CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED
9001,12/03/2012,17,,0,1,1,1,1,1,{it["oc2"]},1
""",
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


@pytest.fixture
def home(transactional_db, tmp_path, settings) -> Path:
    settings.ROWAN_HOME, settings.ROWAN_KEYS = tmp_path / "home", tmp_path / "keys"
    return settings.ROWAN_HOME


def come_in(home: Path) -> None:
    reports = import_paths(
        files(home.parent / "sent"), by=OPERATOR, from_agency="council-899", received_on=TODAY
    )
    assert [report.refused for report in reports] == [None] * 6
    assert sum(report.quarantined for report in reports) == 2


def a_night(home: Path, settings) -> None:
    nights.Overnight(home, settings.ROWAN_KEYS, "duckdb").go(
        as_of=None, today=TODAY, now=datetime.combine(TODAY, datetime.min.time(), UTC)
    )


def found_in_clear(home: Path, words) -> set[str]:
    """Of the words, those that stand in any byte below the home, in any cell of Parquet or DuckDB, or in the database."""
    wanted = {word.casefold() for word in words} | {word.replace(" ", "").casefold() for word in words}
    found = set()

    def look(text: str) -> None:
        found.update(word for word in wanted if word in text)

    for file in home.rglob("*"):
        if not file.is_file():
            continue
        look(file.read_bytes().decode("latin-1").casefold())
        if file.suffix in {".parquet", ".duckdb"}:
            look(_every_cell(file).casefold())
    look(_database().casefold())
    return found


def _every_cell(file: Path) -> str:
    if file.suffix == ".parquet":
        return str(pq.read_table(file, partitioning=None).to_pydict())
    with duckdb.connect(str(file), read_only=True) as night:
        tables = [name for (name,) in night.execute("select table_name from duckdb_tables()").fetchall()]
        return "".join(str(night.execute(f'select * from "{name}"').fetchall()) for name in tables)


def _database() -> str:
    """Every row of every table as it is stored; of SQLite every byte of its file and its log as well."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select * from "{table}"')
            said.append(str(cursor.fetchall()))
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        said += [
            file.read_bytes().decode("latin-1")
            for file in (name, name.with_name(name.name + "-wal"))
            if file.exists()
        ]
    return "".join(said)


def child_of(source_id: str, agency: str = "council-899") -> Person:
    link = RecordLink.objects.current().get(source__startswith=f"{agency}:", source_id=source_id)
    return Person.objects.get(pk=link.person_id).who_now()


def page_of(client, child: Person, role: Role, agency: Agency, why: Why) -> str:
    who = invented.practitioner(f"{role}-{child.id[:6]}", role, agency)
    invented.involve(child, agency, why)
    client.force_login(who)
    return client.get(f"/children/{child.id}/").content.decode()


def test_nothing_that_must_be_sealed_lies_in_clear_and_who_may_sees_it(home, settings, client, monkeypatch):
    killed_import_leaves_nothing_in_clear(home, monkeypatch)
    come_in(home)
    assert found_in_clear(home, IN_FILES.values()) == set()
    # The other way round, so that a search that finds nothing is no search that cannot find.
    assert found_in_clear(home, [OTHERS_WORD, BY_DAY[0]]) != set()
    shown = {row["masked"] for row in delta_tables.rows_of(home, "quarantine")}
    assert shown == {"(sealed)"}

    first_night_spills_nothing_of_it(home, settings, monkeypatch)
    # What another agency said of the same child's home went with the night that found her.
    assert found_in_clear(home, [*IN_FILES.values(), OTHERS_WORD]) == set()
    who_may_sees_the_address(client)
    stolen_without_its_keys(home)
    if connection.vendor == "postgresql":
        return  # The rest is of Delta, and takes another night.

    said_by_day_and_killed_halfway(home, settings, monkeypatch)
    under_new_keys(home, settings)


def killed_import_leaves_nothing_in_clear(home, monkeypatch):
    with monkeypatch.context() as killed:

        def dies(*_, **__):
            raise KeyboardInterrupt

        killed.setattr(what_is_kept.KeptRows, "commit", dies)
        killed.setattr(take_in.shutil, "rmtree", lambda *_, **__: None)
        killed.setattr(take_in.Ledger, "give_up", lambda self: None)
        killed.setattr(take_in._Desk, "_reading", _reading_that_is_never_cleared(take_in._Desk._reading))
        with pytest.raises(KeyboardInterrupt):
            import_paths(
                files(home.parent / "sent"), by=OPERATOR, from_agency="council-899", received_on=TODAY
            )
    assert list((home / "import.scratch").glob("*.parquet"))
    assert found_in_clear(home, IN_FILES.values()) == set()


def _reading_that_is_never_cleared(make):
    def reading(*arguments):
        made = make(*arguments)
        made.clear = lambda: None
        return made

    return reading


def first_night_spills_nothing_of_it(home, settings, monkeypatch):
    with monkeypatch.context() as night:
        night.setattr(nights.shutil, "rmtree", lambda *_, **__: None)
        a_night(home, settings)
    assert (home / "night" / "scratch" / "run.duckdb").exists()
    assert found_in_clear(home, IN_FILES.values()) == set()
    shutil.rmtree(home / "night" / "scratch")


def who_may_sees_the_address(client):
    mia = child_of("501")
    council = Agency.objects.get(code="council-899")
    page = page_of(client, mia, Role.LEAD_PROFESSIONAL, council, Why.WORKING_WITH)
    assert IN_FILES["council_address"] in page and OTHERS_WORD in page and "do not pass it on" in page
    assert IN_FILES["circumstances"] in page and IN_FILES["note"] in page
    assert "an address that is withheld" in page and IN_FILES["found_place"] not in page
    school = Agency.objects.get(code="school-8994001")
    page = page_of(client, mia, Role.SCHOOL_SAFEGUARDING_LEAD, school, Why.ON_ROLL)
    assert "Rise" not in page
    assert set(Address.objects.filter(person=mia).values_list("address", "postcode")) == {("", "")}


def stolen_without_its_keys(home):
    cells = [
        row["address"] for row in delta_tables.rows_of(home, "council_cases") if is_sealed(row["address"])
    ]
    other = Sealer(KeyRing(home.parent / "other-keys"))
    for cell in cells:
        assert Sealer(this_homes_keys()).opened(cell) == IN_FILES["council_address"]
        with pytest.raises(NotPossible, match="opens with none of its keys"):
            other.opened(cell)


def said_by_day_and_killed_halfway(home, settings, monkeypatch):
    leo, now = child_of("502"), timezone.now()
    assert found_in_clear(home, BY_DAY) != set()
    by = invented.practitioner("said-so", Role.LEAD_PROFESSIONAL, Agency.objects.get(code="council-899"))
    SafeContact.objects.create(
        person=leo, flag="address_withheld", said_by="His mother", said_on=TODAY, recorded_by=by, recorded_at=now
    )  # fmt: skip
    with monkeypatch.context() as killed:
        rewrite, done = sealing_again._rewrite, []

        def dies_at_the_second(*arguments):
            if done:
                raise KeyboardInterrupt
            done.append(rewrite(*arguments))
            return done[0]

        killed.setattr(sealing_again, "_rewrite", dies_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            a_night(home, settings)
    assert (home / "sealing.started").exists()
    a_night(home, settings)
    assert not (home / "sealing.started").exists()
    assert found_in_clear(home, [*BY_DAY, *IN_FILES.values(), OTHERS_WORD]) == set()
    assert {row.in_words for row in Address.objects.current().filter(person=leo)} == {", ".join(BY_DAY)}
    # The same roll again: at the door, and not one row is new.
    import_paths([_again(home, "roll.csv")], by=OPERATOR, received_on=TODAY)
    assert found_in_clear(home, BY_DAY) == set()
    assert {row["version"] for row in delta_tables.rows_of(home, "school_pupils")} == {1}


def _again(home: Path, name: str) -> Path:
    file = home.parent / "sent" / name
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    return file


def under_new_keys(home, settings):
    keys = this_homes_keys()
    before = {purpose: keys.key_for(purpose) for purpose in keys.purposes()}
    digests = _digests(home)
    for purpose in (
        "withheld-addresses",
        "intelligence-text",
        "health-text",
        "source-identity",
        "sealed-digests",
    ):
        assert rotate(purpose, by=OPERATOR) > 0, purpose
        assert not sealing_again.any_under_an_older_key(home, Sealer(keys), purpose)
        assert keys.key_for(purpose) != before[purpose]
        assert keys.keep_newest_only(purpose) == 1
    assert _digests(home) != digests and len(_digests(home)) == len(digests)
    opened = {Sealer(keys).opened(row["address"]) for row in delta_tables.rows_of(home, "school_pupils")}
    assert opened == {OTHERS_WORD, IN_FILES["roll_address"], BY_DAY[0]}


def _digests(home) -> set[str]:
    return {row["address"][:40] for row in delta_tables.rows_of(home, "school_pupils")}
