"""Agencies, the people who work in them, and the posts they hold."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from .rules.posts import POST_NAMES, PostKind
from .rules.roles import ROLE_NAMES, Role


class AgencyKind(models.TextChoices):
    COUNCIL = "council", "Council"
    POLICE = "police", "Police"
    SCHOOL = "school", "School"
    HEALTH = "health", "Health"
    YOUTH_JUSTICE = "youth_justice", "Youth justice"
    VOLUNTARY = "voluntary", "Voluntary sector"
    CARE = "care", "Children’s home or fostering"
    DISTRICT = "district", "District council"


class Agency(models.Model):
    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=AgencyKind)
    la_code = models.CharField(max_length=3, blank=True)
    laestab = models.CharField(max_length=7, blank=True)
    phone = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ["name"]

    def __str__(self):
        return self.name


class Team(models.Model):
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="one_team_of_a_name_in_an_agency")
        ]

    def __str__(self):
        return self.name


class PractitionerManager(BaseUserManager):
    def create_user(self, username: str, password: str | None = None, **fields):
        practitioner = self.model(username=username, **fields)
        practitioner.set_password(password)
        practitioner.save(using=self._db)
        return practitioner


class Practitioner(AbstractBaseUser):
    """Somebody who signs in. There is no superuser: nobody stands above the access rules."""

    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="practitioners")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="practitioners"
    )
    role = models.CharField(max_length=40, choices=[(role.value, name) for role, name in ROLE_NAMES.items()])
    is_active = models.BooleanField(default=True)
    # Somebody else chose it: it signs in once, to choose another.
    password_to_change = models.BooleanField(default=False)

    objects = PractitionerManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="practitioner_has_a_known_role"
            )
        ]

    def __str__(self):
        return self.display_name

    def get_full_name(self):
        return self.display_name

    def _get_session_auth_hash(self, secret=None):
        """Every session carries it: with another password, role or agency, all that were open are over at the next request."""
        what_ends_it = f"{self.password}|{self.role}|{self.agency_id}"
        return salted_hmac(
            "rowan.agencies.sessions", what_ends_it, secret=secret, algorithm="sha256"
        ).hexdigest()


class Post(models.Model):
    """A chair that a question can be put to, whoever sits in it."""

    kind = models.CharField(max_length=40, choices=[(kind.value, name) for kind, name in POST_NAMES.items()])
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=200)
    deputy = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="deputises_for"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "agency"],
                condition=~Q(kind=PostKind.LEAD.value),
                name="one_post_of_a_kind_in_an_agency",
            ),
            models.UniqueConstraint(
                fields=["agency", "title"],
                condition=Q(kind=PostKind.LEAD.value),
                name="one_lead_post_of_a_title_in_an_agency",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_allocated_worker(self):
        return self.kind == PostKind.ALLOCATED_WORKER


class PostHoldingQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day, practitioner__is_active=True
        )


class PostHolding(models.Model):
    """Who sits in a post, from when to when, and in which order they are asked."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="holdings")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="holdings")
    order = models.PositiveSmallIntegerField(default=0)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = PostHoldingQuerySet.as_manager()

    class Meta:
        ordering = ["order", "from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="a_holding_ends_after_it_begins",
            )
        ]


class DatedQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


class LeadPlace(models.Model):
    """A post's place in its agency's chain of safeguarding leads, from when to when: the lead first, then the deputies."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="lead_places")
    place = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["place", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(until_on__isnull=True), name="a_post_has_one_place_in_the_chain"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="a_place_in_the_chain_ends_after_it_begins",
            ),
        ]


class Half(models.TextChoices):
    MORNING = "morning", "The morning only"
    AFTERNOON = "afternoon", "The afternoon only"


class AbsenceQuerySet(DatedQuerySet):
    def standing(self):
        return self.filter(withdrawn_at__isnull=True)


class Absence(models.Model):
    """When somebody is away, and who stands in. Rowan does not ask why."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="absences")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # the last day away; empty while nobody knows
    half = models.CharField(max_length=10, choices=Half, blank=True)  # of one day only
    stands_in = models.ForeignKey(
        Practitioner, null=True, blank=True, on_delete=models.PROTECT, related_name="stands_in_for"
    )
    entered_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "id"]
        indexes = [models.Index(fields=["practitioner", "until_on"]), models.Index(fields=["until_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="an_absence_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(half="") | Q(until_on=models.F("from_on")), name="half_days_are_of_one_day"
            ),
        ]


class SignInLink(models.Model):
    """A ten-minute address that signs one demonstration person in, once. Only its digest is kept."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


# The rest of what this room stores, by subject.
from .sign_in_models import (  # noqa: F401
    ApiClient,
    ApiToken,
    AwaitedRole,
    LinkedPerson,
    OwnSignIn,
    Remembered,
    SecondFactorReset,
    SignedIn,
    TypedText,
)
