"""Addresses of one child's page."""

from django.urls import path

from . import views

app_name = "single_view"
urlpatterns = [
    path("<str:person_id>/", views.child, name="child"),
    path("<str:person_id>/documents/", views.documents, name="documents"),
]
