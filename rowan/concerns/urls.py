"""Addresses of concerns."""

from django.urls import path

from .api import receive, stands
from .views import (
    coming_back,
    licensing,
    links,
    outcome,
    protections,
    raise_signed_in,
    raised,
    sent_files,
    sources,
    triage,
    without_account,
)

app_name = "concerns"
urlpatterns = [
    # raising a concern, and what came of it
    path("", raise_signed_in.start, name="start"),
    path("begin/", raise_signed_in.begin, name="begin"),
    path("begin/from-question/<uuid:question_id>/", raise_signed_in.begin_from, name="begin_from"),
    path("begin/from-question/<uuid:question_id>/join/", raise_signed_in.join_from, name="join_from"),
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
    path("api/<uuid:concern_id>/", stands, name="api_one"),
    # at triage
    # who a source is, for two people of the police
    path("sources/", sources.ask, name="ask_who_a_source_is"),
    path("sources/<uuid:approval_id>/", sources.show, name="source"),
    path("triage/", triage.queue, name="triage"),
    path("triage/search/", triage.search, name="search"),
    path("arrests/", protections.arrests_waiting, name="arrests"),
    path("triage/checks/<uuid:check_id>/", outcome.check, name="agency_check"),
    path("triage/protections/<uuid:protection_id>/", protections.one, name="protection"),
    path("triage/children/<str:person_id>/protections/", protections.of_child, name="protections"),
    path("triage/part-known/<uuid:part_known_id>/", protections.resolve, name="resolve"),
    path("triage/<uuid:concern_id>/", triage.one, name="triage_one"),
    path("triage/<uuid:concern_id>/files/<uuid:file_id>/", sent_files.fetch, name="sent_file"),
    path("protections/law/", protections.law_and_clocks, name="law_and_clocks"),
    path("triage/<uuid:concern_id>/licensing/<int:name_id>/", licensing.look_up, name="licensing"),
    path("triage/<uuid:concern_id>/begin/", triage.begin, name="begin_screening"),
    path("triage/<uuid:concern_id>/acknowledge/", triage.acknowledge, name="acknowledge"),
    path("triage/<uuid:concern_id>/urgency/", triage.urgency, name="urgency"),
    path("triage/<uuid:concern_id>/who/", triage.who, name="who"),
    path("triage/<uuid:concern_id>/this-child/", triage.say_who, name="say_who"),
    path("triage/<uuid:concern_id>/nobody-known/", triage.nobody_known, name="nobody_known"),
    path("triage/<uuid:concern_id>/ask/", triage.ask_agency, name="ask_for_check"),
    path("triage/<uuid:concern_id>/decide/", outcome.decide, name="decide"),
    path("triage/<uuid:concern_id>/social-care/", outcome.fact, name="statutory_fact"),
    path("triage/<uuid:concern_id>/tell/", outcome.told, name="tell_referrer"),
    path("triage/<uuid:concern_id>/reach/", triage.reach, name="reach_referrer"),
    path("triage/<uuid:concern_id>/reply/", outcome.reply, name="write_reply"),
    path("triage/<uuid:concern_id>/disagree/", outcome.challenge, name="challenge"),
    path(
        "triage/<uuid:concern_id>/part-known/<int:name_id>/", protections.found_part_known, name="part_known"
    ),
]
