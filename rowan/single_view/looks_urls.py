"""Addresses of questions about looks: for information governance, and apart from any child's page."""

from django.urls import path

from . import looks_views

app_name = "looks"
urlpatterns = [
    path("", looks_views.questions, name="questions"),
    path("<uuid:looks_question_id>/", looks_views.question, name="question"),
]
