"""The address of the trail itself: for information governance, and apart from any child's page."""

from django.urls import path

from . import trail_views

app_name = "trail"
urlpatterns = [path("", trail_views.lines, name="lines")]
