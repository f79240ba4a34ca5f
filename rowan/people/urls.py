"""Addresses of safe contact."""

from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("<str:person_id>/safe-contact/", views.safe_contact, name="safe_contact"),
    path("<str:person_id>/safe-contact/<int:flag_id>/end/", views.end_safe_contact, name="end_safe_contact"),
]
