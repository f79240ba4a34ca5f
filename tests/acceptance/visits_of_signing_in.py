"""The pages of signing in and of one's own account, for the visit of every page: address, path, who looks, and how."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.utils import timezone

from rowan.agencies import sign_in_urls
from rowan.agencies.models import AwaitedRole, LinkedPerson, OwnSignIn, SecondFactorReset, TypedText
from rowan.agencies.rules.roles import Role
from tests.acceptance.conftest import BY_PASSWORD_ALONE, World
from tests.signing_in import with_app, with_passkey

# Coming back from an agency's own sign-in has journeys of its own (test_own_sign_in); here it ends at once.
NO_PAGE_OF_SIGNING_IN = {"api_feeds"} | {
    f"agencies:{name}"
    for name in ["sign_out", "end_session", "give_starting_password", "api_token", "unlink", "turn_down_role"]
}
PAGES_OF_SIGNING_IN = {pattern.name for pattern in sign_in_urls.urlpatterns} | {
    f"agencies:{name}"
    for name in [
        *("sessions", "accounts", "new_account", "account", "change_details", "change_role", "end_account"),
        *("ask_for_reset", "confirm_reset", "typed_text", "awaited_roles", "awaited_role"),
        *("choose_own_sign_in", "own_sign_ins", "end_own_sign_in"),
    ]
}


def visits_of_signing_in(world: World) -> list[tuple]:
    for person in (world.triage, world.missing):
        if not Authenticator.objects.filter(user=person, type="totp").exists():
            with_app(person)
    key = Authenticator.objects.filter(user=world.triage, type="webauthn").first() or with_passkey(
        world.triage
    )
    reset, _ = SecondFactorReset.objects.get_or_create(
        practitioner=world.missing,
        defaults={"asked_by": world.coordinator, "asked_at": timezone.now(), "why": "Lost her phone"},
    )
    waits, _ = AwaitedRole.objects.get_or_create(
        practitioner=world.worker,
        defaults={
            "role": Role.APPROVING_MANAGER.value,
            "before": world.worker.role,
            "asked_by": world.administrator,
            "asked_at": timezone.now(),
            "why": "Manages the team now",
        },
    )
    TypedText.objects.get_or_create(
        practitioner=world.triage,
        defaults={
            "page": "/questions/",
            "action": "/questions/",
            "typed": '{"explained_text": ["Stayed with her grandmother"]}',
            "kept_at": timezone.now(),
            "expires_at": timezone.now() + timedelta(hours=1),
        },
    )
    own, _ = OwnSignIn.objects.get_or_create(
        agency=world.triage.agency,
        defaults={
            "issuer": "https://sign-in.invented-council.example/oidc",
            "client_id": "rowan",
            "client_secret": "an-invented-secret",
            "domains": "invented-council.example",
            "trusted_amr": "mfa",
            "set_up_at": timezone.now(),
        },
    )
    LinkedPerson.objects.get_or_create(
        own_sign_in=own,
        practitioner=world.triage,
        defaults={"subject": "subject-of-tamsin", "linked_at": timezone.now()},
    )
    by_agency = f"/sign-in/agency/{world.triage.agency.code}/"
    account = f"/accounts/{world.triage.pk}/"
    return [
        ("agencies:sessions", "/account/sessions/", "triage"),
        ("agencies:typed_text", "/account/typed/", "triage", "with something"),
        ("agencies:typed_text", "/account/typed/", "administrator"),
        ("agencies:accounts", "/accounts/", "administrator"),
        ("agencies:accounts", "/accounts/", "missing", "refused"),
        ("agencies:change_details", f"{account}details/", "administrator"),
        ("agencies:new_account", "/accounts/new/", "administrator"),
        ("agencies:account", account, "administrator"),
        ("agencies:change_role", f"{account}role/", "administrator"),
        ("agencies:end_account", f"{account}end/", "administrator"),
        ("agencies:ask_for_reset", f"{account}reset/", "administrator"),
        ("agencies:confirm_reset", f"/accounts/resets/{reset.pk}/", "administrator"),
        ("agencies:awaited_roles", "/accounts/roles/", "coordinator"),
        ("agencies:awaited_roles", "/accounts/roles/", "missing", "refused"),
        ("agencies:awaited_role", f"/accounts/roles/{waits.pk}/", "coordinator"),
        ("agencies:awaited_role", f"/accounts/roles/{waits.pk}/", "administrator", "by whoever asked"),
        ("agencies:own_sign_ins", "/accounts/own-sign-ins/", "administrator"),
        ("agencies:end_own_sign_in", f"/accounts/own-sign-ins/{own.pk}/end/", "administrator"),
        ("agencies:choose_own_sign_in", "/sign-in/agency/", None),
        ("openid_connect_login", by_agency, None),
        ("openid_connect_callback", f"{by_agency}back/?state=lost", None, "not known here"),
        ("account_login", "/sign-in/", None),
        ("account_login", "/sign-in/?ended=idle", None, "after half an hour"),
        ("mfa_login_webauthn", "/sign-in/passkey/", None, "leads to signing in"),
        ("mfa_authenticate", "/sign-in/code/", "missing" + BY_PASSWORD_ALONE),
        ("mfa_index", "/account/second-factor/", "coordinator" + BY_PASSWORD_ALONE, "before the first"),
        ("mfa_index", "/account/second-factor/", "triage"),
        ("mfa_activate_totp", "/account/second-factor/app/", "school-lead"),
        ("mfa_deactivate_totp", "/account/second-factor/app/remove/", "triage"),
        ("mfa_deactivate_totp", "/account/second-factor/app/remove/", "missing", "the last one"),
        ("mfa_view_recovery_codes", "/account/second-factor/codes/", "triage"),
        ("mfa_generate_recovery_codes", "/account/second-factor/codes/new/", "triage"),
        ("mfa_add_webauthn", "/account/second-factor/passkeys/add/", "school-lead"),
        ("mfa_edit_webauthn", f"/account/second-factor/passkeys/{key.pk}/", "triage"),
        ("mfa_remove_webauthn", f"/account/second-factor/passkeys/{key.pk}/remove/", "triage"),
        ("account_reauthenticate", "/account/confirm/", "triage"),
        ("mfa_reauthenticate", "/account/confirm/code/", "triage"),
        ("mfa_reauthenticate_webauthn", "/account/confirm/passkey/", "triage"),
        ("account_change_password", "/account/password/", "triage"),
    ]
