"""Addresses of what needs somebody. The first is the only one that ever stands in a mail."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.for_me, name="for_me"),
    path("read/", views.read, name="read"),
]
