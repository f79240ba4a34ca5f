import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [
        ("access", "0001_initial"),
        ("access", "0002_who_may_see_what_by_whom"),
        ("access", "0003_who_is_let_in_since_and_whose_review_it_is"),
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
                    name="JoinedRecord",
                    fields=[
                        ("person_id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                        ("into_id", models.CharField(max_length=32)),
                        ("now_id", models.CharField(db_index=True, max_length=32)),
                    ],
                ),
                migrations.CreateModel(
                    name="Opening",
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
                                    ("emergency", "Emergency access"),
                                    ("reason", "A look with a reason"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("person_id", models.CharField(max_length=32)),
                        ("why", models.TextField()),
                        ("opened_at", models.DateTimeField()),
                        ("until_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                        ("justified", models.BooleanField(null=True)),
                        ("review", models.TextField(blank=True)),
                        (
                            "practitioner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewed_by",
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
                            models.Index(
                                fields=["practitioner", "until_at"], name="access_open_practit_6ec168_idx"
                            ),
                            models.Index(
                                fields=["kind", "reviewed_at", "opened_at"],
                                name="access_open_kind_7dd261_idx",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("why", ""), _negated=True), name="an_opening_has_a_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until_at__gt", models.F("opened_at"))),
                                name="an_opening_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Restriction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("person_id", models.CharField(max_length=32)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("staff_family", "Family of somebody who works here"),
                                    ("adoption", "Adoption"),
                                    ("refuge", "Refuge or another address that must not be known"),
                                    ("other", "Another reason"),
                                ],
                                default="other",
                                max_length=20,
                            ),
                        ),
                        ("why", models.CharField(max_length=200)),
                        ("set_at", models.DateTimeField(auto_now_add=True)),
                        ("set_by", models.CharField(max_length=200)),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        ("lifted_by", models.CharField(blank=True, max_length=200)),
                        ("lifted_because", models.CharField(blank=True, max_length=200)),
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
                        "indexes": [
                            models.Index(
                                fields=["person_id", "lifted_at"], name="access_rest_person__f5c87c_idx"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at__isnull", True)),
                                fields=("person_id",),
                                name="one_standing_restriction",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LetIn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("by", models.CharField(max_length=200)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "practitioner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "restriction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="let_in",
                                to="access.restriction",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("restriction", "practitioner"), name="let_in_once_a_restriction"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RestrictionChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("let_in", "was let in"),
                                    ("taken_off", "was taken off"),
                                    ("handed_to", "answers for the record"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("why", models.CharField(max_length=200)),
                        ("by", models.CharField(max_length=200)),
                        ("at", models.DateTimeField()),
                        (
                            "practitioner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "restriction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="access.restriction",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("says", models.TextField()),
                        (
                            "opening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="access.opening",
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
                        (
                            "practitioner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["on", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("opening", "on"), name="a_review_goes_up_once_a_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Involvement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("person_id", models.CharField(max_length=32)),
                        ("worker_name", models.CharField(blank=True, max_length=200)),
                        ("worker_phone", models.CharField(blank=True, max_length=40)),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("allocated_worker", "allocated worker"),
                                    ("on_roll", "on the school's roll"),
                                    ("asked", "was asked a question"),
                                    ("working_with", "is working with the child"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("discreet", models.BooleanField(db_default=False, default=False)),
                        ("rests_on", models.CharField(max_length=120)),
                        ("opened_on", models.DateField()),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="agencies.agency"
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="agencies.post",
                            ),
                        ),
                        (
                            "practitioner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="agencies.team",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["person_id", "closed_on"], name="access_invo_person__227e06_idx"
                            ),
                            models.Index(
                                fields=["practitioner", "closed_on"], name="access_invo_practit_75055a_idx"
                            ),
                            models.Index(
                                fields=["agency", "why", "closed_on"], name="access_invo_agency__91971e_idx"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person_id", "why", "rests_on"),
                                name="an_involvement_is_taken_in_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptOut",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("person_id", models.CharField(max_length=32)),
                        ("why", models.CharField(max_length=200)),
                        ("set_at", models.DateTimeField(auto_now_add=True)),
                        ("set_by", models.CharField(max_length=200)),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        ("lifted_by", models.CharField(blank=True, max_length=200)),
                        ("lifted_because", models.CharField(blank=True, max_length=200)),
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
                        "indexes": [
                            models.Index(
                                fields=["practitioner", "lifted_at"], name="access_kept_practit_1a9a4b_idx"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at__isnull", True)),
                                fields=("person_id", "practitioner"),
                                name="kept_out_once_at_a_time",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
