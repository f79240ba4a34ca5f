"""What happens around every page: sign-in, refusals turned into pages, and nothing personal kept by a browser."""

import logging

from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string

from rowan.access.reading import NOBODY, reader_of, reading_as
from rowan.agencies.middleware import sign_in_address
from rowan.asked_once import while_a_page_is_looked_at
from rowan.audit_trail.writing import NotRecorded
from rowan.records.models import one_night_on_a_page
from rowan.refusals import NotAllowed, NothingThere, NotPossible, SomebodyWasFirst

from .both_versions import both_versions, what_was_typed
from .sent_before import refused, was_sent_before

# What a browser could lend to a page, and Rowan's pages never ask for. A passkey is not among them: signing in uses it.
NEVER_ASKED_FOR = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "web-share",
    "xr-spatial-tracking",
)
TAKEN = ("GET", "HEAD", "POST")
# The narrower first.
REFUSED = (
    (NothingThere, "nothing_there", 404),
    (NotAllowed, "not_allowed", 403),
    (NotPossible, "not_possible", 409),
)
log = logging.getLogger(__name__)


def only_looks_and_forms(get_response):
    """Rowan's pages are looked at and their forms are sent; no other method means anything here, whatever a view would make of it."""

    def middleware(request):
        if request.method in TAKEN:
            return get_response(request)
        return HttpResponseNotAllowed(TAKEN)

    return middleware


def pages_ask_the_browser_for_nothing(get_response):
    """No page, and nothing that got into one, can turn on a camera, a microphone or a position: the browser is told before it reads the page."""
    policy = ", ".join(f"{name}=()" for name in NEVER_ASKED_FOR)

    def middleware(request):
        answer = get_response(request)
        answer["Permissions-Policy"] = policy
        return answer

    return middleware


def sign_in_required(get_response):
    """Every page asks for sign-in unless its view is marked `login_required = False` (Django's own convention)."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        return HttpResponseRedirect(sign_in_address(request, then=request.get_full_path()))

    middleware.process_view = process_view
    return middleware


def refusals_as_pages(get_response):
    """Turn NotAllowed, NotPossible and NotRecorded into a page that says why, in one place."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        if request.method == "POST" and was_sent_before(exception):
            exception = refused(request)
        if isinstance(exception, SomebodyWasFirst):
            return both_versions(request, exception)
        for refusal, page, status in REFUSED:
            if isinstance(exception, refusal):
                said = {"reason": exception.reason, "typed": what_was_typed(request)}
                return render(request, f"website/{page}.html", said, status=status)
        if isinstance(exception, NotRecorded):
            cause = exception.__cause__
            log.error("The audit trail could not be written (%s): nothing was done.", type(cause).__name__)
            # Stands without a database and without a context, like the page for what went wrong.
            return HttpResponse(render_to_string("503.html"), status=503)
        return None

    middleware.process_exception = process_exception
    return middleware


def rows_are_read_with_the_readers_eyes(get_response):
    """Until the page is made, the database itself holds back what this reader may never see (`row_security`)."""

    def middleware(request):
        with reading_as(reader_of(request.user) if request.user.is_authenticated else NOBODY):
            return get_response(request)

    return middleware


def a_page_is_of_one_night(get_response):
    """What was published while a page is made stands on the next page."""

    def middleware(request):
        with one_night_on_a_page():
            return get_response(request)

    return middleware


def a_look_asks_nothing_twice(get_response):
    """Where something is changed, every question is asked afresh."""

    def middleware(request):
        if request.method not in {"GET", "HEAD"}:
            return get_response(request)
        with while_a_page_is_looked_at():
            return get_response(request)

    return middleware


def personal_pages_are_not_kept(get_response):
    """No browser and no proxy keeps a signed-in page."""

    def middleware(request):
        response = get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware
