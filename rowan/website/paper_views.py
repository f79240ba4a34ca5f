"""The privacy notices, and which agency answers for what: for anybody, before signing in, and leaving no trace of who read them.

A page is made from the very file that is signed (`papers/`): there is no second copy that could say something else.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .reading_papers import read_paper


@login_not_required
@require_safe
def privacy(request):
    return _paper(request, "privacy-notice")


@login_not_required
@require_safe
def privacy_for_children(request):
    return _paper(request, "privacy-notice-for-children")


@login_not_required
@require_safe
def who_is_responsible(request):
    return _paper(request, "joint-controllers")


def _paper(request, name: str):
    return render(request, "website/paper.html", {"paper": read_paper(name)})
