import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.encryption
import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [
        ("concerns", "0001_what_is_stored_of_a_concern"),
        ("concerns", "0002_what_triage_adds"),
        ("concerns", "0003_files_sent_with_a_report"),
        ("concerns", "0004_reports_that_wait_their_turn"),
        ("concerns", "0005_whether_the_child_knows_fits"),
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
                    name="Concern",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("reference", models.CharField(max_length=12, unique=True)),
                        (
                            "about",
                            models.CharField(
                                choices=[
                                    ("child", "A child or young person"),
                                    ("place", "A place: a home, a shop, a park, a hotel, a street"),
                                    ("group", "A group of people"),
                                    ("school", "A school or college"),
                                    ("platform", "An app, a game or a website"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "came_by",
                            models.CharField(
                                choices=[
                                    ("practitioner", "Somebody who signs in"),
                                    ("link", "A one-time link sent to an agency"),
                                    ("api", "An agency’s own system"),
                                    ("public", "The public page"),
                                    ("question", "The answer to a question"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "raises",
                            models.CharField(
                                choices=[
                                    ("young_person", "I am a young person"),
                                    ("parent", "I am a parent or relative"),
                                    ("carer", "I am a foster carer or work in a children’s home"),
                                    ("resident", "I am a resident or neighbour"),
                                    ("taxi_driver", "I drive a taxi or private hire car"),
                                    ("business", "I work in a shop, hotel or other business"),
                                    ("school_lead", "I am a safeguarding lead of a school or college"),
                                    ("school_staff", "I work in a school or college"),
                                    ("health", "I work in health"),
                                    ("sexual_health", "I work in a sexual-health service"),
                                    ("police", "I work for the police"),
                                    ("social_care", "I work in children’s social care"),
                                    ("youth_service", "I work with young people"),
                                    ("housing_or_council", "I work for a council or in housing"),
                                    ("other_professional", "I work in another service"),
                                    ("rather_not_say", "I would rather not say"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        ("compartment", models.CharField(default="core", max_length=20)),
                        ("details", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
                        ("what_worries", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
                        ("childs_words", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
                        ("seen_or_heard", models.CharField(blank=True, max_length=10)),
                        ("first_hand", models.CharField(blank=True, max_length=10)),
                        ("told_by", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
                        ("when_words", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
                        ("where_words", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
                        ("already_done", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
                        ("immediate_danger", models.BooleanField(default=False)),
                        ("child_knows", models.CharField(blank=True, max_length=15)),
                        (
                            "why_child_does_not_know",
                            rowan.encryption.SealedTextField(blank=True, purpose="concerns"),
                        ),
                        ("please_contact", models.BooleanField(default=False)),
                        ("about_a_professional", models.BooleanField(default=False)),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("received", "Received, not read yet"),
                                    ("screening", "Being screened"),
                                    ("checks_out", "Waiting for agencies’ checks"),
                                    ("decided", "Decided; the referrer is to be told"),
                                    ("referrer_told", "Decided, and the referrer told"),
                                    ("challenged", "Decided; the referrer disagrees"),
                                ],
                                default="received",
                                max_length=15,
                            ),
                        ),
                        ("urgency", models.CharField(max_length=5)),
                        ("due_at", models.DateTimeField()),
                        ("came_in_flood", models.BooleanField(default=False)),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
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
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="concerns",
                                to="people.person",
                            ),
                        ),
                        (
                            "professional",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "professionals_agency",
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
                        "ordering": ["due_at", "received_at", "id"],
                        "indexes": [
                            models.Index(fields=["step", "due_at"], name="concerns_co_step_1bd613_idx"),
                            models.Index(
                                fields=["person", "received_at"], name="concerns_co_person__2ef754_idx"
                            ),
                            models.Index(
                                fields=["agency", "received_at"], name="concerns_co_agency__063ac8_idx"
                            ),
                            models.Index(fields=["by", "received_at"], name="concerns_co_by_id_d2c5b0_idx"),
                            models.Index(
                                fields=["came_by", "received_at"], name="concerns_co_came_by_4fd3c3_idx"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("about", "child"), ("person__isnull", True), _connector="OR"
                                ),
                                name="only_a_childs_concern_names_a_child",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LookedAmongRestricted",
                    fields=[
                        (
                            "concern",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="among_restricted",
                                serialize=False,
                                to="concerns.concern",
                            ),
                        ),
                        ("person_id", models.CharField(blank=True, max_length=32)),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Receipt",
                    fields=[
                        (
                            "concern",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="receipt",
                                serialize=False,
                                to="concerns.concern",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("last_used_on", models.DateField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Referrer",
                    fields=[
                        (
                            "concern",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="referrer",
                                serialize=False,
                                to="concerns.concern",
                            ),
                        ),
                        ("name", rowan.encryption.SealedTextField(blank=True, purpose="source-identity")),
                        ("phone", rowan.encryption.SealedTextField(blank=True, purpose="source-identity")),
                        ("email", rowan.encryption.SealedTextField(blank=True, purpose="source-identity")),
                        ("works_at", rowan.encryption.SealedTextField(blank=True, purpose="source-identity")),
                        (
                            "how_to_reach",
                            rowan.encryption.SealedTextField(blank=True, purpose="source-identity"),
                        ),
                        ("stays_unnamed", models.BooleanField(default=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Check",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("asks", rowan.encryption.SealedTextField(purpose="concerns")),
                        ("asked_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("compartment", models.CharField(max_length=20)),
                        ("nothing_known", models.BooleanField(null=True)),
                        ("answer", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("not_needed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                            ),
                        ),
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
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "concern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="concerns.concern",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at", "id"],
                        "indexes": [
                            models.Index(
                                fields=["agency", "answered_at", "due_at"],
                                name="concerns_ch_agency__d2d54f_idx",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("concern", "agency"), name="an_agency_is_checked_once_a_concern"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AddedWords",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("words", rowan.encryption.SealedTextField(purpose="concerns")),
                        ("at", models.DateTimeField()),
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
                            "concern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="added_words",
                                to="concerns.concern",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        (
                            "decided",
                            models.CharField(
                                choices=[
                                    ("to_worker", "Passed to the worker who already works with the child"),
                                    ("referral", "Referred to children’s social care"),
                                    (
                                        "strategy",
                                        "Strategy discussion today, with a referral to children’s social care",
                                    ),
                                    ("early_help", "Early help, with the family’s agreement to the service"),
                                    ("advice", "Advice given, or pointed to another service"),
                                    ("no_further_action", "No further action now"),
                                    (
                                        "work_on_the_place",
                                        "Work on the place, group, school or platform itself",
                                    ),
                                    ("lado", "To the local authority designated officer"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("reason", rowan.encryption.SealedTextField(purpose="concerns")),
                        ("manager", models.CharField(blank=True, max_length=200)),
                        ("other_children", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
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
                        (
                            "concern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="concerns.concern",
                            ),
                        ),
                        (
                            "follows",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="concerns.decision",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("follows", None)),
                                fields=("concern",),
                                name="one_first_decision_a_concern",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Challenge",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("why", rowan.encryption.SealedTextField(purpose="concerns")),
                        ("sought", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
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
                            "concern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="challenges",
                                to="concerns.concern",
                            ),
                        ),
                        (
                            "decision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="challenged",
                                to="concerns.decision",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Matched",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("founded", models.BooleanField(default=False)),
                        ("how_known", rowan.encryption.SealedTextField(purpose="concerns")),
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
                            "concern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="matched",
                                to="concerns.concern",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
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
                        ("as_said", rowan.encryption.SealedTextField(purpose="concerns")),
                        ("said_by", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
                        (
                            "child_calls_them",
                            rowan.encryption.SealedTextField(blank=True, purpose="concerns"),
                        ),
                        ("description", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
                        (
                            "concern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="names_heard",
                                to="concerns.concern",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
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
                            "concern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="noticed",
                                to="concerns.concern",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("concern", "code"), name="an_observation_once_a_concern"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OneTimeLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("for_whom", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
                        ("raises", models.CharField(max_length=20)),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["made_by", "-made_at"], name="concerns_on_made_by_8ebcf8_idx"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConcernDraft",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("question", models.UUIDField(blank=True, null=True)),
                        ("typed", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
                        ("saved", models.PositiveIntegerField(default=0)),
                        ("began_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField(db_index=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drafts",
                                to="concerns.onetimelink",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["by", "began_at"], name="concerns_co_by_id_3b8bec_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartKnown",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("known_by", rowan.encryption.SealedTextField(purpose="concerns")),
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
                            "concern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="part_known",
                                to="concerns.concern",
                            ),
                        ),
                        (
                            "name_heard",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="part_known",
                                to="concerns.nameheard",
                            ),
                        ),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="part_known",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Protection",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        (
                            "about",
                            models.CharField(
                                choices=[
                                    ("nrm", "National Referral Mechanism"),
                                    ("section_45", "Section 45, the defence of a child who was exploited"),
                                    ("duty_to_report", "Duty to report child sexual abuse"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("entry_key", models.CharField(blank=True, max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("considered", "Being considered"),
                                    ("not_referred", "Not referred, with the reason"),
                                    ("referred", "Referred to the Home Office"),
                                    ("reasonable_grounds", "Reasonable grounds: yes"),
                                    ("no_reasonable_grounds", "Reasonable grounds: no"),
                                    ("conclusive_grounds", "Conclusive grounds: yes"),
                                    ("no_conclusive_grounds", "Conclusive grounds: no"),
                                    ("reconsideration", "Asked to be looked at again"),
                                    ("asked", "Asked: could section 45 apply?"),
                                    ("told", "It may apply; the defence and the prosecution were told"),
                                    ("does_not_apply", "It does not apply, with the reason"),
                                    ("learned", "Learned of; to be reported"),
                                    ("reported", "Reported to the police or the council"),
                                    ("reported_before", "Somebody had reported it already"),
                                ],
                                max_length=25,
                            ),
                        ),
                        ("act", models.CharField(blank=True, max_length=20)),
                        ("purpose", models.CharField(blank=True, max_length=20)),
                        ("began_at", models.DateTimeField()),
                        (
                            "concern",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="protections",
                                to="concerns.concern",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="protections",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["began_at", "id"],
                        "indexes": [
                            models.Index(fields=["person", "about"], name="concerns_pr_person__20d102_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("entry_key", ""), _negated=True),
                                fields=("about", "entry_key"),
                                name="an_arrest_asks_once_about_each_protection",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProtectionStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("considered", "Being considered"),
                                    ("not_referred", "Not referred, with the reason"),
                                    ("referred", "Referred to the Home Office"),
                                    ("reasonable_grounds", "Reasonable grounds: yes"),
                                    ("no_reasonable_grounds", "Reasonable grounds: no"),
                                    ("conclusive_grounds", "Conclusive grounds: yes"),
                                    ("no_conclusive_grounds", "Conclusive grounds: no"),
                                    ("reconsideration", "Asked to be looked at again"),
                                    ("asked", "Asked: could section 45 apply?"),
                                    ("told", "It may apply; the defence and the prosecution were told"),
                                    ("does_not_apply", "It does not apply, with the reason"),
                                    ("learned", "Learned of; to be reported"),
                                    ("reported", "Reported to the police or the council"),
                                    ("reported_before", "Somebody had reported it already"),
                                ],
                                max_length=25,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("learned_on", models.DateField(blank=True, null=True)),
                        ("reference", models.CharField(blank=True, max_length=60)),
                        ("to_whom", models.CharField(blank=True, max_length=200)),
                        ("words", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
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
                            "protection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="concerns.protection",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Reply",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("words", rowan.encryption.SealedTextField(purpose="concerns")),
                        ("at", models.DateTimeField()),
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
                            "concern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="concerns.concern",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "indexes": [
                            models.Index(fields=["concern", "at"], name="concerns_re_concern_3d76a4_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Resolved",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("how_known", rowan.encryption.SealedTextField(purpose="concerns")),
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
                            "into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "part_known",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resolved",
                                to="concerns.partknown",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="SentFile",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("name", rowan.encryption.SealedTextField(purpose="concerns")),
                        ("kind", models.CharField(max_length=40)),
                        ("size", models.PositiveIntegerField()),
                        ("digest", models.CharField(max_length=64)),
                        ("data_key", rowan.encryption.SealedTextField(purpose="concerns")),
                        ("added_at", models.DateTimeField()),
                        (
                            "concern",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="concerns.concern",
                            ),
                        ),
                        (
                            "draft",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="concerns.concerndraft",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["added_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("draft", "digest"), name="a_file_once_a_draft"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("concern__isnull", False), ("draft", None)),
                                    models.Q(("concern", None), ("draft__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_file_is_of_a_draft_or_of_a_concern",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatutoryFact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "fact",
                            models.CharField(
                                choices=[
                                    ("contact", "Contact recorded by children’s social care"),
                                    ("referral", "Referral made to children’s social care"),
                                    ("accepted", "Referral accepted"),
                                    ("not_accepted", "Referral not accepted"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("reference", models.CharField(blank=True, max_length=60)),
                        ("words", rowan.encryption.SealedTextField(blank=True, purpose="concerns")),
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
                            "concern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statutory_facts",
                                to="concerns.concern",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["on", "at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Told",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("of", models.CharField(max_length=10)),
                        ("words", rowan.encryption.SealedTextField(purpose="concerns")),
                        ("how", models.CharField(max_length=20)),
                        ("at", models.DateTimeField()),
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
                            "concern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="told",
                                to="concerns.concern",
                            ),
                        ),
                        (
                            "decision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="told",
                                to="concerns.decision",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="UrgencySet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("urgency", models.CharField(max_length=5)),
                        ("why", rowan.encryption.SealedTextField(purpose="concerns")),
                        ("due_at", models.DateTimeField()),
                        ("at", models.DateTimeField()),
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
                            "concern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="urgencies",
                                to="concerns.concern",
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
