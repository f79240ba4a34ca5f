import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [("single_view", "0001_questions_about_looks")]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        rowan.tables_at_once.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="LooksQuestion",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "pattern",
                            models.CharField(
                                choices=[
                                    ("own_name", "Looked at a record in their own name"),
                                    ("surname", "Looked at a child who shares their surname"),
                                    ("neighbours", "Looked at several children of one postcode"),
                                    ("hours", "Opened records out of hours, again and again"),
                                    (
                                        "breadth",
                                        "Opened many more children’s records than is usual in their role",
                                    ),
                                    ("refused", "Was refused at many different records"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField()),
                        ("about_person", models.CharField(blank=True, max_length=32)),
                        ("figures", models.JSONField()),
                        ("settings_used", models.JSONField()),
                        ("asked_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("explained", "Explained"),
                                    ("looked_into", "Looked into"),
                                    ("passed_on", "Passed to the agency’s lead"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "practitioner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "asked_at", "id"],
                        "indexes": [
                            models.Index(
                                fields=["answered_at", "due_on"], name="single_view_answere_d44ecd_idx"
                            ),
                            models.Index(
                                fields=["practitioner", "pattern"], name="single_view_practit_c13f87_idx"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at__isnull", True)),
                                fields=("pattern", "practitioner", "about_person"),
                                name="one_open_question_of_a_pattern",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("asked_of__isnull", True),
                                    models.Q(("asked_of", models.F("practitioner")), _negated=True),
                                    _connector="OR",
                                ),
                                name="nobody_is_asked_about_themselves",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered_by__isnull", True),
                                    models.Q(("answered_by", models.F("practitioner")), _negated=True),
                                    _connector="OR",
                                ),
                                name="nobody_answers_about_themselves",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LooksEvidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.BigIntegerField()),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evidence",
                                to="single_view.looksquestion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("question", "position"), name="a_line_is_evidence_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpenedRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("role", models.CharField(max_length=40)),
                        ("on", models.DateField()),
                        ("person_id", models.CharField(max_length=32)),
                        ("how", models.CharField(max_length=10)),
                        ("out_of_hours", models.BooleanField()),
                        ("position", models.BigIntegerField()),
                        (
                            "practitioner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["role", "on"], name="single_view_role_48a5ee_idx"),
                            models.Index(fields=["on"], name="single_view_on_0b6eae_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practitioner", "on", "person_id", "how", "out_of_hours"),
                                name="an_opening_counts_once_a_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrailRead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("one", models.BooleanField(default=True, unique=True)),
                        ("position", models.BigIntegerField()),
                        ("read_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("one", True)), name="the_trail_is_read_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
