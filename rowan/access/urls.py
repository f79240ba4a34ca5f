"""Addresses of access: who may see what, opening for a time, hiding, review."""

from django.urls import path

from . import taking_part_views, views

app_name = "access"
urlpatterns = [
    path("who-may-see-what/", views.matrix, name="matrix"),
    path("emergency-access/", views.reviews, name="reviews"),
    path("emergency-access/<int:opening_id>/", views.review, name="review"),
    path("emergency-access/<int:opening_id>/end/", views.end, name="end"),
    path("children/<str:person_id>/emergency-access/", views.emergency, name="emergency"),
    path("children/<str:person_id>/why-look/", views.look, name="look"),
    path("children/<str:person_id>/restrict/", views.restrict, name="restrict"),
    path("children/<str:person_id>/restriction/", views.restriction, name="restriction"),
    path("children/<str:person_id>/restriction/let-in/", views.let_in, name="let_in"),
    path("children/<str:person_id>/restriction/hand-over/", views.hand_over, name="hand_over"),
    path(
        "children/<str:person_id>/restriction/take-off/<int:practitioner_id>/",
        views.take_off,
        name="take_off",
    ),
    path("children/<str:person_id>/lift-restriction/", views.lift, name="lift"),
    path("children/<str:person_id>/who-works-with/", taking_part_views.listed, name="works_with"),
    path(
        "children/<str:person_id>/who-works-with/<int:part_id>/end/", taking_part_views.end, name="end_part"
    ),
    path("children/<str:person_id>/keep-out/", views.keep_out, name="keep_out"),
    path("children/<str:person_id>/keep-out/<int:kept_id>/", views.let_back, name="let_back"),
]
