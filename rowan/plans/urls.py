"""Addresses of plans and their actions."""

from django.urls import path

from . import views

app_name = "plans"
urlpatterns = [
    path("actions/", views.mine, name="mine"),
    path("actions/<uuid:action_id>/", views.action, name="action"),
    path("children/<str:person_id>/", views.plan, name="plan"),
    path("children/<str:person_id>/add/", views.add, name="add"),
]
