"""`rowan keys`: a key is changed while somebody reads, and older ones leave only once no row needs them."""

import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings as of_the_site
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone

from rowan.audit_trail.actions import OPERATOR
from rowan.audit_trail.models import Entry
from rowan.encryption import SealedTextField, this_homes_keys
from rowan.refusals import NotPossible
from rowan.website import rotation
from tests.emptying import become
from tests.postgresql import APPLICATION

PURPOSE = "tried-in-a-test"
# Reads every row again and again in a process of its own, and says how many it could not open.
READER = """
import os, sys
from django.conf import settings
import django
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.db import connection
from rowan.encryption import unseal
print("reading", flush=True)
passes = failed = 0
rotated = said = False
while not os.path.exists(sys.argv[2]) or passes < 2:
    rotated = os.path.exists(sys.argv[2] + ".rotated")
    with connection.cursor() as cursor:
        cursor.execute("select text from website_sealednote order by id")
        tokens = [row[0] for row in cursor.fetchall()]
    for number, token in enumerate(tokens):
        try:
            failed += unseal(token, purpose=sys.argv[3]) != f"note {number}"
        except Exception:
            failed += 1
    passes += 1
    if rotated and not said:
        said = True
        print("read since", flush=True)
print(passes, failed)
"""


@contextmanager
def owning_the_tables():
    """The application may not make a table; their owner may."""
    application = {name: connection.settings_dict[name] for name in of_the_site.DATABASE_OWNER or ()}
    become(of_the_site.DATABASE_OWNER or {})
    yield
    become(application)


@pytest.fixture
def sealed_note(transactional_db, tmp_path, settings):
    """A table with a sealed column, for as long as the test runs, in a home with keys of its own."""
    settings.ROWAN_KEYS = tmp_path / "keys"

    class SealedNote(models.Model):
        text = SealedTextField(purpose=PURPOSE)

        class Meta:
            app_label = "website"

    with owning_the_tables(), connection.schema_editor() as editor:
        editor.create_model(SealedNote)
        if connection.vendor == "postgresql":
            editor.execute(f"grant all on {SealedNote._meta.db_table} to {APPLICATION}")
            editor.execute(f"grant all on {SealedNote._meta.db_table}_id_seq to {APPLICATION}")
    yield SealedNote
    with owning_the_tables(), connection.schema_editor() as editor:
        editor.delete_model(SealedNote)
    del apps.all_models["website"]["sealednote"]
    apps.clear_cache()


def as_stored(model) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"select text from {model._meta.db_table} order by id")
        return [row[0] for row in cursor.fetchall()]


def notes(model, number: int):
    model.objects.bulk_create([model(text=f"note {n}") for n in range(number)])


def test_the_database_never_sees_the_text_and_cannot_be_asked_for_it(sealed_note):
    sealed_note.objects.create(text="9 Invented Court")
    assert "Invented" not in as_stored(sealed_note)[0]
    assert sealed_note.objects.get().text == "9 Invented Court"
    with pytest.raises(FieldError, match="cannot be searched"):
        sealed_note.objects.filter(text="9 Invented Court").count()


def test_rows_follow_the_new_key_while_another_process_reads(sealed_note, tmp_path, settings, monkeypatch):
    monkeypatch.setattr(rotation, "ROWS_AT_ONCE", 50)
    notes(sealed_note, 400)
    before = as_stored(sealed_note)
    done = tmp_path / "done"
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(connection.settings_dict["NAME"]), str(done), PURPOSE],
        stdout=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "rowan.website.settings",
            "ROWAN_KEYS": str(settings.ROWAN_KEYS),
            "PYTHONPATH": str(settings.CHECKOUT),
        },
    )
    assert reader.stdout.readline() == "reading\n"
    assert rotation.rotate(PURPOSE, by=OPERATOR) == 400
    # An hour passes before older keys go: whoever had fetched rows before has long opened them.
    done.with_name("done.rotated").touch()
    assert reader.stdout.readline() == "read since\n"
    assert rotation.retire(PURPOSE, by=OPERATOR, now=timezone.now() + timedelta(hours=2)) == 1
    done.touch()
    passes, failed = reader.communicate(timeout=60)[0].split()
    assert int(passes) >= 2
    assert failed == "0"
    assert not set(before) & set(as_stored(sealed_note))
    assert len(this_homes_keys().keys_for(PURPOSE)) == 1
    assert list(Entry.objects.filter(about_id=PURPOSE).values_list("did", flat=True)) == [
        "rotated a key",
        "retired older keys",
    ]


def test_stopped_halfway_it_goes_on_with_the_same_new_key(sealed_note, monkeypatch):
    notes(sealed_note, 30)
    rows = rotation._rows_of_older_keys

    def stopped(purpose):
        yield from [row for number, row in enumerate(rows(purpose)) if number < 10]
        raise KeyboardInterrupt

    this_homes_keys().add_newest(PURPOSE)
    monkeypatch.setattr(rotation, "_rows_of_older_keys", stopped)
    with pytest.raises(KeyboardInterrupt):
        rotation._seal_again(PURPOSE)
    monkeypatch.undo()
    assert rotation.rotate(PURPOSE, by=OPERATOR) == 20
    assert len(this_homes_keys().keys_for(PURPOSE)) == 2
    assert [note.text for note in sealed_note.objects.order_by("id")] == [f"note {n}" for n in range(30)]


def test_what_somebody_saves_while_rows_follow_is_not_overwritten(sealed_note, monkeypatch):
    notes(sealed_note, 1)
    rows = rotation._rows_of_older_keys

    def saved_in_between(purpose):
        for row in rows(purpose):
            sealed_note.objects.update(text="typed just now")
            yield row

    this_homes_keys().add_newest(PURPOSE)
    monkeypatch.setattr(rotation, "_rows_of_older_keys", saved_in_between)
    assert rotation._seal_again(PURPOSE) == 0
    assert sealed_note.objects.get().text == "typed just now"


def test_older_keys_stay_for_an_hour_and_for_ever_where_no_row_is_sealed(sealed_note):
    notes(sealed_note, 1)
    rotation.rotate(PURPOSE, by=OPERATOR)
    with pytest.raises(NotPossible, match="less than an hour"):
        rotation.retire(PURPOSE, by=OPERATOR, now=timezone.now())
    this_homes_keys().key_for("signs-something")
    with pytest.raises(NotPossible, match="so they stay"):
        rotation.retire("signs-something", by=OPERATOR, now=timezone.now())


def test_the_command_makes_lists_changes_and_prints_no_key(sealed_note, capsys):
    call_command("keys", "make", PURPOSE)
    first = this_homes_keys().path(PURPOSE).read_text().strip()
    notes(sealed_note, 3)
    call_command("keys", "rotate", PURPOSE)
    call_command("keys", "list")
    call_command("keys", "public", PURPOSE)
    said = capsys.readouterr().out
    assert "3 rows are sealed again" in said
    assert f"{PURPOSE}: 2 keys" in said
    assert first not in said
    with pytest.raises(NotPossible, match="already"):
        call_command("keys", "make", PURPOSE)
    with pytest.raises(NotPossible, match="nothing to change"):
        call_command("keys", "rotate", "unheard-of")
