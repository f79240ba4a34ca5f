"""Addresses of access: who may see what."""

from django.urls import path

from . import views

app_name = "access"
urlpatterns = [
    path("who-may-see-what/", views.matrix, name="matrix"),
]
