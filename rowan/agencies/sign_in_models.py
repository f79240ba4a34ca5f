"""What signing in stores: who is signed in where, and what the rate limits remember."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from rowan.encryption import SealedTextField


class SignedIn(AbstractBaseSession):
    """One browser's session. Its key is kept as a digest: a stolen copy of the database signs nobody in."""

    # Sealed: it holds a key that is being set up, and what waits while somebody confirms who she is.
    session_data = SealedTextField(purpose="sessions")
    practitioner = models.ForeignKey(
        "agencies.Practitioner", null=True, on_delete=models.CASCADE, related_name="sessions"
    )
    # The agency's own sign-in that it began with, if it did: when that ends, so does this.
    own_sign_in = models.ForeignKey(
        "agencies.OwnSignIn", null=True, on_delete=models.CASCADE, related_name="sessions"
    )
    device = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        indexes = [models.Index(fields=["practitioner", "last_seen_at"])]

    @classmethod
    def get_session_store_class(cls):
        from .sessions import SessionStore

        return SessionStore


class Remembered(models.Model):
    """The cache, as a table all processes share: how often a name or an address was tried, which codes are used up."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)


class SecondFactorReset(models.Model):
    """One person asked that somebody may make a new second step; another confirms it, or it lapses."""

    practitioner = models.ForeignKey(
        "agencies.Practitioner", on_delete=models.CASCADE, related_name="second_factor_resets"
    )
    asked_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    why = models.TextField()
    confirmed_by = models.ForeignKey(
        "agencies.Practitioner", null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["practitioner", "asked_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("asked_by")),
                name="two_people_reset_a_second_factor",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None, confirmed_at=None)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="who_confirmed_a_reset_has_a_moment",
            ),
        ]


class AwaitedRole(models.Model):
    """One administrator asked that somebody may approve what takes two people; somebody who approves already decides it.

    A new account (no role before) stays shut until then; a change of role does not happen until then; of an account that has its role
    already, it is a password to start with that waits, because no second step stands behind it yet.
    """

    practitioner = models.ForeignKey(
        "agencies.Practitioner", on_delete=models.CASCADE, related_name="awaited_roles"
    )
    role = models.CharField(max_length=40)
    before = models.CharField(max_length=40, blank=True)
    asked_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    why = models.TextField(blank=True)
    # Nobody, where an operator decided.
    decided_by = models.ForeignKey(
        "agencies.Practitioner", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner"],
                condition=models.Q(decided_at=None),
                name="one_role_of_somebody_waits_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(confirmed=True)
                | models.Q(decided_by=None)
                | ~models.Q(decided_by=models.F("asked_by")),
                name="two_people_give_a_role_that_approves",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at=None, confirmed=None)
                | models.Q(decided_at__isnull=False, confirmed__isnull=False),
                name="a_decided_role_has_a_moment",
            ),
        ]


class TypedText(models.Model):
    """What somebody had typed when her session was over: sealed, hers alone, and gone after a day."""

    practitioner = models.ForeignKey(
        "agencies.Practitioner", on_delete=models.CASCADE, related_name="typed_texts"
    )
    page = models.CharField(max_length=500)  # where the form stands
    action = models.CharField(max_length=500)  # where it was sent to
    typed = SealedTextField(purpose="typed-text")
    kept_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)


class ApiClient(models.Model):
    """One system of one agency. Its secret was shown once and is kept as a digest; somebody answers for it."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="api_clients")
    name = models.CharField(max_length=200)
    client_id = models.CharField(max_length=40, unique=True)
    secret_digest = models.CharField(max_length=64)
    scopes = models.CharField(max_length=200)  # apart by blanks
    answered_for_by = models.ForeignKey(
        "agencies.Practitioner", on_delete=models.PROTECT, related_name="api_clients"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class ApiToken(models.Model):
    """A quarter of an hour for one system. Only its digest is kept."""

    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=200)
    expires_at = models.DateTimeField(db_index=True)


class OwnSignIn(models.Model):
    """An agency's own sign-in (OpenID Connect): where it is, whose word is taken for who somebody is, and when its second step counts."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="own_sign_ins")
    issuer = models.CharField(max_length=500)
    client_id = models.CharField(max_length=200)
    client_secret = SealedTextField(purpose="agency-sign-in")
    domains = models.CharField(max_length=500)  # of e-mail addresses, apart by blanks
    named_by = models.CharField(max_length=60, default="email")
    vouched_by = models.CharField(max_length=60, default="email_verified")
    # What its provider says of a second step that the agreement with the agency accepts, apart by blanks.
    trusted_acr = models.CharField(max_length=500, blank=True)
    trusted_amr = models.CharField(max_length=500, blank=True)
    set_up_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=models.Q(ended_at=None),
                name="one_own_sign_in_of_an_agency_at_a_time",
            )
        ]


class LinkedPerson(models.Model):
    """Who somebody with an account is at her agency's own sign-in, by its own name for her, which never changes."""

    own_sign_in = models.ForeignKey(OwnSignIn, on_delete=models.CASCADE, related_name="linked")
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.CASCADE, related_name="linked")
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["own_sign_in", "subject"], name="a_subject_is_one_person_of_an_agency"
            ),
            models.UniqueConstraint(
                fields=["own_sign_in", "practitioner"], name="a_person_is_one_subject_of_a_sign_in"
            ),
        ]
