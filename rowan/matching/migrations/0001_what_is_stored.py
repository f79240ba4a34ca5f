import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [("matching", "0001_initial")]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        rowan.tables_at_once.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="RecordLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since_run", models.PositiveIntegerField()),
                        ("until_run", models.PositiveIntegerField(blank=True, null=True)),
                        ("rid", models.CharField(max_length=32)),
                        ("person_id", models.CharField(max_length=32)),
                        ("agency_code", models.CharField(max_length=80)),
                        ("source", models.CharField(max_length=120)),
                        ("source_id", models.CharField(max_length=120)),
                        ("how", models.CharField(max_length=400)),
                        ("judged_by", models.CharField(max_length=20)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["person_id"], name="matching_re_person__0b2c27_idx"),
                            models.Index(fields=["rid"], name="matching_re_rid_594ae6_idx"),
                            models.Index(
                                fields=["source", "source_id"], name="matching_re_source_92685d_idx"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("rid", "since_run"), name="one_link_a_record_a_run"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnsurePair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since_run", models.PositiveIntegerField()),
                        ("until_run", models.PositiveIntegerField(blank=True, null=True)),
                        ("key", models.CharField(max_length=65)),
                        ("left_rid", models.CharField(max_length=32)),
                        ("right_rid", models.CharField(max_length=32)),
                        ("left_person_id", models.CharField(max_length=32)),
                        ("right_person_id", models.CharField(max_length=32)),
                        ("reasons", models.CharField(max_length=400)),
                        ("weight", models.FloatField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["left_person_id"], name="matching_un_left_pe_088dd8_idx"),
                            models.Index(fields=["right_person_id"], name="matching_un_right_p_6ec1d3_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "since_run"), name="one_unsure_pair_a_run")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Judgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rid", models.CharField(max_length=32)),
                        ("person_id", models.CharField(max_length=32)),
                        ("other_rid", models.CharField(blank=True, max_length=32)),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("same", "same person"),
                                    ("not_same", "not the same person"),
                                    ("unsure", "cannot tell"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("why", models.CharField(blank=True, max_length=400)),
                        ("at", models.DateTimeField()),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at__isnull", True)),
                                fields=("rid", "person_id"),
                                name="one_standing_judgement_of_a_record_and_person",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
