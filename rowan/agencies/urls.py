"""Addresses of this room's own pages. Those that django-allauth must find by its own names are in `sign_in_urls`."""

from django.urls import path

from . import views

app_name = "agencies"
urlpatterns = [
    path("sign-in/link/<str:token>/", views.sign_in_by_link, name="sign_in_by_link"),
    path("who-answers/", views.who_answers, name="who_answers"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
