import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.encryption
import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [
        ("chronology", "0001_initial"),
        ("chronology", "0002_what_somebody_wrote_is_sealed"),
        ("chronology", "0003_what_people_write_by_day"),
        ("chronology", "0004_what_concerns_say_is_read_where_concerns_are"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0001_what_is_stored"),
    ]

    operations = [
        rowan.tables_at_once.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="AttendanceWeek",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since_run", models.PositiveIntegerField()),
                        ("until_run", models.PositiveIntegerField(blank=True, null=True)),
                        ("key", models.CharField(max_length=64)),
                        ("agency_code", models.CharField(max_length=80)),
                        ("week_on", models.DateField()),
                        ("possible", models.PositiveSmallIntegerField()),
                        ("absent", models.PositiveSmallIntegerField()),
                        ("authorised", models.PositiveSmallIntegerField()),
                        ("unauthorised", models.PositiveSmallIntegerField()),
                        ("codes", models.JSONField(default=dict)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendance_weeks",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["person", "week_on"], name="chronology__person__d86885_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "since_run"), name="one_attendance_week_a_run"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since_run", models.PositiveIntegerField()),
                        ("until_run", models.PositiveIntegerField(blank=True, null=True)),
                        ("by_day", models.BooleanField(db_default=False, default=False)),
                        ("key", models.CharField(max_length=64)),
                        ("happened_on", models.DateField()),
                        ("happened_at", models.DateTimeField(null=True)),
                        ("ended_on", models.DateField(null=True)),
                        ("kind", models.CharField(max_length=40)),
                        ("title", models.CharField(max_length=300)),
                        ("text", rowan.encryption.SealedTextField(blank=True, purpose="chronology-text")),
                        ("agency_code", models.CharField(max_length=80)),
                        (
                            "compartment",
                            models.CharField(
                                choices=[
                                    ("core", "Core"),
                                    ("education", "Education"),
                                    ("social_care", "Social care"),
                                    ("police", "Police reports"),
                                    ("health", "Health"),
                                    ("sexual_health", "Sexual health"),
                                    ("intelligence", "Intelligence"),
                                    ("contacts", "Contacts and concerns"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "observed",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("V", "Vulnerability or context"),
                                    ("I", "Indicator"),
                                    ("S", "Sign of harm"),
                                    ("P", "Protective"),
                                ],
                                max_length=1,
                            ),
                        ),
                        ("observed_code", models.CharField(blank=True, max_length=12)),
                        ("confirmed", models.BooleanField(default=True)),
                        ("known_on", models.DateField()),
                        ("particulars", models.JSONField(default=dict)),
                        ("written_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="chronology",
                                to="people.person",
                            ),
                        ),
                        (
                            "written_by",
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
                        "indexes": [
                            models.Index(
                                fields=["person", "happened_on"], name="chronology__person__03c95a_idx"
                            ),
                            models.Index(
                                fields=["observed", "known_on"], name="chronology__observe_12ff1a_idx"
                            ),
                            models.Index(fields=["key"], name="chronology__key_11c803_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "since_run"), name="one_chronology_entry_a_run"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("by_day", True)),
                                fields=("key",),
                                name="a_line_is_written_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EntrySource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since_run", models.PositiveIntegerField()),
                        ("until_run", models.PositiveIntegerField(blank=True, null=True)),
                        ("key", models.CharField(max_length=64)),
                        ("entry_key", models.CharField(max_length=64)),
                        ("record_kind", models.CharField(max_length=40)),
                        ("source", models.CharField(max_length=120)),
                        ("record_id", models.CharField(max_length=160)),
                        ("rid", models.CharField(max_length=32)),
                        ("agency_code", models.CharField(max_length=80)),
                        ("file", models.CharField(max_length=400)),
                        ("line", models.PositiveBigIntegerField()),
                        ("received_on", models.DateField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["entry_key"], name="chronology__entry_k_748f7e_idx"),
                            models.Index(fields=["person"], name="chronology__person__66b251_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "since_run"), name="one_entry_source_a_run"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
