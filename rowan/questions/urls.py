"""Addresses of questions, their answers and the rules that ask them."""

from django.urls import path

from . import dry_run_views, rule_views, views

app_name = "questions"
urlpatterns = [
    path("", views.for_me, name="for_me"),
    path("rules/", rule_views.rules, name="rules"),
    path("rules/<slug:name>/", rule_views.rule, name="rule"),
    path("rules/<slug:name>/by-group/", rule_views.rule_by_group, name="rule_by_group"),
    path("rules/<slug:name>/switch/", rule_views.switch, name="switch"),
    path("dry-runs/<int:number>/", dry_run_views.dry_run, name="dry_run"),
    path("older-signs/", views.older_signs, name="older_signs"),
    path("feeds/<uuid:silent_feed_id>/", views.feed, name="feed"),
    path("owed/<int:owed_id>/", views.settle, name="settle"),
    path("strategy/<str:entry_key>/", views.strategy, name="strategy"),
    path("not-this-child/<int:evidence_id>/", views.not_this_child, name="not_this_child"),
    path("<uuid:question_id>/", views.question, name="question"),
    path("<uuid:question_id>/answer/", views.answer, name="answer"),
]
