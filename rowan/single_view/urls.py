"""Addresses of one child's page."""

from django.urls import path

from . import looks_views, views

app_name = "single_view"
urlpatterns = [
    path("<str:person_id>/", views.child, name="child"),
    path("<str:person_id>/documents/", views.documents, name="documents"),
    path("<str:person_id>/who-has-looked/", looks_views.who_has_looked, name="who_has_looked"),
]
