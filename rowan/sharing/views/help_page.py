"""Can I share this? Two minutes of plain words for a teacher, before signing in too."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rowan.audit_trail.actions import PUBLIC, record

from .. import shown
from ..actions.decisions import settings_on
from ..rules.golden_rules import ADVISERS, GOLDEN_RULES


@login_not_required
@require_safe
def can_i_share(request):
    by = request.user if request.user.is_authenticated else PUBLIC
    record(by=by, did="read the help about sharing")
    today = timezone.localdate()
    context = {
        "rules": GOLDEN_RULES,
        "advisers": ADVISERS,
        "waiting_laws": shown.law_notes(settings_on(today), today),
    }
    return render(request, "sharing/can_i_share.html", context)
