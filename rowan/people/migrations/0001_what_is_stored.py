import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.encryption
import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_what_to_heed_when_reaching_somebody"),
        ("people", "0003_a_withheld_address_is_sealed"),
        ("people", "0004_what_somebody_told_of_is_found_by"),
        ("people", "0005_names_that_stand_get_their_sounds"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        rowan.tables_at_once.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                        ("founded_run", models.PositiveIntegerField(default=0)),
                        ("founded_by_day", models.BooleanField(default=False)),
                        (
                            "now",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="once",
                                to="people.person",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Name",
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
                        ("agency_code", models.CharField(max_length=80)),
                        ("first_on", models.DateField(null=True)),
                        ("last_on", models.DateField(null=True)),
                        ("first_name", models.CharField(blank=True, max_length=120)),
                        ("middle_names", models.CharField(blank=True, max_length=120)),
                        ("surname", models.CharField(blank=True, max_length=120)),
                        ("kind", models.CharField(max_length=20)),
                        ("sounds", models.CharField(db_default="", default="", max_length=8)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["sounds"], name="people_name_sounds_90d14f_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "since_run"), name="one_name_a_run")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KnownAs",
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
                        ("first_name", models.CharField(blank=True, max_length=120)),
                        ("surname", models.CharField(blank=True, max_length=120)),
                        ("birth_date", models.DateField(null=True)),
                        ("sex", models.CharField(blank=True, max_length=2)),
                        ("ethnic_group", models.CharField(blank=True, max_length=4)),
                        ("disabled", models.BooleanField(null=True)),
                        ("school_code", models.CharField(blank=True, max_length=80)),
                        ("year_group", models.CharField(blank=True, max_length=4)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="known_as",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["surname", "first_name"], name="people_know_surname_7fa26c_idx"
                            ),
                            models.Index(fields=["first_name"], name="people_know_first_n_b22bdb_idx"),
                            models.Index(fields=["birth_date"], name="people_know_birth_d_50ee0b_idx"),
                            models.Index(fields=["school_code"], name="people_know_school__4c12a5_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("person", "since_run"), name="one_known_as_a_run")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Identifier",
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
                        ("first_on", models.DateField(null=True)),
                        ("last_on", models.DateField(null=True)),
                        ("kind", models.CharField(max_length=20)),
                        ("value", models.CharField(max_length=60)),
                        ("note", models.CharField(blank=True, max_length=120)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["kind", "value"], name="people_iden_kind_0ce61c_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "since_run"), name="one_identifier_a_run")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Address",
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
                        ("first_on", models.DateField(null=True)),
                        ("last_on", models.DateField(null=True)),
                        ("address", models.CharField(blank=True, max_length=300)),
                        ("postcode", models.CharField(blank=True, max_length=10)),
                        (
                            "sealed_address",
                            rowan.encryption.SealedTextField(
                                blank=True, default="", purpose="withheld-addresses"
                            ),
                        ),
                        (
                            "sealed_postcode",
                            rowan.encryption.SealedTextField(
                                blank=True, default="", purpose="withheld-addresses"
                            ),
                        ),
                        ("withheld", models.BooleanField(default=False)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["postcode"], name="people_addr_postcod_b27d0c_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "since_run"), name="one_address_a_run")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SafeContact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "flag",
                            models.CharField(
                                choices=[
                                    ("do_not_ring_home", "Do not ring home"),
                                    ("leave_no_message", "Leave no message"),
                                    ("device_watched", "A phone or device is watched by somebody else"),
                                    ("address_withheld", "Address withheld"),
                                    ("staff_safety", "Staff safety: do not visit alone"),
                                    ("interpreter", "Interpreter and language"),
                                    ("preferred_name", "Preferred name"),
                                    ("trusts", "Whom the child trusts"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=300)),
                        ("said_by", models.CharField(max_length=200)),
                        ("said_on", models.DateField()),
                        ("recorded_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=200)),
                        (
                            "ended_by",
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
                                related_name="safe_contact",
                                to="people.person",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-recorded_at", "-id"],
                        "indexes": [
                            models.Index(fields=["person", "ended_at"], name="people_safe_person__ffa6e4_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolPlace",
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
                        ("first_on", models.DateField(null=True)),
                        ("last_on", models.DateField(null=True)),
                        ("school_name", models.CharField(max_length=200)),
                        ("year_group", models.CharField(blank=True, max_length=4)),
                        ("destination", models.CharField(blank=True, max_length=200)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "since_run"), name="one_school_place_a_run"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
