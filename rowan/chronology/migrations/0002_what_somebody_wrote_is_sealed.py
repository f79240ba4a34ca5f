from django.db import migrations

import rowan.encryption

ROWS_AT_ONCE = 500


def seal_what_stands(apps, schema_editor):
    """What was written in clear, in small steps. In a home in service the key has to be made first: the error says so."""
    entries = apps.get_model("chronology", "Entry")._default_manager.exclude(text="").order_by("pk")
    last = 0
    while rows := list(entries.filter(pk__gt=last).values_list("pk", "text")[:ROWS_AT_ONCE]):
        for pk, text in rows:
            entries.filter(pk=pk).update(text=rowan.encryption.seal(text, purpose="chronology-text"))
        last = rows[-1][0]


def open_again(apps, schema_editor):
    entries = apps.get_model("chronology", "Entry")._default_manager.exclude(text="").order_by("pk")
    last = 0
    while rows := list(entries.filter(pk__gt=last).values_list("pk", "text")[:ROWS_AT_ONCE]):
        for pk, text in rows:
            entries.filter(pk=pk).update(text=rowan.encryption.unseal(text, purpose="chronology-text"))
        last = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [
        ("chronology", "0001_initial"),
    ]

    operations = [
        # While the field is still plain text: it is read as it was written.
        migrations.RunPython(seal_what_stands, open_again),
        migrations.AlterField(
            model_name="entry",
            name="text",
            field=rowan.encryption.SealedTextField(blank=True, purpose="chronology-text"),
        ),
    ]
