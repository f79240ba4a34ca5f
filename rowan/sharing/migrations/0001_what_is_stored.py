import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.encryption
import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [
        ("sharing", "0001_decisions_standing_decisions_and_agreements"),
        ("sharing", "0002_requests_to_agencies"),
        ("sharing", "0003_acts_of_two_people_and_files_that_left"),
        ("sharing", "0004_agreements_by_series_and_agreeing_to_a_service"),
    ]

    initial = True

    dependencies = [
        ("agencies", "0001_what_is_stored"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0001_what_is_stored"),
        ("questions", "0001_what_is_stored"),
    ]

    operations = [
        rowan.tables_at_once.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Agreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("series", models.UUIDField(default=uuid.uuid4)),
                        ("name", models.CharField(max_length=200)),
                        ("other_parties", models.CharField(blank=True, max_length=400)),
                        ("purpose", models.TextField()),
                        ("what", models.TextField()),
                        ("article6", models.CharField(max_length=40)),
                        ("condition", models.CharField(max_length=40)),
                        ("duty", models.CharField(max_length=40)),
                        ("document_reference", models.CharField(max_length=200)),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("review_on", models.DateField()),
                        ("why", models.TextField(blank=True)),
                        ("token", models.UUIDField(unique=True)),
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
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "parties",
                            models.ManyToManyField(related_name="sharing_agreements", to="agencies.agency"),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="sharing.agreement",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["review_on", "name", "id"],
                        "indexes": [
                            models.Index(fields=["review_on"], name="sharing_agr_review__d441c9_idx"),
                            models.Index(fields=["series"], name="sharing_agr_series_45315e_idx"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementEvent",
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
                                    ("told", "Its owner was told that its review is due soon"),
                                    ("chased", "Its review is late and was chased"),
                                    ("escalated", "Its review is late and was taken to the agency’s lead"),
                                    ("lapsed", "It lapsed"),
                                    ("ended", "Ended"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("words", models.TextField(blank=True)),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="sharing.agreement",
                            ),
                        ),
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
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agreement", "kind", "on"), name="an_agreement_is_chased_once_a_day"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "chased"), _negated=True),
                                fields=("agreement", "kind"),
                                name="an_agreement_ends_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("bulk_export", "A file about many children, or of many rows"),
                                    ("unmask_source", "Unmasking who a source is"),
                                    ("delete", "Deleting a record"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("about_kind", models.CharField(max_length=40)),
                        ("about_id", models.CharField(max_length=80)),
                        ("particulars", models.JSONField(default=dict)),
                        ("why", models.TextField()),
                        ("asked_at", models.DateTimeField()),
                        ("lapses_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("approved", models.BooleanField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True)),
                        ("performed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
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
                        "ordering": ["lapses_at", "id"],
                        "indexes": [
                            models.Index(
                                fields=["approved", "lapses_at"], name="sharing_app_approve_ed0dd5_idx"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", None),
                                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="nobody_approves_her_own_act",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("performed_at", None),
                                    models.Q(("approved", True), ("approved__isnull", False)),
                                    _connector="OR",
                                ),
                                name="nothing_is_done_before_it_is_approved",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Request",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("asked_person", models.CharField(blank=True, max_length=200)),
                        ("what", models.TextField()),
                        ("purpose", models.CharField(max_length=40)),
                        ("purpose_words", models.TextField(blank=True)),
                        ("article6", models.CharField(max_length=40)),
                        ("duty", models.CharField(max_length=40)),
                        ("due_on", models.DateField()),
                        ("at", models.DateTimeField()),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("open", "Waiting for an answer"),
                                    ("answered", "Answered"),
                                    ("refused", "Refused, with a reason"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                            ),
                        ),
                        (
                            "asked_agency",
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
                            "owed",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sharing_request",
                                to="questions.owed",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sharing_requests",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "at", "id"],
                        "indexes": [
                            models.Index(fields=["step", "due_on"], name="sharing_req_step_bc722d_idx"),
                            models.Index(
                                fields=["asked_agency", "step", "due_on"],
                                name="sharing_req_asked_a_7f5bdf_idx",
                            ),
                            models.Index(fields=["person", "at"], name="sharing_req_person__96bc73_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("step", "open")),
                                    models.Q(
                                        models.Q(("step", "open"), _negated=True),
                                        ("closed_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_closed_request_says_when",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequestEvent",
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
                                    ("chased", "Chased"),
                                    ("escalated", "Taken to the agency’s lead"),
                                    ("answered", "Answered"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("words", models.TextField(blank=True)),
                        ("ground", models.CharField(blank=True, max_length=20)),
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="sharing.request",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("request", "kind", "on"), name="a_request_is_chased_once_a_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceConsent",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("service", models.CharField(max_length=200)),
                        (
                            "compartment",
                            models.CharField(
                                choices=[
                                    ("core", "Support: mentoring, family help, youth work and the like"),
                                    ("health", "Health"),
                                    ("sexual_health", "Sexual health"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("what_for", models.TextField()),
                        (
                            "said",
                            models.CharField(
                                choices=[
                                    ("given", "Agreed to the service"),
                                    ("declined", "Said no to the service"),
                                    ("not_asked", "Not asked"),
                                    ("withdrawn", "Agreed before, and no longer agrees"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "asked",
                            models.CharField(
                                choices=[
                                    ("child", "The child"),
                                    ("parent", "A parent or carer"),
                                    ("both", "The child, and a parent or carer"),
                                    ("nobody", "Nobody"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("asked_words", models.CharField(blank=True, max_length=200)),
                        ("childs_view", models.TextField(blank=True)),
                        (
                            "understands",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        "competent",
                                        "Yes: under 16 and understands it fully (Gillick competent), or 16 or over",
                                    ),
                                    ("not_competent", "No, not by herself or himself"),
                                    ("not_assessed", "Nobody has looked into it"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "under_13",
                            models.CharField(
                                blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=3
                            ),
                        ),
                        ("why", models.TextField(blank=True)),
                        ("on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("corrects", models.BooleanField(default=False)),
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
                                to="sharing.serviceconsent",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_consents",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-on", "-at", "id"],
                        "indexes": [
                            models.Index(fields=["person", "at"], name="sharing_ser_person__c03ab4_idx")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("said", "not_asked"), _negated=True),
                                    models.Q(("why", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="who_was_not_asked_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("corrects", False), ("follows__isnull", False), _connector="OR"
                                ),
                                name="a_correction_follows_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SharingDecision",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        (
                            "decided",
                            models.CharField(
                                choices=[
                                    ("share", "Share"),
                                    ("part", "Share part of what was asked for"),
                                    ("later", "Not now: decide later"),
                                    ("not_share", "Do not share"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("role", models.CharField(max_length=40)),
                        ("lead", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField(db_index=True)),
                        ("whose", models.CharField(blank=True, max_length=5)),
                        ("recipient_body", models.CharField(blank=True, max_length=200)),
                        ("recipient_person", models.CharField(blank=True, max_length=200)),
                        ("items_words", models.TextField(blank=True)),
                        ("purpose", models.CharField(blank=True, max_length=40)),
                        ("purpose_words", models.TextField(blank=True)),
                        ("article6", models.CharField(blank=True, max_length=40)),
                        ("condition", models.CharField(blank=True, max_length=40)),
                        ("duty", models.CharField(blank=True, max_length=40)),
                        ("necessary", models.TextField(blank=True)),
                        ("told_child", models.CharField(blank=True, max_length=10)),
                        ("told_parent", models.CharField(blank=True, max_length=10)),
                        ("why_not_told", models.TextField(blank=True)),
                        ("childs_view", models.TextField(blank=True)),
                        (
                            "danger_if_seen",
                            rowan.encryption.SealedTextField(blank=True, purpose="sharing-decisions"),
                        ),
                        ("facts", models.CharField(blank=True, max_length=10)),
                        ("accuracy", models.TextField(blank=True)),
                        ("advice", models.CharField(blank=True, max_length=30)),
                        ("advice_words", models.TextField(blank=True)),
                        ("route", models.CharField(blank=True, max_length=20)),
                        ("handling", models.TextField(blank=True)),
                        ("reason_not", models.CharField(blank=True, max_length=20)),
                        ("why_not", models.TextField(blank=True)),
                        ("review_on", models.DateField(blank=True, null=True)),
                        (
                            "weighing",
                            rowan.encryption.SealedTextField(blank=True, purpose="sharing-decisions"),
                        ),
                        ("capacity", models.CharField(blank=True, max_length=20)),
                        ("under_13", models.CharField(blank=True, max_length=3)),
                        (
                            "caldicott",
                            rowan.encryption.SealedTextField(blank=True, purpose="sharing-decisions"),
                        ),
                        ("law_used", models.JSONField(default=dict)),
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
                            "children",
                            models.ManyToManyField(related_name="sharing_decisions", to="people.person"),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="sharing.sharingdecision",
                            ),
                        ),
                        (
                            "recipient_agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                            ),
                        ),
                        (
                            "standing",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="sharing.standingdecision",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "id"],
                        "indexes": [
                            models.Index(fields=["agency", "at"], name="sharing_sha_agency__f2fe99_idx"),
                            models.Index(fields=["review_on"], name="sharing_sha_review__821a04_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("recipient_agency__isnull", False),
                                    ("recipient_body__gt", ""),
                                    _connector="OR",
                                ),
                                name="a_decision_names_a_recipient",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SharedFile",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("childs_record", "A child’s record"),
                                    ("register", "Register of decisions"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("to", models.CharField(max_length=402)),
                        ("rows", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("destroy_by", models.DateField()),
                        ("at", models.DateTimeField()),
                        (
                            "approval",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="file",
                                to="sharing.approval",
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
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="sharing.sharingdecision",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at"],
                        "indexes": [models.Index(fields=["sha256"], name="sharing_sha_sha256_56ad4a_idx")],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
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
                                    ("corrected", "What was shared is corrected"),
                                    ("withdrawn", "What was shared is withdrawn and to be destroyed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.TextField()),
                        ("how_told", models.CharField(max_length=300)),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="sharing.sharingdecision",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "withdrawn")),
                                fields=("decision",),
                                name="a_decision_is_withdrawn_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("item", models.CharField(max_length=40)),
                        ("compartment", models.CharField(max_length=20)),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="sharing.sharingdecision",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("decision", "item"), name="an_item_is_shared_once_a_decision"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionDraft",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("typed", rowan.encryption.SealedTextField(blank=True, purpose="sharing-decisions")),
                        ("began_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="sharing.sharingdecision",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["by", "person"], name="sharing_dec_by_id_ceb4bf_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandingDecision",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("agreement", "Under an agreement"), ("meeting", "For one meeting")],
                                max_length=10,
                            ),
                        ),
                        ("whose", models.CharField(max_length=5)),
                        ("recipient_body", models.CharField(blank=True, max_length=200)),
                        ("recipient_person", models.CharField(max_length=200)),
                        ("items", models.JSONField(default=list)),
                        ("purpose", models.CharField(max_length=40)),
                        ("purpose_words", models.TextField(blank=True)),
                        ("article6", models.CharField(max_length=40)),
                        ("condition", models.CharField(max_length=40)),
                        ("duty", models.CharField(max_length=40)),
                        ("necessary", models.TextField()),
                        ("families_told", models.TextField()),
                        ("route", models.CharField(max_length=20)),
                        ("handling", models.TextField(blank=True)),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField()),
                        ("at", models.DateTimeField()),
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
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standing_decisions",
                                to="sharing.agreement",
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
                            "recipient_agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "from_on"],
                        "indexes": [
                            models.Index(fields=["agency", "until_on"], name="sharing_sta_agency__db7142_idx")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until_on__gte", models.F("from_on"))),
                                name="a_standing_decision_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "meeting"), ("agreement__isnull", False), _connector="OR"
                                ),
                                name="a_standing_decision_rests_on_an_agreement_or_a_meeting",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
