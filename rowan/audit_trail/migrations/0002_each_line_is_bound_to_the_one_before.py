"""Each line gets its own number and a keyed hash over its fields and the line before; lines that stand are chained as they are."""

from itertools import islice

from django.db import migrations, models

import rowan.audit_trail.models
from rowan.audit_trail.rules.chain import FIELDS, fit_to_keep, particulars_in_words
from rowan.audit_trail.writing import Line, write

LINES_AT_ONCE = 2_000


def chain_what_stands(apps, schema_editor):
    standing = apps.get_model("audit_trail", "EntryBefore").objects.order_by("id").iterator(LINES_AT_ONCE)
    while entries := list(islice(standing, LINES_AT_ONCE)):
        write(schema_editor.connection, [_line(entry) for entry in entries])


def _line(entry) -> Line:
    kept = {field: getattr(entry, field) for field in FIELDS if field not in {"at", "particulars"}}
    words = {**kept, "particulars": particulars_in_words(entry.particulars)}
    return Line(entry.at, tuple(fit_to_keep(words[field]) for field in FIELDS if field != "at"))


class Migration(migrations.Migration):
    dependencies = [("audit_trail", "0001_initial")]

    operations = [
        # The names of indexes are free only once the old ones are gone.
        migrations.RemoveIndex("entry", "audit_trail_about_p_59e23e_idx"),
        migrations.RemoveIndex("entry", "audit_trail_by_id_0cee82_idx"),
        migrations.RemoveIndex("entry", "audit_trail_about_k_962abc_idx"),
        migrations.AlterField("entry", "at", models.DateTimeField()),
        migrations.RenameModel("Entry", "EntryBefore"),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("key_id", models.CharField(max_length=8)),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField(db_index=True)),
                ("by_kind", models.CharField(max_length=12)),
                ("by_id", models.CharField(blank=True, max_length=64)),
                ("by_name", models.CharField(blank=True, max_length=200)),
                ("by_role", models.CharField(blank=True, max_length=40)),
                ("by_agency", models.CharField(blank=True, max_length=80)),
                ("did", models.CharField(max_length=80)),
                ("about_person", models.CharField(blank=True, max_length=32)),
                ("about_kind", models.CharField(blank=True, max_length=40)),
                ("about_id", models.CharField(blank=True, max_length=80)),
                ("purpose", models.CharField(blank=True, max_length=80)),
                ("why", models.TextField(blank=True)),
                ("refused_because", models.TextField(blank=True)),
                ("particulars", rowan.audit_trail.models.Particulars(blank=True, default=dict)),
            ],
            options={
                "ordering": ["position"],
                "indexes": [
                    models.Index(fields=["about_person", "at"], name="audit_trail_about_p_59e23e_idx"),
                    models.Index(fields=["by_id", "at"], name="audit_trail_by_id_0cee82_idx"),
                    models.Index(fields=["about_kind", "about_id"], name="audit_trail_about_k_962abc_idx"),
                ],
            },
        ),
        migrations.RunPython(chain_what_stands, migrations.RunPython.noop),
        migrations.DeleteModel("EntryBefore"),
    ]
