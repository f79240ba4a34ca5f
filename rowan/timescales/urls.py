"""Addresses of the absence calendar, of posts and leads, and of settings."""

from django.urls import path

from . import post_views, setting_views, views

app_name = "timescales"
urlpatterns = [
    path("absences/", views.absences, name="absences"),
    path("absences/<int:absence_id>/back/", views.come_back, name="come_back"),
    path("settings/", setting_views.settings, name="settings"),
    path("settings/of/<slug:room>/", setting_views.room, name="settings_of_room"),
    path("settings/<str:name>/", setting_views.setting, name="setting"),
    path("settings/<str:name>/try/", setting_views.try_setting, name="try_setting"),
    path("posts/", post_views.posts, name="posts"),
    path("posts/<int:agency_id>/", post_views.agency_posts, name="agency_posts"),
    path("posts/<int:agency_id>/new/", post_views.new_post, name="new_post"),
    path("posts/<int:agency_id>/chain/", post_views.chain_of_leads, name="chain_of_leads"),
    path("posts/post/<int:post_id>/seat/", post_views.seat, name="seat"),
    path("posts/post/<int:post_id>/deputy/", post_views.deputy, name="deputy"),
    path("posts/seat/<int:holding_id>/end/", post_views.end_seat, name="end_seat"),
]
