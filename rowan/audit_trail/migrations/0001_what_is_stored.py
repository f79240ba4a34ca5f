from django.db import migrations, models

import rowan.audit_trail.models
import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [
        ("audit_trail", "0001_initial"),
        ("audit_trail", "0002_each_line_is_bound_to_the_one_before"),
        ("audit_trail", "0003_the_words_of_a_search_stand_apart"),
    ]

    initial = True

    dependencies = []

    operations = [
        rowan.tables_at_once.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="SearchText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("salt", models.CharField(max_length=64)),
                        ("text", models.TextField()),
                        ("searched_at", models.DateTimeField(db_index=True)),
                        ("by_id", models.CharField(blank=True, max_length=64)),
                    ],
                ),
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
                            models.Index(
                                fields=["about_person", "at"], name="audit_trail_about_p_59e23e_idx"
                            ),
                            models.Index(fields=["by_id", "at"], name="audit_trail_by_id_0cee82_idx"),
                            models.Index(
                                fields=["about_kind", "about_id"], name="audit_trail_about_k_962abc_idx"
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
