"""One migration a room, its tables in one step; what earlier ones made is taken as made."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from rowan.tables_at_once import CreateTables
from rowan.website.management.commands.migrate import as_owner, is_anything_to_do

ID = ("id", models.BigAutoField(primary_key=True))
# Each refers to the other.
SITTINGS = CreateModel(
    "Sitting", [ID, ("next_point", models.ForeignKey("trial.Point", models.PROTECT, null=True))]
)
POINTS = CreateModel(
    "Point",
    [
        ID,
        ("sitting", models.ForeignKey("trial.Sitting", models.PROTECT)),
        ("order", models.IntegerField()),
    ],
    {"constraints": [models.UniqueConstraint(fields=["sitting", "order"], name="each_point_in_its_place")]},
)


def of_rowan() -> dict:
    found = MigrationLoader(None).disk_migrations.items()
    return {name: migration for name, migration in found if type(migration).__module__.startswith("rowan.")}


@pytest.fixture
def recorder(db) -> MigrationRecorder:
    return MigrationRecorder(connection)


@pytest.mark.django_db(transaction=True)
def test_tables_that_refer_to_each_other_are_made_and_taken_away_together():
    before, after, step = ProjectState(), ProjectState(), CreateTables([SITTINGS, POINTS])
    step.state_forwards("trial", after)
    with as_owner("default"):
        with connection.schema_editor() as editor:
            step.database_forwards("trial", editor, before, after)
        with connection.cursor() as cursor:
            made = connection.introspection.get_constraints(cursor, "trial_point")
        with connection.schema_editor() as editor:
            step.database_backwards("trial", editor, after, before)
        assert made["each_point_in_its_place"]["unique"]
        assert ("trial_sitting", "id") in {one["foreign_key"] for one in made.values()}
        assert not {"trial_point", "trial_sitting"} & set(connection.introspection.table_names())


def test_a_room_told_of_its_tables_keeps_no_drawing_of_what_was_before():
    """Or each table would have all that is related to it drawn anew."""
    state = ProjectState()
    assert state.apps is not None
    CreateTables([SITTINGS, POINTS]).state_forwards("trial", state)
    assert "apps" not in state.__dict__
    assert (
        state.apps.get_model("trial", "Point")._meta.get_field("sitting").related_model.__name__ == "Sitting"
    )


@pytest.mark.one_database
def test_where_every_earlier_migration_was_made_nothing_is_to_do(recorder):
    for (room, name), migration in of_rowan().items():
        if migration.replaces:
            recorder.record_unapplied(room, name)
            assert set(migration.replaces) <= recorder.applied_migrations().keys()
    assert not is_anything_to_do(connection)


@pytest.mark.one_database
def test_where_some_of_a_rooms_were_made_it_says_what_to_do(recorder):
    (room, name), migration = next(each for each in of_rowan().items() if len(each[1].replaces) > 1)
    recorder.record_unapplied(room, name)
    recorder.record_unapplied(*migration.replaces[-1])
    with pytest.raises(CommandError, match=f"{room}.* RESET=1"):
        call_command("migrate", verbosity=0)
