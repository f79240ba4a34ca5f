"""Addresses of decisions to share and not to share, and of requests to agencies."""

from django.urls import path

from .views import (
    agreements,
    approvals,
    decisions,
    deleting,
    drafts,
    files,
    help_page,
    law,
    requests,
    service_consents,
    standing,
)

app_name = "sharing"
urlpatterns = [
    path("can-i-share/", help_page.can_i_share, name="can_i_share"),
    path("children/<str:person_id>/", decisions.child, name="child"),
    path("children/<str:person_id>/begin/", drafts.begin, name="begin"),
    path("children/<str:person_id>/share/", decisions.share, name="share"),
    path("children/<str:person_id>/not-share/", decisions.not_share, name="not_share"),
    path("drafts/<uuid:draft_id>/check/", drafts.check, name="check"),
    path("drafts/<uuid:draft_id>/<slug:step>/", drafts.page, name="draft"),
    path("decisions/<uuid:decision_id>/", decisions.decision, name="decision"),
    path("decisions/<uuid:decision_id>/correct/", decisions.correct, name="correct"),
    path("decisions/<uuid:decision_id>/withdraw/", decisions.withdraw, name="withdraw"),
    path("children/<str:person_id>/ask/", requests.ask, name="ask"),
    path("children/<str:person_id>/services/", service_consents.answer, name="service_consent"),
    path("requests/", requests.listed, name="requests"),
    path("requests/<uuid:request_id>/", requests.one, name="request"),
    path("requests/<uuid:request_id>/<slug:how>/", requests.close, name="close_request"),
    path("decisions/<uuid:decision_id>/file/", files.file, name="file"),
    path("register/", files.register, name="register"),
    path("two-people/", approvals.listed, name="approvals"),
    path("two-people/<uuid:approval_id>/", approvals.one, name="approval"),
    path("two-people/<uuid:approval_id>/delete/", deleting.carry_out, name="delete_document"),
    path("documents/<uuid:attachment_id>/delete/", deleting.ask, name="ask_to_delete"),
    path("laws/", law.listed, name="laws"),
    path("laws/<slug:key>/", law.date_one, name="date_law"),
    path("agreements/", agreements.listed, name="agreements"),
    path("agreements/new/", agreements.new, name="record_agreement"),
    path("agreements/<uuid:series>/", agreements.one, name="agreement"),
    path("agreements/<uuid:series>/new-version/", agreements.new_version, name="new_version"),
    path("agreements/<uuid:series>/review/", agreements.look_again, name="look_again"),
    path("agreements/<uuid:series>/end/", agreements.end, name="end_agreement"),
    path("standing/", standing.listed, name="standing"),
    path("standing/new/", standing.set_up, name="set_up_standing"),
    path("standing/<uuid:standing_id>/", standing.one, name="one_standing"),
    path("standing/<uuid:standing_id>/share/<str:person_id>/", decisions.share_under, name="share_under"),
]
