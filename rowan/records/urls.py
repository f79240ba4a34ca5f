"""Addresses of what agencies sent: files, rows put aside, feeds."""

from django.urls import path

from . import views

app_name = "records"
urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<str:import_id>/", views.imported_file, name="imported_file"),
    path("quarantine/", views.quarantine, name="quarantine"),
    path("feeds/", views.feeds, name="feeds"),
    path("documents/<uuid:attachment_id>/", views.document, name="document"),
    path("feeds/<int:agreement_id>/", views.feed, name="feed"),
]
