"""Addresses of concerns."""

from django.urls import path

from .api import receive
from .views import coming_back, links, raise_signed_in, raised, without_account

app_name = "concerns"
urlpatterns = [
    # raising a concern, and what came of it
    path("", raise_signed_in.start, name="start"),
    path("begin/", raise_signed_in.begin, name="begin"),
    path("begin/from-question/<uuid:question_id>/", raise_signed_in.begin_from, name="begin_from"),
    path("drafts/<uuid:draft_id>/check/", raise_signed_in.check, name="check"),
    path("drafts/<uuid:draft_id>/<slug:step>/", raise_signed_in.page, name="draft"),
    path("raised/", raised.listed, name="raised"),
    path("raised/<uuid:concern_id>/", raised.one, name="one_raised"),
    # for anybody, without an account
    path("tell-us/", without_account.tell_us, name="tell_us"),
    path("tell-us/begin/", without_account.begin, name="public_begin"),
    path("tell-us/form/", without_account.form, name="public_form"),
    path("tell-us/come-back/", coming_back.come_back, name="come_back"),
    # for an agency without an account
    path("by-link/<str:token>/", without_account.by_link, name="by_link"),
    path("links/", links.links, name="links"),
    path("links/<int:link_id>/end/", links.end, name="end_link"),
    # for agencies' systems
    path("api/", receive, name="api"),
]
