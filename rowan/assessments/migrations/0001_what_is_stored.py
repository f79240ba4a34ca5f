import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.encryption
import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [("assessments", "0001_where_a_child_stands")]

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
                    name="Assessment",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        (
                            "written_as",
                            models.CharField(
                                choices=[("screen", "Screen"), ("assessment", "Assessment")], max_length=10
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("narrative", rowan.encryption.SealedTextField(purpose="assessments")),
                        ("childs_words", rowan.encryption.SealedTextField(blank=True, purpose="assessments")),
                        ("harm_words", rowan.encryption.SealedTextField(blank=True, purpose="assessments")),
                        ("harm_seen_on", models.DateField(blank=True, null=True)),
                        ("child_view", rowan.encryption.SealedTextField(blank=True, purpose="assessments")),
                        (
                            "child_not_sought",
                            rowan.encryption.SealedTextField(blank=True, purpose="assessments"),
                        ),
                        ("carer_view", rowan.encryption.SealedTextField(blank=True, purpose="assessments")),
                        (
                            "carer_not_sought",
                            rowan.encryption.SealedTextField(blank=True, purpose="assessments"),
                        ),
                        ("school_view", rowan.encryption.SealedTextField(blank=True, purpose="assessments")),
                        (
                            "school_not_sought",
                            rowan.encryption.SealedTextField(blank=True, purpose="assessments"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("not_indicated", "Not indicated"),
                                    ("emerging_concern", "Emerging concern"),
                                    ("significant_concern", "Significant concern"),
                                    ("experiencing_harm", "Experiencing harm"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("why_state", rowan.encryption.SealedTextField(purpose="assessments")),
                        (
                            "over_a_sign_why",
                            rowan.encryption.SealedTextField(blank=True, purpose="assessments"),
                        ),
                        (
                            "urgency",
                            models.CharField(
                                choices=[
                                    ("immediate", "Now: today, whatever the hour"),
                                    ("days", "Within days"),
                                    ("routine", "As planned"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "confidence",
                            models.CharField(
                                choices=[
                                    ("firm", "Good: first hand, or told by more than one agency"),
                                    ("partly", "Mixed: some of it first hand, some relayed"),
                                    ("thin", "Thin: relayed, old, or from one source"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "trend",
                            models.CharField(
                                choices=[
                                    ("worse", "Getting worse"),
                                    ("same", "The same"),
                                    ("better", "Getting better"),
                                    ("not_known", "Not known yet"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("review_on", models.DateField()),
                        ("acting_as", models.CharField(blank=True, max_length=300)),
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
                            "follows",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="assessments.assessment",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "strand",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="assessments.strand",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("strand", "number"), name="a_version_has_a_number_of_its_own"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Strand",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("screening", "Being screened"),
                                    ("assessment", "Being assessed"),
                                    ("review", "Worked with, and reviewed"),
                                    ("watched", "Stepped down, and looked back at"),
                                    ("closed", "Closed, with a day to look back"),
                                ],
                                default="screening",
                                max_length=12,
                            ),
                        ),
                        ("step_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
                        ("opened_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_indicated", "Not indicated"),
                                    ("emerging_concern", "Emerging concern"),
                                    ("significant_concern", "Significant concern"),
                                    ("experiencing_harm", "Experiencing harm"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("state_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="strands",
                                to="people.person",
                            ),
                        ),
                        (
                            "state_by",
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
                        "ordering": ["opened_at", "id"],
                        "indexes": [
                            models.Index(fields=["step", "due_on"], name="assessments_step_01d616_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("person",), name="one_strand_a_child"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", ""),
                                    models.Q(("state_at__isnull", False), ("state_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_state_has_an_author_and_a_date",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StepTaken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "to",
                            models.CharField(
                                choices=[
                                    ("screening", "Being screened"),
                                    ("assessment", "Being assessed"),
                                    ("review", "Worked with, and reviewed"),
                                    ("watched", "Stepped down, and looked back at"),
                                    ("closed", "Closed, with a day to look back"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("why", rowan.encryption.SealedTextField(blank=True, purpose="assessments")),
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
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "strand",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="assessments.strand",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="StepDown",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        (
                            "to",
                            models.CharField(
                                choices=[
                                    ("screening", "Being screened"),
                                    ("assessment", "Being assessed"),
                                    ("review", "Worked with, and reviewed"),
                                    ("watched", "Stepped down, and looked back at"),
                                    ("closed", "Closed, with a day to look back"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "state_before",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_indicated", "Not indicated"),
                                    ("emerging_concern", "Emerging concern"),
                                    ("significant_concern", "Significant concern"),
                                    ("experiencing_harm", "Experiencing harm"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("not_indicated", "Not indicated"),
                                    ("emerging_concern", "Emerging concern"),
                                    ("significant_concern", "Significant concern"),
                                    ("experiencing_harm", "Experiencing harm"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("evidence", rowan.encryption.SealedTextField(purpose="assessments")),
                        ("childs_view", rowan.encryption.SealedTextField(purpose="assessments")),
                        ("look_back_on", models.DateField()),
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
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "strand",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="step_downs",
                                to="assessments.strand",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("to__in", ["closed", "watched"])),
                                name="only_a_step_down_or_closing_is_asked_for",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatutoryFact",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        (
                            "fact",
                            models.CharField(
                                choices=[
                                    ("referral", "Referral received"),
                                    ("decision", "Decision on the next step, and the referrer told"),
                                    ("assessment", "Child and family assessment finished"),
                                    ("strategy", "Strategy discussion held"),
                                    ("section47", "Section 47 enquiry started"),
                                    ("conference", "Initial child protection conference held"),
                                    ("core_group", "Core group met"),
                                    ("review_conference", "Review conference held"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("reference", models.CharField(max_length=60)),
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
                            "strand",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statutory_facts",
                                to="assessments.strand",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["on", "at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="LookBack",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("found", rowan.encryption.SealedTextField(purpose="assessments")),
                        ("childs_view", rowan.encryption.SealedTextField(blank=True, purpose="assessments")),
                        ("works_again", models.BooleanField()),
                        ("again_on", models.DateField(blank=True, null=True)),
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
                            "strand",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="look_backs",
                                to="assessments.strand",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Dissent",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("said_by", models.CharField(max_length=200)),
                        ("words", rowan.encryption.SealedTextField(purpose="assessments")),
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
                            "assessment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dissents",
                                to="assessments.assessment",
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
                            "step_down",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dissents",
                                to="assessments.stepdown",
                            ),
                        ),
                        (
                            "strand",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dissents",
                                to="assessments.strand",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="ChildSeen",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("on", models.DateField()),
                        ("seen_by", models.CharField(max_length=200)),
                        ("words", rowan.encryption.SealedTextField(blank=True, purpose="assessments")),
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
                            "strand",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="times_seen",
                                to="assessments.strand",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["on", "at", "id"],
                        "indexes": [
                            models.Index(fields=["strand", "on"], name="assessments_strand__c95dc9_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transition",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("to_whom", models.CharField(max_length=200)),
                        ("plan", rowan.encryption.SealedTextField(purpose="assessments")),
                        ("young_persons_view", rowan.encryption.SealedTextField(purpose="assessments")),
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
                            "strand",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transitions",
                                to="assessments.strand",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        (
                            "assessment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="approval",
                                serialize=False,
                                to="assessments.assessment",
                            ),
                        ),
                        ("approved", models.BooleanField()),
                        ("words", rowan.encryption.SealedTextField(blank=True, purpose="assessments")),
                        ("acting_as", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Noticed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=12)),
                        ("kind", models.CharField(max_length=1)),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="noticed",
                                to="assessments.assessment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assessment", "code"), name="an_observation_once_a_version"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StepDownDecided",
                    fields=[
                        (
                            "step_down",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="decided",
                                serialize=False,
                                to="assessments.stepdown",
                            ),
                        ),
                        ("agreed", models.BooleanField()),
                        ("words", rowan.encryption.SealedTextField(purpose="assessments")),
                        ("acting_as", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ],
        ),
    ]
