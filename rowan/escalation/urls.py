"""Addresses of what has gone up, of disagreements, and of the ladder."""

from django.urls import path

from . import views

app_name = "escalation"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("ladder/", views.ladder, name="ladder"),
    path("ladder/<uuid:place_id>/end/", views.end, name="end_place"),
    path("overdue/<int:overdue_id>/", views.overdue, name="overdue"),
    path("children/<str:person_id>/", views.about_child, name="about_child"),
    path("children/<str:person_id>/raise/", views.raise_one, name="raise"),
    path("disagreements/<uuid:disagreement_id>/", views.disagreement, name="disagreement"),
    path("disagreements/<uuid:disagreement_id>/answer/", views.respond, name="respond"),
    path("disagreements/<uuid:disagreement_id>/up/", views.go_up, name="go_up"),
    path("disagreements/<uuid:disagreement_id>/resolve/", views.resolve, name="resolve"),
    path("disagreements/<uuid:disagreement_id>/learning/", views.learn, name="learn"),
]
