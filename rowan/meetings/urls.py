"""Addresses of meetings and the items on their lists."""

from django.urls import path

from . import item_views, views

app_name = "meetings"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("series/new/", views.set_up, name="set_up"),
    path("series/<uuid:series_id>/", views.change_series, name="change_series"),
    path("children/<str:person_id>/", views.add_child, name="add_child"),
    path("<uuid:meeting_id>/", views.meeting, name="meeting"),
    path("<uuid:meeting_id>/draw-up/", views.draw_up, name="draw_up"),
    path("<uuid:meeting_id>/who-came/", views.who_came, name="who_came"),
    path("<uuid:meeting_id>/end/", views.end, name="end"),
    path("<uuid:meeting_id>/minutes/", views.minutes, name="minutes"),
    path("<uuid:meeting_id>/approve/", views.approve, name="approve"),
    path("<uuid:meeting_id>/call-off/", views.cancel, name="cancel"),
    path("items/<uuid:item_id>/", item_views.item, name="item"),
    path("items/<uuid:item_id>/decide/", item_views.decide, name="decide"),
    path("items/<uuid:item_id>/dissent/", item_views.dissent, name="dissent"),
    path("items/<uuid:item_id>/action/", item_views.set_action, name="set_action"),
    path("items/<uuid:item_id>/actions/<uuid:action_id>/", item_views.outcome, name="outcome"),
    path("items/<uuid:item_id>/take-off/", item_views.take_off, name="take_off"),
]
