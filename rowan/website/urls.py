"""The addresses of every room."""

from django.urls import path

urlpatterns: list = []
