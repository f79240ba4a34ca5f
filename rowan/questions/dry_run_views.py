"""The page of a dry run: how far it is, then what a changed number would have asked in the past year."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rowan.audit_trail.actions import record, record_list_shown
from rowan.timescales.changing_settings import may_change
from rowan.timescales.declared import may_be_tried
from rowan.timescales.models import DryRun
from rowan.timescales.shown import shown_settings

from .dry_runs import EITHER_WAY, NEWLY, NO_LONGER
from .rules.register import rule_named
from .shown_dry_runs import listed, picture, spans

DID = "looked at a dry run of a setting"


@require_safe
def dry_run(request, number: int):
    trying = get_object_or_404(DryRun, pk=number)
    if not may_be_tried(trying.name):
        # A setting that no rule has any more.
        raise Http404
    declared = may_change(trying.name, by=request.user, did=DID)
    today = timezone.localdate()
    _, [shown] = shown_settings([declared], today)
    told = {"trying": trying, "shown": shown}
    if not trying.finished_at or trying.refused_because:
        record(by=request.user, did=DID, about_kind="setting", about_id=trying.name, particulars={"percent": trying.percent})  # fmt: skip
        return render(request, "questions/dry_run_going.html", told)
    found = trying.found
    mine = listed(trying, request.user, today)
    record_list_shown(
        by=request.user, did=DID, person_ids=[each.child.person_id for each in mine],
        particulars={"setting": trying.name, "value": trying.value},
    )  # fmt: skip
    told |= {
        "found": found,
        "picture": picture(found["weeks"]),
        "spans": spans(found["weeks"]),
        "rules": [(_title(name), now, changed) for name, now, changed in found["rules"]],
        "children": [found["children"][column] for column in (EITHER_WAY, NO_LONGER, NEWLY)],
        "lists": [
            ("Would be new", found["new"], [each for each in mine if each.is_new]),
            ("Would go", found["goes"], [each for each in mine if not each.is_new]),
        ],
        "people_are_kept": trying.questions.exists() or not found["new"] + found["goes"],
    }
    return render(request, "questions/dry_run.html", told)


def _title(name: str) -> str:
    rule = rule_named(name)
    return rule.title if rule else name
