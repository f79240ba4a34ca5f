"""The addresses of django-allauth that Rowan keeps, each with Rowan's own page. Its sign-up, e-mail and others are not here."""

from django.contrib.auth.decorators import login_required
from django.urls import path

from . import own_sign_in_views, views
from . import second_factor_views as own

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", views.SignInWithCode.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", views.SignInWithPasskey.as_view(), name="mfa_login_webauthn"),
    path("sign-in/agency/<slug:provider_id>/", own_sign_in_views.go, name="openid_connect_login"),
    path("sign-in/agency/<slug:provider_id>/back/", own_sign_in_views.back, name="openid_connect_callback"),
    path("account/confirm/", own.ConfirmPassword.as_view(), name="account_reauthenticate"),
    path("account/confirm/code/", own.ConfirmCode.as_view(), name="mfa_reauthenticate"),
    path("account/confirm/passkey/", own.ConfirmPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("account/password/", login_required(own.ChangePassword.as_view()), name="account_change_password"),
    path("account/second-factor/", own.SecondFactors.as_view(), name="mfa_index"),
    path("account/second-factor/app/", own.EnrolApp.as_view(), name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", own.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", own.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        "account/second-factor/codes/new/", own.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"
    ),
    path("account/second-factor/passkeys/add/", own.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("account/second-factor/passkeys/<int:pk>/", own.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path(
        "account/second-factor/passkeys/<int:pk>/remove/",
        own.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
]
