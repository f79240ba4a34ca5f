import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.encryption
import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [("escalation", "0001_what_went_up_and_disagreements")]

    initial = True

    dependencies = [
        ("agencies", "0001_what_is_stored"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0001_what_is_stored"),
        ("timescales", "0001_what_is_stored"),
    ]

    operations = [
        rowan.tables_at_once.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Disagreement",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        (
                            "about",
                            models.CharField(
                                choices=[
                                    ("referral", "A referral was not accepted"),
                                    ("threshold", "A threshold"),
                                    ("action", "An agreed action is not done"),
                                    ("sharing", "Information is not shared"),
                                    ("assessment", "What an assessment came to"),
                                    ("closure", "Closing or stepping down"),
                                    ("conference", "A conference or strategy discussion was refused"),
                                    ("other", "Something else"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("what", rowan.encryption.SealedTextField(purpose="escalation")),
                        ("sought", rowan.encryption.SealedTextField(purpose="escalation")),
                        ("safe_meanwhile", rowan.encryption.SealedTextField(purpose="escalation")),
                        ("skips_levels", models.BooleanField(default=False)),
                        ("at", models.DateTimeField()),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("open", "Not resolved yet"),
                                    ("resolved", "Resolved; its learning is to be written"),
                                    ("learnt", "Resolved, with its learning"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("agreed", "What was sought is done"),
                                    ("partly", "Another way was agreed"),
                                    ("accepted", "The other agency’s reasons were accepted"),
                                    ("decided", "Somebody above decided"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("resolution", rowan.encryption.SealedTextField(blank=True, purpose="escalation")),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                        ("learning", rowan.encryption.SealedTextField(blank=True, purpose="escalation")),
                        ("learnt_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "learnt_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disagreements",
                                to="people.person",
                            ),
                        ),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "with_agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "indexes": [
                            models.Index(fields=["person", "step"], name="escalation__person__8ee627_idx"),
                            models.Index(fields=["step", "at"], name="escalation__step_b7c439_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resolved_at", None), ("step", "open")),
                                    models.Q(
                                        models.Q(("step", "open"), _negated=True),
                                        ("resolved_at__isnull", False),
                                        ("resolved_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_resolved_disagreement_says_when_and_by_whom",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Overdue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("manager", "Manager"),
                                    ("head_of_service", "Head of service"),
                                    ("safeguarding_lead", "Safeguarding lead"),
                                    ("partnership", "Safeguarding partnership"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("due_on", models.DateField()),
                        ("began_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "clock",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="gone_up",
                                to="timescales.clock",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "id"],
                        "indexes": [
                            models.Index(
                                fields=["ended_at", "due_on"], name="escalation__ended_a_00b038_idx"
                            ),
                            models.Index(fields=["owner", "ended_at"], name="escalation__owner_i_0d4395_idx"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OverdueAnswer",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("words", rowan.encryption.SealedTextField(purpose="escalation")),
                        ("until_on", models.DateField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "overdue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="escalation.overdue",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="OverdueStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("manager", "Manager"),
                                    ("head_of_service", "Head of service"),
                                    ("safeguarding_lead", "Safeguarding lead"),
                                    ("partnership", "Safeguarding partnership"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("says", models.TextField()),
                        (
                            "overdue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="escalation.overdue",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("overdue", "on"), name="something_overdue_goes_up_once_a_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Place",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("manager", "Manager"),
                                    ("head_of_service", "Head of service"),
                                    ("safeguarding_lead", "Safeguarding lead"),
                                    ("partnership", "Safeguarding partnership"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["level", "order", "at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Response",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("manager", "Manager"),
                                    ("head_of_service", "Head of service"),
                                    ("safeguarding_lead", "Safeguarding lead"),
                                    ("partnership", "Safeguarding partnership"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("words", rowan.encryption.SealedTextField(purpose="escalation")),
                        ("at", models.DateTimeField()),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "disagreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responses",
                                to="escalation.disagreement",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Stage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Practitioner"),
                                    ("manager", "Manager"),
                                    ("head_of_service", "Head of service"),
                                    ("safeguarding_lead", "Safeguarding lead"),
                                    ("partnership", "Safeguarding partnership"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("says", models.TextField()),
                        ("counterpart_says", models.TextField(blank=True)),
                        ("why", rowan.encryption.SealedTextField(blank=True, purpose="escalation")),
                        ("began_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "counterpart",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "disagreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stages",
                                to="escalation.disagreement",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["began_at", "id"],
                    },
                ),
            ],
        ),
    ]
