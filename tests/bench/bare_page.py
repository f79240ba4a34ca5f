"""The anchor of the pages: a bare Django page with one query and one chained insert.

No session, no sign-in, no navigation: what is left is Django, one row read and one line on the trail.
"""

from django.http import HttpResponse
from django.urls import path
from django.utils.html import escape

from rowan.agencies.models import Agency
from rowan.audit_trail.actions import PUBLIC, record


def bare(request, code: str):
    agency = Agency.objects.get(code=code)
    record(by=PUBLIC, did="looked at a bare page", about_kind="agency", about_id=code)
    return HttpResponse(f"<!doctype html><title>Bare</title><h1>{escape(agency.name)}</h1>")


urlpatterns = [path("bare/<str:code>/", bare)]
