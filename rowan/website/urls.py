"""The addresses of every room."""

from django.urls import include, path

from rowan.records.api import feeds_of_an_agency

from . import paper_views as papers
from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("running/", views.running, name="running"),
    path("components/", views.components, name="components"),
    path("privacy/", papers.privacy, name="privacy"),
    path("privacy/children/", papers.privacy_for_children, name="privacy_for_children"),
    path("privacy/who-is-responsible/", papers.who_is_responsible, name="who_is_responsible"),
    path("", include("rowan.agencies.urls")),
    path("", include("rowan.agencies.sign_in_urls")),
    path("", include("rowan.timescales.urls")),
    path("", include("rowan.access.urls")),
    path("notices/", include("rowan.notices.urls")),
    path("records/", include("rowan.records.urls")),
    path("api/feeds/", feeds_of_an_agency, name="api_feeds"),
    path("questions/", include("rowan.questions.urls")),
    path("sharing/", include("rowan.sharing.urls")),
    path("concerns/", include("rowan.concerns.urls")),
    path("missing/", include("rowan.missing.urls")),
    path("assessments/", include("rowan.assessments.urls")),
    path("plans/", include("rowan.plans.urls")),
    path("meetings/", include("rowan.meetings.urls")),
    path("escalation/", include("rowan.escalation.urls")),
    path("children/", include("rowan.people.urls")),
    path("children/", include("rowan.single_view.urls")),
    path("who-is-who/", include("rowan.single_view.pairs_urls")),
    path("questions-about-looks/", include("rowan.single_view.looks_urls")),
    path("trail/", include("rowan.single_view.trail_urls")),
]
handler400 = "rowan.website.views.bad_request"
handler403 = "rowan.website.views.not_allowed"
handler404 = "rowan.website.views.not_found"
handler500 = "rowan.website.views.went_wrong"
# django-allauth asks for this one when something was tried too often.
handler429 = "rowan.website.views.too_often"
