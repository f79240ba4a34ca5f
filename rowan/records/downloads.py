"""A kept document back to a reader: always a download, never a page. Whatever is in it, no browser runs it as Rowan's own."""

from csp.constants import NONE
from csp.decorators import csp
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from .uploads.kinds import BY_NAME

# For every view that answers with one.
never_a_page = csp({"default-src": [NONE], "frame-ancestors": [NONE], "sandbox": True})


def as_a_download(content: bytes, *, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=BY_NAME[kind].content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
