import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.encryption
import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [("missing", "0001_what_is_stored_of_missing_episodes")]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0001_what_is_stored"),
        ("sharing", "0001_what_is_stored"),
    ]

    operations = [
        rowan.tables_at_once.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Episode",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("agency_code", models.CharField(max_length=80)),
                        ("began_at", models.DateTimeField()),
                        ("times_known", models.BooleanField(default=True)),
                        ("recorded_at", models.DateTimeField()),
                        ("police_reference", models.CharField(blank=True, max_length=60)),
                        ("last_seen", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        ("worry", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("reported", "Reported missing, not graded yet"),
                                    ("graded", "Missing, graded by the police"),
                                    ("found", "Found; the return is to be confirmed"),
                                    ("returned", "Returned"),
                                    ("not_missing", "Recorded by mistake: was not missing"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("grade", models.CharField(blank=True, max_length=20)),
                        ("found_at", models.DateTimeField(blank=True, null=True)),
                        ("returned_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "interview",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("required", "Interview required, not offered yet"),
                                    ("offered", "Interview offered"),
                                    ("accepted", "Interview accepted"),
                                    ("declined", "Interview declined; the carer is to be asked"),
                                    ("carer_asked", "Interview declined; the carer was asked"),
                                    ("not_possible", "Interview not possible"),
                                    ("held_in_time", "Interview held in time"),
                                    ("held_late", "Interview held late"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("interview_due_at", models.DateTimeField(blank=True, null=True)),
                        ("has_own_line", models.BooleanField(default=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "interviewer",
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
                                related_name="missing_episodes",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["began_at", "id"],
                        "indexes": [
                            models.Index(fields=["step", "began_at"], name="missing_epi_step_107ca1_idx"),
                            models.Index(
                                fields=["interview", "interview_due_at"],
                                name="missing_epi_intervi_6c26b9_idx",
                            ),
                            models.Index(
                                fields=["person", "began_at"], name="missing_epi_person__fe1337_idx"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("interview_due_at__isnull", False),
                                        ("returned_at__isnull", False),
                                        ("step", "returned"),
                                        models.Q(("interview", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("step", "returned"), _negated=True),
                                        ("interview", ""),
                                        ("interview_due_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_interview_is_due_from_the_return",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("returned_at", None),
                                    ("returned_at__gte", models.F("began_at")),
                                    _connector="OR",
                                ),
                                name="nobody_returns_before_they_went",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Action",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("what", rowan.encryption.SealedTextField(purpose="missing-text")),
                        ("due_on", models.DateField()),
                        ("agency_code", models.CharField(max_length=80)),
                        ("at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        (
                            "episode",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="missing.episode",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at", None), ("done_by", None)),
                                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_done_action_says_by_whom",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("reported", "Reported missing"),
                                    ("reported_again", "Reported again, by somebody else"),
                                    ("graded", "Graded by the police"),
                                    ("found", "Found"),
                                    ("returned", "Came back"),
                                    ("not_missing", "Recorded by mistake"),
                                    ("assigned", "Interview given to somebody to hold"),
                                    ("offered", "Interview offered"),
                                    ("accepted", "Interview accepted"),
                                    ("declined", "Interview declined"),
                                    ("carer_asked", "The carer was asked"),
                                    ("not_possible", "Interview not possible"),
                                    ("held_in_time", "Interview held in time"),
                                    ("held_late", "Interview held late"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField()),
                        ("agency_code", models.CharField(max_length=80)),
                        ("code", models.CharField(blank=True, max_length=20)),
                        ("words", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "episode",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="missing.episode",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recorded_at", "at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="HomeInterview",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("held_at", models.DateTimeField()),
                        ("independent", models.BooleanField()),
                        ("factors", models.JSONField(default=list)),
                        ("told_of_harm", models.CharField(max_length=10)),
                        ("noticed", models.JSONField(default=list)),
                        ("held_where", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        (
                            "childs_words",
                            rowan.encryption.SealedTextField(blank=True, purpose="missing-text"),
                        ),
                        ("why_words", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        ("where_words", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        ("with_whom", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        ("harm_words", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        ("way_back", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        (
                            "what_would_help",
                            rowan.encryption.SealedTextField(blank=True, purpose="missing-text"),
                        ),
                        ("agency_code", models.CharField(max_length=80)),
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
                            "episode",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="home_interview",
                                to="missing.episode",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="NameHeard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("as_said", rowan.encryption.SealedTextField(purpose="missing-text")),
                        ("agency_code", models.CharField(max_length=80)),
                        (
                            "home_interview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="names_heard",
                                to="missing.homeinterview",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entry_key", models.CharField(max_length=64, unique=True)),
                        ("agency_code", models.CharField(max_length=80)),
                        ("began_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("confirmed", models.BooleanField(default=True)),
                        ("taken_in_at", models.DateTimeField()),
                        (
                            "episode",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="missing.episode",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["began_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Sheet",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("looks", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        ("phones", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        ("friends", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        ("places", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        ("travel", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        ("needs", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        ("approach", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        ("carers_know", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        ("do_first", rowan.encryption.SealedTextField(blank=True, purpose="missing-text")),
                        ("agency_code", models.CharField(max_length=80)),
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="if_missing_sheets",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                        "indexes": [
                            models.Index(fields=["person", "at"], name="missing_she_person__18ebd6_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SheetPrint",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("for_whom", models.CharField(blank=True, max_length=300)),
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
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sharing.sharingdecision",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prints",
                                to="missing.sheet",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
            ],
        ),
    ]
