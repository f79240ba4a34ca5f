import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.encryption
import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [
        ("records", "0001_initial"),
        ("records", "0002_documents_people_attach"),
        ("records", "0003_what_is_settled_before_a_real_feed"),
    ]

    initial = True

    dependencies = [
        ("agencies", "0001_what_is_stored"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        rowan.tables_at_once.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="ImpactAssessment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=200)),
                        ("approved_by", models.CharField(max_length=200)),
                        ("approved_on", models.DateField()),
                        ("review_on", models.DateField()),
                        ("recorded_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-approved_on", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="OvernightRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(unique=True)),
                        ("as_of", models.DateField()),
                        ("started_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(null=True)),
                        ("engine", models.CharField(default="duckdb", max_length=10)),
                        ("counts", models.JSONField(default=dict)),
                    ],
                    options={
                        "ordering": ["-number"],
                    },
                ),
                migrations.CreateModel(
                    name="ImportedFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("import_id", models.CharField(max_length=32, unique=True)),
                        ("file", models.CharField(max_length=400)),
                        ("format", models.CharField(max_length=60)),
                        ("feed", models.CharField(max_length=40)),
                        ("period_from", models.DateField(null=True)),
                        ("period_to", models.DateField(null=True)),
                        ("received_on", models.DateField()),
                        ("rows", models.PositiveIntegerField()),
                        ("kept", models.PositiveIntegerField()),
                        ("quarantined", models.PositiveIntegerField()),
                        ("repeated", models.PositiveIntegerField()),
                        ("marked", models.PositiveIntegerField()),
                        ("purged", models.PositiveIntegerField(default=0)),
                        ("seconds", models.FloatField()),
                        ("at", models.DateTimeField()),
                        ("notes", models.JSONField(default=list)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imported_files",
                                to="agencies.agency",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                        "indexes": [
                            models.Index(fields=["feed", "agency"], name="records_imp_feed_79c673_idx"),
                            models.Index(fields=["-at"], name="records_imp_at_274acf_idx"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuarantinedRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line", models.PositiveBigIntegerField()),
                        ("column", models.CharField(blank=True, max_length=120)),
                        ("reason", models.CharField(max_length=400)),
                        ("masked", models.CharField(blank=True, max_length=120)),
                        (
                            "imported_file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="quarantined_rows",
                                to="records.importedfile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["imported_file", "line", "id"],
                        "indexes": [
                            models.Index(
                                fields=["imported_file", "line"], name="records_qua_importe_6f2c6d_idx"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("person_id", models.CharField(max_length=32)),
                        ("compartment", models.CharField(max_length=20)),
                        ("about_kind", models.CharField(max_length=40)),
                        ("about_id", models.CharField(blank=True, max_length=80)),
                        ("name", rowan.encryption.SealedTextField(purpose="attachments")),
                        ("kind", models.CharField(max_length=40)),
                        ("size", models.PositiveIntegerField()),
                        ("data_key", rowan.encryption.SealedTextField(purpose="attachments")),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-added_at", "id"],
                        "indexes": [
                            models.Index(
                                fields=["person_id", "-added_at"], name="records_att_person__1b5c44_idx"
                            ),
                            models.Index(
                                fields=["about_kind", "about_id"], name="records_att_about_k_8450e2_idx"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedAgreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("feed", models.CharField(max_length=40)),
                        ("purpose", models.TextField()),
                        ("whose_rows", models.CharField(max_length=200)),
                        ("how_far_back_days", models.PositiveIntegerField(blank=True, null=True)),
                        ("own_watch", models.BooleanField(default=False)),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("document", models.CharField(blank=True, max_length=200)),
                        ("signed_by", models.CharField(blank=True, max_length=200)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feed_agreements",
                                to="agencies.agency",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["feed", "agency__name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("feed", "agency", "from_on"), name="one_agreement_a_feed_from_a_date"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedReach",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since_run", models.PositiveIntegerField()),
                        ("until_run", models.PositiveIntegerField(blank=True, null=True)),
                        ("key", models.CharField(max_length=140)),
                        ("feed", models.CharField(max_length=40)),
                        ("reaches_to", models.DateField(null=True)),
                        ("rows_kept", models.PositiveBigIntegerField(default=0)),
                        ("rows_purged", models.PositiveBigIntegerField(default=0)),
                        ("purged_on", models.DateField(null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feed_reaches",
                                to="agencies.agency",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "since_run"), name="one_feed_reach_a_run")
                        ],
                    },
                ),
            ],
        ),
    ]
