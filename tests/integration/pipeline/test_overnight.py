"""A whole small county from its files to the morning: what a night shows, keeps, purges, and leaves alone the second time."""

import json
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from rowan.questions.actions.occasions import occasion_of
from rowan.questions.rules.asking_again import questions_of
from rowan.questions.rules.dry_run import ANSWERED_AFTER_DAYS, year_before
from tests.soak.homes import Home

# The whole Rowans it drives are on SQLite, whatever the tests run on; `make soak` runs a night in a home on PostgreSQL.
pytestmark = pytest.mark.one_database
LONDON = ZoneInfo("Europe/London")
SEED = "4242"
SHOWN = {
    "matching_recordlink": "rid, person_id, how, judged_by",
    "people_knownas": "person_id, first_name, surname, birth_date, school_code",
    "people_name": "key",
    "people_identifier": "key, kind, value, note",
    "people_address": "key",
    "people_schoolplace": "key, school_name",
    "chronology_entry": "key, kind, title, happened_on, observed",
    "chronology_entrysource": "key, entry_key",
    "chronology_attendanceterm": "key, weeks, codes",
    "records_feedreach": "key, reaches_to, rows_kept, rows_purged",
}

REPORTED = """select count(*) from chronology_entry where kind = 'went_missing' and confirmed and until_run is null
    and (ended_on is null or ended_on >= date('now', '-28 days'))"""
TAKEN_IN = "select entry_key, episode_id from missing_report order by 1"
FILES = "select count(*) from records_importedfile"


@pytest.fixture(scope="module")
def first_night(tmp_path_factory) -> Path:
    """A county of 200, imported, and its first night. Each test works on a copy."""
    folder = tmp_path_factory.mktemp("night")
    home = Home(folder)
    home.lay_out_the_tables()
    home.run(
        "county", str(folder / "county"), "--children", "200", "--seed", SEED, "--stories-per-1000", "25"
    )
    home.run("records", "import", str(folder / "county"))
    (folder / "told.json").write_text(home.run("overnight", "--json").stdout)
    return folder


@pytest.fixture
def home(first_night, tmp_path) -> Home:
    shutil.copytree(first_night, tmp_path / "copy")
    return Home(tmp_path / "copy")


@pytest.fixture(scope="module")
def second_night(first_night, tmp_path_factory) -> tuple[Home, dict]:
    """A night with nothing new, which two tests read and none writes to; and what stood before it."""
    folder = tmp_path_factory.mktemp("second") / "copy"
    shutil.copytree(first_night, folder)
    home = Home(folder)
    before = {
        "shown": shown(home),
        "occasions": occasions(home),
        "trail": on_the_trail(home),
        "files": asked(home, FILES),
        "reported": asked(home, REPORTED),
        "missing": asked(home, TAKEN_IN),
    }
    # As an import leaves it that was killed before it said what it brought: the night says so first.
    with opened(home) as database:
        database.execute(
            "delete from records_importedfile where id = (select max(id) from records_importedfile)"
        )
    home.run("overnight")
    return home, before


@pytest.fixture(scope="module")
def night_of_peoples_acts(first_night, tmp_path_factory) -> tuple[Path, dict]:
    """The night after people's acts that touch one another nowhere: one child is worked with, one record parted, two people joined."""
    folder = tmp_path_factory.mktemp("acts") / "copy"
    shutil.copytree(first_night, folder)
    home = Home(folder)
    acts = {"shown": shown(home), "marks": marks(home)}
    acts["worked_with"] = work_with_a_child_whose_marks_were_purged(home)
    acts["parted"], acts["joined"] = judge_two_pairs(home, but_not=acts["worked_with"])
    acts["judged_people"] = {acts["parted"][1], *acts["joined"][2:]}
    acts["others_occasions"] = occasions(home, but_of=acts["judged_people"])
    home.run("overnight")
    return folder, acts


@pytest.fixture
def after_peoples_acts(night_of_peoples_acts, tmp_path) -> tuple[Home, dict]:
    folder, acts = night_of_peoples_acts
    shutil.copytree(folder, tmp_path / "copy")
    return Home(tmp_path / "copy"), acts


def work_with_a_child_whose_marks_were_purged(home: Home) -> str:
    [(person,)] = asked(
        home,
        """select l.person_id from matching_recordlink l
           where l.source like '%:admission' and not exists
             (select 1 from chronology_attendanceterm w where w.person_id = l.person_id)
             and exists (select 1 from access_involvement i where i.person_id = l.person_id and i.why = 'on_roll' and i.closed_on is null)
           limit 1""",
    )
    with opened(home) as database:
        database.execute(
            """insert into access_involvement (person_id, agency_id, worker_name, worker_phone, why, rests_on, opened_on)
               select ?, id, '', '', 'working_with', 'test', '2026-01-01' from agencies_agency where kind = 'council'""",
            (person,),
        )
    return person


def judge_two_pairs(home: Home, *, but_not: str) -> tuple[tuple, tuple]:
    """A record and another that is not the same person's; and two records that are, with who they were and will be."""
    [(rid, person, other)] = asked(
        home,
        """select a.rid, a.person_id, min(b.rid) from matching_recordlink a join matching_recordlink b
           on a.person_id = b.person_id and a.rid <> b.rid and a.source <> b.source
           where a.source like 'police%' and a.person_id <> ? group by 1, 2 limit 1""",
        but_not,
    )
    with opened(home) as database:
        database.execute(
            """insert into agencies_practitioner (password, password_to_change, username, display_name, email, phone, role, is_active, agency_id)
               select '', 0, 'ann', 'Ann', '', '', 'triage_officer', 1, id from agencies_agency where kind = 'council'"""
        )
        database.execute(
            """insert into matching_judgement (rid, person_id, other_rid, verdict, why, at, acting_as, undone_acting_as, by_id)
               select ?, ?, ?, 'not_same', '', '2026-01-01', '', '', id from agencies_practitioner where username = 'ann'""",
            (rid, person, other),
        )
        [(one, was), (two, is_now)] = database.execute(
            "select min(rid), person_id from matching_recordlink where person_id not in (?, ?) group by 2 order by 2 limit 2",
            (person, but_not),
        ).fetchall()
        database.execute(
            """insert into matching_judgement (rid, person_id, other_rid, verdict, why, at, acting_as, undone_acting_as, by_id)
               select ?, ?, ?, 'same', '', '2026-01-01', '', '', id from agencies_practitioner where username = 'ann'""",
            (one, is_now, two),
        )  # fmt: skip
    return (rid, person, other), (one, two, was, is_now)


@contextmanager
def opened(home: Home) -> Iterator[sqlite3.Connection]:
    """Closed at the end, which `sqlite3` itself leaves to whoever picks up rubbish: an open one keeps files beside the database."""
    with closing(sqlite3.connect(home.path / "rowan.sqlite3")) as database, database:
        yield database


def asked(home: Home, sql: str, *values) -> list[tuple]:
    with opened(home) as database:
        return database.execute(sql, values).fetchall()


def on_the_trail(home: Home) -> list[str]:
    return [did for (did,) in asked(home, "select did from audit_trail_entry order by position")]


def shown(home: Home) -> dict[str, list[tuple]]:
    [(run,)] = asked(home, "select max(number) from records_overnightrun where finished_at is not null")
    return {
        table: asked(
            home,
            f"select {columns} from {table} where since_run <= ? and (until_run is null or until_run > ?) order by 1",
            run,
            run,
        )
        for table, columns in SHOWN.items()
    }


def marks(home: Home) -> int:
    return (
        DeltaTable(str(home.path / "delta" / "attendance_marks")).to_pyarrow_table(columns=["line"]).num_rows
    )


def occasions(home: Home, *, but_of: Collection[str] = ()) -> list[tuple]:
    found = pq.read_table(home.path / "night" / "evaluation" / "occasions.parquet").to_pylist()
    # Those without an audience rest on marks that may not be kept: they are counted once and gone.
    return sorted(
        (row["occasion"], row["rule"], str(row["on"]), row["audience"])
        for row in found
        if row["audience"] and row["person_id"] not in but_of
    )


def test_everything_a_page_needs_is_there_in_the_morning(first_night):
    home = Home(first_night)
    told = json.loads((first_night / "told.json").read_text())
    assert {"steps", "peak_mb"} == set(told)
    assert all({"step", "rows", "seconds"} == set(step) for step in told["steps"])
    for table, rows in shown(home).items():
        assert rows, f"{table} is empty"
    [(finished,)] = asked(home, "select count(*) from records_overnightrun where finished_at is not null")
    assert finished == 1
    kinds = {kind for _, kind, *_ in shown(home)["chronology_entry"]}
    assert {"went_missing", "arrested", "school_joined", "school_log", "case_opened", "assessment"} <= kinds
    nobodys = asked(
        home,
        "select count(*) from chronology_entry e where not exists (select 1 from chronology_entrysource s where s.entry_key = e.key)",
    )
    assert nobodys == [(0,)], "every line rests on a row"


def test_reports_of_missing_children_are_taken_in_once_and_each_has_a_clock_or_is_over(second_night):
    """What is shown and not long over is an episode in the morning; another night makes no second one."""
    home, before = second_night
    [(wanted,)] = before["reported"]
    assert len(before["missing"]) == wanted
    assert asked(home, TAKEN_IN) == before["missing"]
    without = """select count(*) from missing_episode e where e.step <> 'not_missing' and e.interview not in
        ('held_in_time', 'held_late', 'carer_asked', 'not_possible') and (select count(*) from timescales_clock c
        where c.about_kind = 'missing episode' and replace(c.about_id, '-', '') = e.id and c.stopped_at is null) <> 1"""
    assert asked(home, without) == [(0,)]


def test_a_second_night_with_nothing_new_changes_nothing_and_finds_the_same_occasions(second_night):
    home, before = second_night
    assert asked(home, FILES) == before["files"]
    fresh = on_the_trail(home)[len(before["trail"]) :]
    assert fresh[0] == "imported a file"
    assert fresh[1:] == ["began to publish a night", "published a night"]
    assert {"joined two records", "took in who works with whom", "purged rows that nobody may keep"} & set(
        before["trail"]
    )
    assert shown(home) == before["shown"]
    assert occasions(home) == before["occasions"], (
        "purged marks still count in their year group's sums, and once"
    )
    changed = asked(
        home, "select count(*) from chronology_entry where since_run > 1 or until_run is not null"
    )
    assert changed == [(0,)]


def test_other_childrens_marks_are_gone_and_counted(home, first_night):
    unwatched = {
        one["agency"]
        for one in json.loads((first_night / "county" / "agreements.json").read_text())
        if one["feed"] == "attendance_marks" and not one["own_watch"]
    }
    assert unwatched
    rows = DeltaTable(str(home.path / "delta" / "attendance_marks")).to_pyarrow_table(
        columns=["agency", "source", "source_id"]
    )
    kept = {(row["source"], row["source_id"]) for row in rows.to_pylist() if row["agency"] in unwatched}
    known = DeltaTable(str(home.path / "delta" / "known_children")).to_pyarrow_table().to_pylist()
    assert kept <= {(row["source"], row["source_id"]) for row in known}
    [(purged,)] = asked(home, "select sum(purged) from records_importedfile")
    [(shown_purged,)] = asked(home, "select sum(rows_purged) from records_feedreach where until_run is null")
    assert purged == shown_purged > 0
    weeks = asked(
        home, "select distinct person_id from chronology_attendanceterm where agency_code in (?)", *unwatched
    )
    open_now = {
        person
        for (person,) in asked(
            home, "select person_id from access_involvement where why = 'allocated_worker'"
        )
    }
    assert {person for (person,) in weeks} <= open_now, "a page shows no week that was purged"


def test_a_purged_file_brings_back_a_child_the_hub_now_works_with_and_nobody_else(after_peoples_acts):
    home, acts = after_peoples_acts
    before, found, person = acts["marks"], acts["others_occasions"], acts["worked_with"]
    assert marks(home) == before, "what was purged comes back only with its file"
    home.run("records", "import", str(home.folder / "county"))
    again = marks(home)
    assert again > before
    home.run("overnight")
    assert marks(home) == again, "a row once kept is never purged by a night"
    assert (
        asked(
            home,
            "select count(*) from chronology_attendanceterm where person_id = ? and until_run is null",
            person,
        )[0][0]
        > 0
    )
    assert found and set(found) <= set(occasions(home)), (
        "her weeks were in the sums already and are not counted twice"
    )


def test_as_of_asks_nobody_and_leaves_every_page_alone(home):
    before = shown(home)
    questions = asked(home, "select count(*) from questions_question")
    home.run("overnight", "--as-of", "2026-01-01")
    assert shown(home) == before
    assert asked(home, "select count(*) from questions_question") == questions
    assert asked(home, "select count(*) from records_overnightrun") == [(1,)]
    assert (home.path / "night" / "as-of-2026-01-01" / "occasions.parquet").is_file()


def test_what_was_judged_holds_the_next_night_and_taken_back_everything_is_as_it_was(after_peoples_acts):
    """One record is somebody else's, and two other people are one: parted and joined, and on every page as before once both are undone."""
    home, acts = after_peoples_acts
    rid, person, other = acts["parted"]
    one, two, was, is_now = acts["joined"]
    now = dict(asked(home, "select rid, person_id from matching_recordlink where until_run is null"))
    assert now[rid] != now[other]
    assert now[other] == person or now[rid] == person, "her id never changes"
    assert {p for (p,) in asked(home, "select id from people_person")} >= {person}
    assert now[one] == now[two] and now[one] in (was, is_now)
    joined = asked(home, "select id from people_person where now_id is not null")
    assert joined and shown(home) != acts["shown"]
    with opened(home) as database:
        database.execute("update matching_judgement set undone_at = '2026-01-02', undone_by_id = by_id")
    home.run("overnight")
    assert shown(home) == acts["shown"]
    assert {was, is_now} & set(asked(home, "select id from people_person where now_id is not null")) == set()
    assert on_the_trail(home).count("parted two records") == 1


def would_have_been_asked(home: Home) -> list[date]:
    """On which days of the year, by what the last night wrote down before its purge."""
    from_on, until_on = year_before(datetime.now(LONDON).date())
    folder = home.path / "night" / "evaluation"
    behind = defaultdict(list)
    for row in pq.read_table(folder / "occasion_evidence.parquet").to_pylist():
        behind[row["occasion"]].append(row)
    found = [row for row in pq.read_table(folder / "occasions.parquet").to_pylist() if row["audience"]]
    asked = questions_of(
        (occasion_of(row, behind[row["occasion"]]) for row in found), answered_after_days=ANSWERED_AFTER_DAYS
    )
    return sorted(each.on for each in asked if from_on <= each.on < until_on)


def test_a_dry_run_asks_as_the_night_does_and_writes_nothing(home):
    before = sorted(path for path in home.path.rglob("*"))
    stood, trail = shown(home), on_the_trail(home)
    told = home.json("dry-run", "--setting", "questions.absence_risen.false_percent=100")
    assert (shown(home), on_the_trail(home)) == (stood, trail)
    assert sorted(path for path in home.path.rglob("*")) == before
    # The marks that nobody may keep are gone by now; what they would have asked, they would have asked nobody.
    asked_now = would_have_been_asked(home)
    assert asked_now and told["now"] == len(asked_now) == sum(week[1] for week in told["weeks"])
    assert told["changed"] == sum(week[2] for week in told["weeks"]) >= told["now"]
