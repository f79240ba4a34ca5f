"""Addresses of one child's page."""

app_name = "single_view"
urlpatterns: list = []
