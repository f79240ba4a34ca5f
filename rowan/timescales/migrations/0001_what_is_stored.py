import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [
        ("timescales", "0001_initial"),
        ("timescales", "0002_clocks_pass_on"),
        ("timescales", "0003_scheduled_work"),
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
                    name="Scheduled",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("function", models.CharField(max_length=200, unique=True)),
                        ("due_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Clock",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("what", models.CharField(max_length=80)),
                        ("about_kind", models.CharField(max_length=40)),
                        ("about_id", models.CharField(max_length=80)),
                        ("about_person", models.CharField(blank=True, max_length=32)),
                        ("started_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
                        ("stopped_at", models.DateTimeField(blank=True, null=True)),
                        ("stopped_because", models.CharField(blank=True, max_length=200)),
                        ("handed_over_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner_post",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="agencies.post",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["stopped_at", "due_on"], name="timescales__stopped_eb9d43_idx"
                            ),
                            models.Index(
                                fields=["about_kind", "about_id"], name="timescales__about_k_c931ed_idx"
                            ),
                            models.Index(
                                condition=models.Q(("stopped_at__isnull", True)),
                                fields=["owner"],
                                name="running_clocks_of_somebody",
                            ),
                            models.Index(
                                condition=models.Q(("stopped_at__isnull", True)),
                                fields=["owner_post"],
                                name="running_clocks_at_a_post",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("owner_post__isnull", False), ("owner__isnull", False), _connector="OR"
                                ),
                                name="a_clock_always_has_an_owner",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("stopped_at__isnull", True)),
                                fields=("what", "about_kind", "about_id"),
                                name="one_running_clock_for_one_thing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandOver",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("why", models.CharField(max_length=20)),
                        ("because", models.CharField(max_length=300)),
                        ("beyond_the_cap", models.BooleanField(default=False)),
                        (
                            "clock",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hand_overs",
                                to="timescales.clock",
                            ),
                        ),
                        (
                            "from_owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "from_post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.post",
                            ),
                        ),
                        (
                            "through_post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.post",
                            ),
                        ),
                        (
                            "to_owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "indexes": [
                            models.Index(fields=["to_owner", "at"], name="timescales__to_owne_0f4502_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SettingValue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("value", models.JSONField()),
                        ("from_on", models.DateField()),
                        ("set_at", models.DateTimeField(auto_now_add=True)),
                        ("set_by", models.CharField(max_length=200)),
                        ("why", models.TextField()),
                    ],
                    options={
                        "ordering": ["name", "from_on", "id"],
                        "indexes": [
                            models.Index(fields=["name", "from_on"], name="timescales__name_3949ce_idx")
                        ],
                    },
                ),
            ],
        ),
    ]
