"""Who has looked at a child; and the questions that patterns of looks put to information governance."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.access.actions import open_record
from rowan.access.models import KeptOut
from rowan.access.rules.seeing import NOTHING_THERE, what_is_seen
from rowan.access.standing import Groups
from rowan.audit_trail.actions import record
from rowan.people.called import called
from rowan.people.models import Person
from rowan.refusals import NotAllowed, NothingThere, NotPossible

from . import who_looked
from .actions import answer, kept_out_of, may_read
from .forms import LooksAnswerForm, RecordNumberForm, WhoLookedForm
from .models import LooksQuestion
from .rules.answers import ANSWER_HINTS, ANSWER_NAMES, FOR_GOVERNANCE
from .rules.looks import ASKED_WHO, reads_the_whole_trail, refusal_to_ask
from .shown_looks import evidence_of, lead_to_ring, waiting_for

QUESTIONS_ON_A_PAGE = 25


@require_safe
def who_has_looked(request, person_id: str):
    """For those who answer for the child's record; and for information governance, who see the trail and not the child."""
    today = timezone.localdate()
    if reads_the_whole_trail(request.user.role):
        return _of_the_trail(request, person_id, today)
    person = Person.objects.filter(pk=person_id).first()
    seen = open_record(person_id=person_id, by=request.user, today=today, did=ASKED_WHO)
    if refusal := refusal_to_ask(seen):
        record(by=request.user, did=ASKED_WHO, about_person=person_id, refused_because=refusal)
        raise NotAllowed(refusal)
    if person is None:
        raise NothingThere(NOTHING_THERE)
    if (now := person.who_now()) != person:
        return redirect("single_view:who_has_looked", now.id)
    return _shown(request, person_id, seen, called({person_id: seen}, today)[person_id])


def _of_the_trail(request, person_id: str, today):
    """Without the record: its number, and the lines. One that nobody ever asked for is not there, nor one they are kept out of."""
    reader = what_is_seen(request.user.role, request.user.agency.code, request.user.agency.kind)
    ids = Groups([person_id]).all_ids
    there = who_looked.lines_about(ids, reader).exclude(did=ASKED_WHO).exists()
    kept_out = KeptOut.objects.standing().filter(practitioner=request.user, person_id__in=ids).exists()
    refusal = NOTHING_THERE if kept_out or not there else ""
    record(by=request.user, did=ASKED_WHO, about_person=person_id, refused_because=refusal)
    if refusal:
        raise NothingThere(refusal)
    return _shown(request, person_id, reader, None)


def _shown(request, person_id: str, reader, child):
    lines = who_looked.lines_about(Groups([person_id]).all_ids, reader)
    lookers = who_looked.everybody(lines)
    asked = {"who", "agency", "kind"} & set(request.GET)
    form = WhoLookedForm(
        request.GET if asked else None, lookers=lookers, agencies=who_looked.agencies_of(lines)
    )
    chosen = who_looked.narrowed(lines, **form.asked())
    page, days = who_looked.days(chosen, request.GET.get("page"))
    context = {
        "child": child,
        "person_id": person_id,
        "form": form,
        "narrowed": bool(form.asked()),
        "people": len({looker.who for looker in lookers}),
        "lookers": lookers[: who_looked.PEOPLE_IN_SUMMARY],
        "more_lookers": max(0, len(lookers) - who_looked.PEOPLE_IN_SUMMARY),
        "picture": who_looked.picture(lines, timezone.localdate()),
        "page": page,
        "days": days,
    }
    return render(request, "single_view/who_has_looked.html", context)


@require_safe
def questions(request):
    """Open questions about looks, and those answered; and the way to who has looked at one record."""
    did, governance = "looked at questions about looks", reads_the_whole_trail(request.user.role)
    mine = waiting_for(request.user)
    refusal = "" if governance or mine.exists() else FOR_GOVERNANCE
    record(by=request.user, did=did, refused_because=refusal)
    if refusal:
        raise NotAllowed(refusal)
    form = RecordNumberForm(request.GET if "number" in request.GET else None)
    if governance and form.is_valid():
        return redirect("single_view:who_has_looked", form.cleaned_data["number"])
    waiting = Paginator(mine.open(), QUESTIONS_ON_A_PAGE).get_page(request.GET.get("page"))
    answered = mine.answered().order_by("-answered_at")[:QUESTIONS_ON_A_PAGE]
    context = {
        "page": waiting,
        "answered": answered,
        "form": form,
        "governance": governance,
        "today": timezone.localdate(),
    }
    return render(request, "single_view/looks_questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request, looks_question_id):
    """One question with the lines of the trail that made it ask, and its answer."""
    found = (
        LooksQuestion.objects.filter(pk=looks_question_id)
        .select_related("practitioner__agency", "asked_of", "answered_by")
        .first()
    )
    form = LooksAnswerForm(request.POST or None)
    if request.method == "POST":
        # Before the form is looked at: whoever may not answer learns nothing from its faults.
        may_read(
            found,
            by=request.user,
            did="opened a question about looks to answer it",
            about_id=looks_question_id,
        )
        if form.is_valid() and _answered(request, found, form):
            messages.success(request, "The answer is recorded.")
            return redirect("looks:questions")
        found.refresh_from_db()
    else:
        may_read(found, by=request.user, about_id=looks_question_id)
    page, evidence = evidence_of(found, kept_out_of(request.user), request.GET.get("page"))
    context = {
        "question": found,
        "form": form,
        "page": page,
        "evidence": evidence,
        "may_open_trail": reads_the_whole_trail(request.user.role),
        "lead": lead_to_ring(found, timezone.localdate()),
        "hints": [(ANSWER_NAMES[kind], hint) for kind, hint in ANSWER_HINTS.items()],
    }
    return render(request, "single_view/looks_question.html", context)


def _answered(request, found: LooksQuestion, form) -> bool:
    """Whether the answer was taken. Somebody was quicker: what was typed stays in the form, beside what they said."""
    try:
        answer(found, by=request.user, now=timezone.now(), **form.cleaned_data)
    except NotPossible as refusal:
        form.add_error(None, refusal.reason)
        return False
    return True
