import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [
        ("questions", "0001_initial"),
        ("questions", "0002_who_acted_as_lead"),
        ("questions", "0003_a_switch_names_the_one_it_follows"),
    ]

    initial = True

    dependencies = [
        ("agencies", "0001_what_is_stored"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0001_what_is_stored"),
    ]

    operations = [
        rowan.tables_at_once.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("concern", "Raise or join a concern"),
                                    ("strategy", "Strategy discussion today"),
                                    ("in_plan", "Already in the plan"),
                                    ("explained", "Explained"),
                                    ("look_again", "Ask an agency, look again on a date"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
                        ("how_known", models.TextField(blank=True)),
                        ("look_again_on", models.DateField(blank=True, null=True)),
                        ("acting_as", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField()),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="agencies.agency",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="questions.answer",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="questions.question",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Owed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("act", models.CharField(max_length=40)),
                        ("due_on", models.DateField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome", models.TextField(blank=True)),
                        (
                            "answer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="owed",
                                to="questions.answer",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("audience", models.CharField(max_length=80)),
                        ("why_you", models.CharField(max_length=300)),
                        ("asked_run", models.PositiveIntegerField()),
                        ("asked_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("look_again_on", models.DateField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "deputy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.post",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="people.person",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="agencies.post",
                            ),
                        ),
                        (
                            "practitioner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "asked_on", "id"],
                        "indexes": [
                            models.Index(
                                fields=["practitioner", "answered_at", "due_on"],
                                name="questions_q_practit_76e193_idx",
                            ),
                            models.Index(
                                fields=["post", "answered_at", "due_on"],
                                name="questions_q_post_id_c3eea9_idx",
                            ),
                            models.Index(
                                fields=["person", "answered_at"], name="questions_q_person__278032_idx"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at__isnull", True)),
                                fields=("person", "audience"),
                                name="one_open_question_a_child_an_audience",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reason",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("occasion", models.CharField(max_length=64)),
                        ("rule", models.CharField(max_length=60)),
                        ("rule_version", models.PositiveSmallIntegerField()),
                        ("happened_on", models.DateField()),
                        ("figures", models.JSONField(default=dict)),
                        ("settings_used", models.JSONField(default=dict)),
                        ("sentence", models.TextField()),
                        ("asked_run", models.PositiveIntegerField()),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reasons",
                                to="questions.question",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-happened_on", "rule"],
                        "constraints": [
                            models.UniqueConstraint(fields=("occasion",), name="an_occasion_asks_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("record_kind", models.CharField(max_length=40)),
                        ("source", models.CharField(max_length=120)),
                        ("record_id", models.CharField(max_length=160)),
                        ("rid", models.CharField(max_length=32)),
                        ("agency_code", models.CharField(max_length=80)),
                        ("happened_on", models.DateField()),
                        ("received_on", models.DateField(null=True)),
                        ("what", models.CharField(max_length=300)),
                        ("how_matched", models.CharField(max_length=400)),
                        (
                            "reason",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evidence",
                                to="questions.reason",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["happened_on", "record_id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("reason", "record_kind", "source", "record_id"),
                                name="a_row_is_evidence_once_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RuleSwitch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rule", models.CharField(max_length=60)),
                        ("on", models.BooleanField()),
                        ("from_on", models.DateField()),
                        ("by", models.CharField(max_length=200)),
                        ("why", models.TextField()),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "follows",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="questions.ruleswitch",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("follows", None)),
                                fields=("rule",),
                                name="one_first_switch_a_rule",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StrategyAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entry_key", models.CharField(max_length=64)),
                        ("held", models.BooleanField()),
                        ("reason", models.TextField()),
                        ("manager", models.CharField(max_length=200)),
                        ("acting_as", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="questions.strategyanswer",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="strategy_answers",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
            ],
        ),
    ]
