"""Addresses of this room's own pages. Those that django-allauth must find by its own names are in `sign_in_urls`."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import account_views, api, awaited_role_views, own_account_views, own_sign_in_views, views
from .actions import may_use_sign_in_links


class DemonstrationToken(StringConverter):
    """Anywhere but in a demonstration on this machine the address is not refused: there is no such address."""

    def to_python(self, value):
        if not may_use_sign_in_links():
            raise ValueError
        return value


register_converter(DemonstrationToken, "demonstration_token")

app_name = "agencies"
urlpatterns = [
    path("sign-in/link/<demonstration_token:token>/", views.sign_in_by_link, name="sign_in_by_link"),
    path("sign-in/agency/", own_sign_in_views.choose, name="choose_own_sign_in"),
    path("api/token/", api.token, name="api_token"),
    path("who-answers/", views.who_answers, name="who_answers"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("account/sessions/", own_account_views.sessions, name="sessions"),
    path("account/sessions/end/", own_account_views.end_session, name="end_session"),
    path("account/typed/", own_account_views.typed_text, name="typed_text"),
    path("accounts/", account_views.accounts_list, name="accounts"),
    path("accounts/new/", account_views.new_account, name="new_account"),
    path("accounts/<int:practitioner_id>/", account_views.account, name="account"),
    path("accounts/<int:practitioner_id>/details/", account_views.change_details, name="change_details"),
    path("accounts/<int:practitioner_id>/role/", account_views.change_role, name="change_role"),
    path("accounts/<int:practitioner_id>/end/", account_views.end_account, name="end_account"),
    path(
        "accounts/<int:practitioner_id>/starting-password/",
        account_views.give_starting_password,
        name="give_starting_password",
    ),
    path("accounts/<int:practitioner_id>/reset/", account_views.ask_for_reset, name="ask_for_reset"),
    path("accounts/<int:practitioner_id>/unlink/", own_sign_in_views.unlink, name="unlink"),
    path("accounts/own-sign-ins/", own_sign_in_views.own_sign_ins, name="own_sign_ins"),
    path("accounts/own-sign-ins/<int:own_id>/end/", own_sign_in_views.end, name="end_own_sign_in"),
    path("accounts/roles/", awaited_role_views.awaited_roles, name="awaited_roles"),
    path("accounts/roles/<int:awaited_id>/", awaited_role_views.awaited_role, name="awaited_role"),
    path(
        "accounts/roles/<int:awaited_id>/turn-down/", awaited_role_views.turn_down_role, name="turn_down_role"
    ),
    path("accounts/resets/<int:reset_id>/", account_views.confirm_reset, name="confirm_reset"),
]
