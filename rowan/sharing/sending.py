"""The one way a file leaves Rowan by a page: as a download, never opened in the browser, never kept by it."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def as_download(content: bytes, name: str, content_type: str = "application/zip") -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
