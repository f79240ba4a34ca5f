import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.encryption
import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [("plans", "0001_actions_with_an_owner_and_a_date")]

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
                    name="Action",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("what", rowan.encryption.SealedTextField(purpose="plans")),
                        ("due_on", models.DateField()),
                        (
                            "made_in",
                            models.CharField(
                                choices=[("plan", "The safety plan"), ("meeting", "A meeting")],
                                default="plan",
                                max_length=10,
                            ),
                        ),
                        ("made_in_id", models.CharField(blank=True, max_length=40)),
                        ("at", models.DateTimeField()),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("done", "Done"),
                                    ("not_done", "Not done, and not needed any more"),
                                    ("carried", "Not done: carried forward"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("outcome", rowan.encryption.SealedTextField(blank=True, purpose="plans")),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                            "carries",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="carried_by",
                                to="plans.action",
                            ),
                        ),
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
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plan_actions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plan_actions",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "at", "id"],
                        "indexes": [
                            models.Index(
                                fields=["person", "step", "due_on"], name="plans_actio_person__b0e4ce_idx"
                            ),
                            models.Index(
                                fields=["owner", "step", "due_on"], name="plans_actio_owner_i_04364e_idx"
                            ),
                            models.Index(
                                fields=["made_in", "made_in_id", "step"],
                                name="plans_actio_made_in_c0a9cf_idx",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("ended_by", None), ("step", "open")),
                                    models.Q(
                                        models.Q(("step", "open"), _negated=True),
                                        ("ended_at__isnull", False),
                                        ("ended_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_ended_action_says_when_and_by_whom",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
