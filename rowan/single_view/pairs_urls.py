"""Addresses of who is who: the pairs of records that wait for an answer, and what was judged."""

from django.urls import path

from . import pairs_views

app_name = "who_is_who"
urlpatterns = [
    path("", pairs_views.pairs, name="pairs"),
    path("judgements/", pairs_views.judgements, name="judgements"),
    path("judgements/<int:judgement_id>/take-back/", pairs_views.take_back, name="take_back"),
    path("<str:left_rid>/<str:right_rid>/", pairs_views.pair, name="pair"),
]
