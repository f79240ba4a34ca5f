"""The absence calendar: one's own, and one's team's for those who manage or lead it."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from rowan.agencies.absences import come_back as end_absence
from rowan.agencies.absences import enter_absence, whose_absences
from rowan.agencies.models import Absence, Practitioner
from rowan.audit_trail.actions import record

from .forms import AbsenceForm


@require_http_methods(["GET", "HEAD", "POST"])
def absences(request):
    now = timezone.now()
    today = timezone.localdate(now)
    whose = whose_absences(request.user, today)
    colleagues = Practitioner.objects.filter(agency=request.user.agency_id, is_active=True).order_by(
        "display_name", "pk"
    )
    form = AbsenceForm(
        request.POST or None,
        initial={"practitioner": request.user.pk},
        whose=whose,
        colleagues=colleagues,
        today=today,
    )
    if form.is_valid():
        enter_absence(by=request.user, now=now, **form.cleaned_data)
        messages.success(
            request, "The absence is entered. Work that cannot wait has passed to somebody who is there."
        )
        return redirect("timescales:absences")
    record(by=request.user, did="looked at absences")
    listed = (
        Absence.objects.standing()
        .filter(Q(until_on__isnull=True) | Q(until_on__gte=today), practitioner__in=whose)
        .select_related("practitioner", "stands_in")
        .order_by("from_on", "practitioner__display_name", "id")
    )
    return render(
        request,
        "timescales/absences.html",
        {"form": form, "absences": listed, "today": today, "for_others": whose.count() > 1},
    )


@require_POST
def come_back(request, absence_id: int):
    absence = get_object_or_404(Absence.objects.select_related("practitioner"), pk=absence_id)
    end_absence(absence, by=request.user, now=timezone.now())
    messages.success(request, "The absence has ended. What was passed on stays with whoever has it now.")
    return redirect("timescales:absences")
