"""The whole night on Spark, and on PostgreSQL, shows what the everyday one shows."""

import shutil
from pathlib import Path

import pytest

from tests import postgresql

from .homes import Home
from .killed_nights import imported_home, shown


def copy_of(home: Home, folder: Path) -> Home:
    """The same files, and one folder of keys for both, so that the same people are founded."""
    folder.mkdir()
    shutil.copytree(home.path, folder / "home")
    copy = Home(folder)
    copy.environment["ROWAN_KEYS"] = home.environment["ROWAN_KEYS"]
    return copy


def test_a_night_on_spark_shows_what_a_night_on_duckdb_shows(tmp_path, measured):
    """A whole night of 200 children on Spark: every table that a page shows holds the same rows as after the night on DuckDB."""
    figures = measured(postgresql=False)
    everyday = imported_home(tmp_path, children=200)
    region = copy_of(everyday, tmp_path / "region")
    everyday.run("overnight")
    region.run("overnight", "--engine", "spark")
    wanted, found = shown(everyday), shown(region)
    assert wanted["people_knownas"] and wanted["chronology_entry"]
    for table, rows in wanted.items():
        assert found[table] == rows, table
    figures["tables the same"] = len(wanted)
    figures["rows in them"] = sum(map(len, wanted.values()))


def test_import_and_night_in_a_home_on_postgresql(tmp_path, measured):
    """Import and a whole night of 500 children in a home on PostgreSQL: the same rows at every step as on SQLite, and a second night asks nothing twice."""
    figures = measured(postgresql=False)
    try:
        application, owner = postgresql.start()
    except postgresql.NotToBeHad as why:
        pytest.skip(str(why))
    everyday = imported_home(tmp_path, children=500)
    service = Home(tmp_path / "service")
    service.environment |= {"DATABASE_URL": application, "ROWAN_OWNER_URL": owner}
    service.folder.mkdir()
    county = str(tmp_path / "county")
    service.run("migrate", "--verbosity", "0")
    imported = service.json("records", "import", county)
    assert all(file["refused"] is None for file in imported["files"])
    wanted = {step["step"]: step["rows"] for step in everyday.json("overnight")["steps"]}
    found = {step["step"]: step["rows"] for step in service.json("overnight")["steps"]}
    assert wanted["questions"] > 0
    assert found == wanted
    again = service.json("overnight")
    assert {step["step"]: step["rows"] for step in again["steps"]}["questions"] == 0
    figures["steps with the same rows"], figures["questions"] = len(wanted), wanted["questions"]
    figures["asked again by a second night"] = 0
