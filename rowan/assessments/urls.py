"""Addresses of the list, of where a child stands, and of the forms around it."""

from django.urls import path

from .views import children, ending, facts, writing

app_name = "assessments"
urlpatterns = [
    path("", children.listed, name="listed"),
    path("children/<str:person_id>/", children.child, name="child"),
    path("children/<str:person_id>/compare/", children.compare, name="compare"),
    path("children/<str:person_id>/begin/", writing.begin, name="begin"),
    path("children/<str:person_id>/hand-over/", writing.hand_on, name="hand_over"),
    path("children/<str:person_id>/write/", writing.write_version, name="write"),
    path("children/<str:person_id>/step-down/", ending.ask, name="ask_to_step_down"),
    path("children/<str:person_id>/look-back/", ending.back, name="look_back"),
    path("children/<str:person_id>/seen/", facts.seen, name="seen"),
    path("children/<str:person_id>/disagree/", facts.dissent, name="dissent"),
    path("children/<str:person_id>/statutory/", facts.statutory, name="statutory"),
    path("children/<str:person_id>/move-at-18/", facts.transition, name="transition"),
    path("versions/<uuid:version_id>/", writing.version, name="version"),
    path("versions/<uuid:version_id>/look-at/", writing.look_at, name="look_at"),
    path("step-downs/<uuid:step_down_id>/", ending.decide, name="step_down"),
]
