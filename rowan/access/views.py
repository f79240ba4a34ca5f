"""The pages of access."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from rowan.audit_trail.actions import record

from .shown import matrix_by_role


@require_safe
def matrix(request):
    """Generated from the data that decides: the page cannot say anything else than what holds."""
    record(by=request.user, did="looked at who may see what")
    return render(request, "access/matrix.html", {"roles": matrix_by_role()})
