"""Two people at one thing: the second is shown what stands there now beside what she typed, and loses nothing.

Where she may still put hers in its place, the page she sent comes again as it is now, with her words back in its form: the form knows
the new version, so sending it is meant.
"""

from copy import copy

from django.http import QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from rowan.agencies.rules.filling_in import fill_in, may_be_kept
from rowan.agencies.typed_text import page_of
from rowan.refusals import Refusal, SomebodyWasFirst

MAIN = '<main class="govuk-main-wrapper" id="main-content">'
# What a form knows of the version it was opened on is the page's to say, not hers.
OPENED_ON = {"opened_on", "version"}


def both_versions(request, first: SomebodyWasFirst):
    """The page with both, still to be sent or, where there is nothing more to send, to be read."""
    if first.may_send and (page := _page_again(request, first)):
        return page
    said = {
        "first": first,
        "typed": [] if first.both else what_was_typed(request),
        "page": page_of(request),
    }
    return render(request, "website/somebody_was_first.html", said, status=409)


def what_was_typed(request) -> list[tuple[str, str]]:
    """The words of a form that was refused, for its sender to copy."""
    if request.method != "POST":
        return []
    typed = [(name, request.POST.getlist(name)) for name in request.POST if may_be_kept(name)]
    return [
        (name.replace("_", " "), "\n".join(values))
        for name, values in typed
        if any(value.strip() for value in values) and name not in OPENED_ON | {"token"}
    ]


def _page_again(request, first: SomebodyWasFirst):
    """The page of this address as it is now, her words in its form; None when it has no such form any more."""
    try:
        page = request.resolver_match.func(
            _as_a_look(request), *request.resolver_match.args, **request.resolver_match.kwargs
        )
    except Refusal:
        return None
    if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
        return None
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in OPENED_ON}
    filled = fill_in(page.content.decode(), page=request.path, action=request.path, typed=typed)
    if filled is None:
        return None
    both = render_to_string("components/_both_versions.html", {"first": first})
    page.content = filled.replace(MAIN, MAIN + both, 1).replace("<title>", "<title>Error: ", 1)
    page.status_code = 409
    return page


def _as_a_look(request):
    """The same request, by the same person, as if she had opened the page: nothing is sent with it."""
    look = copy(request)
    look.method, look.META = "GET", {**request.META, "REQUEST_METHOD": "GET"}
    look._post, look._files = QueryDict(), MultiValueDict()
    return look
