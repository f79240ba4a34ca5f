"""Addresses of the absence calendar."""

from django.urls import path

from . import views

app_name = "timescales"
urlpatterns = [
    path("absences/", views.absences, name="absences"),
    path("absences/<int:absence_id>/back/", views.come_back, name="come_back"),
]
