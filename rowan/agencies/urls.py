"""Addresses for signing in and out."""

from django.urls import path

from . import views

app_name = "agencies"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-in/link/<str:token>/", views.sign_in_by_link, name="sign_in_by_link"),
    path("who-answers/", views.who_answers, name="who_answers"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
