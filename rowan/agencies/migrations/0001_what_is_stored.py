import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rowan.encryption
import rowan.tables_at_once


class Migration(migrations.Migration):
    replaces = [
        ("agencies", "0001_initial"),
        ("agencies", "0002_every_role_of_the_hub"),
        ("agencies", "0003_leads_and_absences"),
        ("agencies", "0004_who_is_signed_in_where"),
        ("agencies", "0005_two_people_reset_a_second_factor"),
        ("agencies", "0006_what_was_typed"),
        ("agencies", "0007_systems_that_may_ask"),
        ("agencies", "0008_an_agencys_own_sign_in"),
        ("agencies", "0009_the_designated_officer"),
    ]

    initial = True

    dependencies = []

    operations = [
        rowan.tables_at_once.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Agency",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=80, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("council", "Council"),
                                    ("police", "Police"),
                                    ("school", "School"),
                                    ("health", "Health"),
                                    ("youth_justice", "Youth justice"),
                                    ("voluntary", "Voluntary sector"),
                                    ("care", "Children’s home or fostering"),
                                    ("district", "District council"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("la_code", models.CharField(blank=True, max_length=3)),
                        ("laestab", models.CharField(blank=True, max_length=7)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        "verbose_name_plural": "agencies",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Remembered",
                    fields=[
                        ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                        ("value", models.TextField()),
                        ("expires", models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Practitioner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        ("username", models.CharField(max_length=60, unique=True)),
                        ("display_name", models.CharField(max_length=200)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("referrer", "Referrer"),
                                    ("childrens_home_or_foster_carer", "Children’s home or foster carer"),
                                    ("school_safeguarding_lead", "School safeguarding lead"),
                                    ("education_welfare_officer", "Education welfare officer"),
                                    ("triage_officer", "Triage officer"),
                                    ("exploitation_coordinator", "Exploitation co-ordinator"),
                                    ("lead_professional", "Lead professional"),
                                    ("missing_coordinator", "Missing co-ordinator"),
                                    ("return_interview_worker", "Return-interview worker"),
                                    ("youth_justice_worker", "Youth justice worker"),
                                    ("mentor", "Mentor"),
                                    ("police_exploitation_team", "Police exploitation team"),
                                    ("health_lead", "Health lead"),
                                    ("sexual_health_clinician", "Sexual-health clinician"),
                                    ("community_safety_officer", "Community-safety officer"),
                                    ("licensing_officer", "Licensing officer"),
                                    ("panel_chair", "Panel chair"),
                                    ("panel_member", "Panel member"),
                                    ("approving_manager", "Approving manager"),
                                    ("safeguarding_lead", "Safeguarding lead"),
                                    ("analyst", "Analyst"),
                                    ("commissioner", "Commissioner"),
                                    ("councillor", "Councillor"),
                                    ("records_officer", "Records officer"),
                                    ("information_governance", "Information governance officer"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=40,
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        ("password_to_change", models.BooleanField(default=False)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="practitioners",
                                to="agencies.agency",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="practitioners",
                                to="agencies.team",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "referrer",
                                            "childrens_home_or_foster_carer",
                                            "school_safeguarding_lead",
                                            "education_welfare_officer",
                                            "triage_officer",
                                            "exploitation_coordinator",
                                            "lead_professional",
                                            "missing_coordinator",
                                            "return_interview_worker",
                                            "youth_justice_worker",
                                            "mentor",
                                            "police_exploitation_team",
                                            "health_lead",
                                            "sexual_health_clinician",
                                            "community_safety_officer",
                                            "licensing_officer",
                                            "panel_chair",
                                            "panel_member",
                                            "approving_manager",
                                            "safeguarding_lead",
                                            "analyst",
                                            "commissioner",
                                            "councillor",
                                            "records_officer",
                                            "information_governance",
                                            "administrator",
                                        ],
                                    )
                                ),
                                name="practitioner_has_a_known_role",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiClient",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("client_id", models.CharField(max_length=40, unique=True)),
                        ("secret_digest", models.CharField(max_length=64)),
                        ("scopes", models.CharField(max_length=200)),
                        ("made_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="api_clients",
                                to="agencies.agency",
                            ),
                        ),
                        (
                            "answered_for_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="api_clients",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ApiToken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("scopes", models.CharField(max_length=200)),
                        ("expires_at", models.DateTimeField(db_index=True)),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tokens",
                                to="agencies.apiclient",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="OwnSignIn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("issuer", models.CharField(max_length=500)),
                        ("client_id", models.CharField(max_length=200)),
                        ("client_secret", rowan.encryption.SealedTextField(purpose="agency-sign-in")),
                        ("domains", models.CharField(max_length=500)),
                        ("named_by", models.CharField(default="email", max_length=60)),
                        ("vouched_by", models.CharField(default="email_verified", max_length=60)),
                        ("trusted_acr", models.CharField(blank=True, max_length=500)),
                        ("trusted_amr", models.CharField(blank=True, max_length=500)),
                        ("set_up_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="own_sign_ins",
                                to="agencies.agency",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("agency",),
                                name="one_own_sign_in_of_an_agency_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LinkedPerson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject", models.CharField(max_length=255)),
                        ("linked_at", models.DateTimeField()),
                        (
                            "practitioner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="linked",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "own_sign_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="linked",
                                to="agencies.ownsignin",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("own_sign_in", "subject"), name="a_subject_is_one_person_of_an_agency"
                            ),
                            models.UniqueConstraint(
                                fields=("own_sign_in", "practitioner"),
                                name="a_person_is_one_subject_of_a_sign_in",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
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
                                    ("school_lead", "the school's safeguarding lead"),
                                    ("allocated_worker", "the child's allocated worker"),
                                    ("missing_coordinator", "the missing co-ordinator"),
                                    ("youth_justice", "the youth justice service"),
                                    ("exploitation_coordinator", "the exploitation co-ordinator"),
                                    ("triage", "the triage desk"),
                                    ("lado", "the local authority designated officer"),
                                    ("lead", "a safeguarding lead or deputy"),
                                    ("chief_officer", "the chief officer"),
                                ],
                                max_length=40,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="agencies.agency",
                            ),
                        ),
                        (
                            "deputy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deputises_for",
                                to="agencies.post",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "lead"), _negated=True),
                                fields=("kind", "agency"),
                                name="one_post_of_a_kind_in_an_agency",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "lead")),
                                fields=("agency", "title"),
                                name="one_lead_post_of_a_title_in_an_agency",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeadPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField()),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lead_places",
                                to="agencies.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["place", "from_on"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until_on__isnull", True)),
                                fields=("post",),
                                name="a_post_has_one_place_in_the_chain",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on__isnull", True),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="a_place_in_the_chain_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PostHolding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="holdings",
                                to="agencies.post",
                            ),
                        ),
                        (
                            "practitioner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holdings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "from_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on__isnull", True),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="a_holding_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecondFactorReset",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("why", models.TextField()),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "practitioner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="second_factor_resets",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["practitioner", "asked_at"], name="agencies_se_practit_f5f1a1_idx"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by", None),
                                    models.Q(("confirmed_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="two_people_reset_a_second_factor",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                                    models.Q(
                                        ("confirmed_at__isnull", False), ("confirmed_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="who_confirmed_a_reset_has_a_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignedIn",
                    fields=[
                        (
                            "session_key",
                            models.CharField(
                                max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                            ),
                        ),
                        ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                        ("session_data", rowan.encryption.SealedTextField(purpose="sessions")),
                        ("device", models.CharField(blank=True, max_length=60)),
                        ("started_at", models.DateTimeField()),
                        ("last_seen_at", models.DateTimeField()),
                        (
                            "own_sign_in",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessions",
                                to="agencies.ownsignin",
                            ),
                        ),
                        (
                            "practitioner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["practitioner", "last_seen_at"], name="agencies_si_practit_f36805_idx"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignInLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(null=True)),
                        (
                            "practitioner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Team",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teams",
                                to="agencies.agency",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "name"), name="one_team_of_a_name_in_an_agency"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TypedText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("page", models.CharField(max_length=500)),
                        ("action", models.CharField(max_length=500)),
                        ("typed", rowan.encryption.SealedTextField(purpose="typed-text")),
                        ("kept_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField(db_index=True)),
                        (
                            "practitioner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="typed_texts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Absence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        (
                            "half",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("morning", "The morning only"),
                                    ("afternoon", "The afternoon only"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("entered_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "practitioner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="absences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stands_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stands_in_for",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["from_on", "id"],
                        "indexes": [
                            models.Index(
                                fields=["practitioner", "until_on"], name="agencies_ab_practit_2e1694_idx"
                            ),
                            models.Index(fields=["until_on"], name="agencies_ab_until_o_1584e0_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on__isnull", True),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="an_absence_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("half", ""), ("until_on", models.F("from_on")), _connector="OR"
                                ),
                                name="half_days_are_of_one_day",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
