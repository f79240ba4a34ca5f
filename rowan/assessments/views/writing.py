"""Open the work, hand it over, write a version, read one, and look at it as the second person."""

from uuid import uuid4

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.concerns.views.filling import sent_by

from ..actions import approve, hand_over, open_strand, write
from ..actions.drafts import boxes_of, draft_of, keep_draft, let_go_of_draft
from ..forms.writing import ApproveForm, HandOverForm, OpenForm, WriteForm, as_kept, as_typed
from ..models import Approval, Assessment
from ..rules.steps import Step
from ..rules.who import APPROVES, MANAGERS, WRITES, refusal_to_be_second, refusal_to_write
from ..rules.written import WrittenAs
from ..shown import labels_on, lists_of
from ..standing import newest_version, settings_on, signs_on_record, those_who_may_take
from .about_child import form_page, opened, opened_row, token_of


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request, person_id: str):
    about = opened(request, person_id, did="opened the form to begin the hub’s work")
    form = OpenForm(request.POST or None, leads=those_who_may_take(about.ids, WRITES))
    why_not = refusal_to_write(request.user.role, about.seen)
    if why_not is None and request.method == "GET" and about.strand is not None and about.strand.is_open:
        return redirect("assessments:child", about.person_id)
    if why_not is None and form.is_valid():
        open_strand(
            token=token_of(request), person_id=about.person_id, by=request.user, now=timezone.now(), **form.cleaned_data
        )  # fmt: skip
        messages.success(request, "The work is open. A screening is due.")
        return redirect("assessments:child", about.person_id)
    return form_page(request, about, form, title="Begin the hub’s work with", button="Begin", why_not=why_not)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_on(request, person_id: str):
    about = opened(request, person_id, did="opened the form to hand work over")
    lead = about.strand.lead if about.strand else None
    form = HandOverForm(
        request.POST or None,
        leads=those_who_may_take(about.ids, WRITES),
        initial={"opened_on": str(lead.pk) if lead else ""},
    )
    why_not = refusal_to_write(request.user.role, about.seen) or nothing_open(about)
    if why_not is None and form.is_valid():
        hand_over(person_id=about.person_id, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Handed over, with what is owed.")
        return redirect("assessments:child", about.person_id)
    return form_page(
        request, about, form, title="Hand over the work with", button="Hand over", why_not=why_not,
        beneath=f"{lead.display_name} leads now." if lead else "",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def write_version(request, person_id: str):
    about = opened(request, person_id, did="opened the form to write where a child stands")
    why_not = refusal_to_write(request.user.role, about.seen) or nothing_open(about)
    if why_not:
        return form_page(
            request, about, None, title="Write where she or he stands:", button="", why_not=why_not
        )
    stale = False
    if request.method == "POST":
        saved = _keep(request, about)
        if request.POST.get("by_itself") == "yes":
            return JsonResponse({"version": saved}, status=409 if saved is None else 200)
        if request.POST.get("then") == "drop":
            return redirect("assessments:write", about.person_id)
        stale = saved is None
        if request.POST.get("then") == "keep" and not stale:
            messages.success(request, "Kept. Nobody else sees it until you save the version.")
            return redirect("assessments:child", about.person_id)
    newest, signs = newest_version(about.strand), signs_on_record(about.ids, about.seen)
    draft = draft_of(about.person_id, by=request.user)
    kept, stands = as_kept(boxes_of(draft)) if draft else {}, str(newest.pk) if newest else ""
    form = WriteForm(
        request.POST if request.method == "POST" and request.POST.get("then") != "keep" else None,
        # Opened again, the page shows what stands now, and says so where that is newer than what was typed.
        initial=kept | {"opened_on": stands} if draft else _to_begin_with(about, newest),
        seconds=those_who_may_take(about.ids, APPROVES, but_for=request.user),
        labels=labels_on(about.today),
        stands=about.strand.state,
        sign_on_record=bool(signs),
        is_manager=request.user.role in MANAGERS,
        settings=settings_on(about.today),
        today=about.today,
    )
    if stale and not form.is_bound:
        form.initial = as_kept(request.POST)
    if not stale and form.is_valid():
        made = write(
            form.said(), token=token_of(request), person_id=about.person_id, second=form.cleaned_data["second"],
            opened_on=form.cleaned_data["opened_on"], by=request.user, now=timezone.now(),
        )  # fmt: skip
        let_go_of_draft(about.person_id, by=request.user, because="the version is written")
        messages.success(request, f"Version {made.number} is written. {made.second.display_name} looks at it.")  # fmt: skip
        if form.said().signs:
            messages.success(request, "There is a sign of harm: “strategy discussion?” is asked today.")
        return redirect("assessments:version", made.pk)
    return form_page(
        request, about, form, title="Write where she or he stands:", button="Save this version",
        template="assessments/write.html", signs=signs, newest=newest, strand=about.strand, draft=draft, stale=stale,
        newer=draft is not None and newest is not None and (kept["opened_on"] or "") != stands,
        saved=draft.version if draft else 0, page_token=uuid4(),
    )  # fmt: skip


def _keep(request, about) -> int | None:
    """Before anything is looked at: what was typed is kept though the form is refused, the connection breaks or the server falls."""
    if request.POST.get("then") == "drop":
        let_go_of_draft(about.person_id, by=request.user, because="its writer begins afresh")
        return 0
    if "version" not in request.POST:  # a page that was opened before it kept itself
        return 0
    return keep_draft(
        about.person_id, posted=request.POST, sent=sent_by(request.POST), by=request.user, now=timezone.now()
    )


def _to_begin_with(about, newest: Assessment | None) -> dict:
    """As the last version said it, or empty: what does not change is not typed again."""
    typed = as_typed(newest) if newest else {}
    at_first = about.strand.step == Step.SCREENING
    typed["written_as"] = WrittenAs.SCREEN.value if at_first else WrittenAs.ASSESSMENT.value
    return typed | {"opened_on": str(newest.pk) if newest else ""}


def nothing_open(about) -> str | None:
    if about.strand is None or not about.strand.is_open:
        return "The hub does not work with this child now. Begin the work first."
    return None


@require_safe
def version(request, version_id):
    row, about = opened_row(request, Assessment, version_id, did="read a version of where a child stands")
    approval = Approval.objects.filter(assessment=row).select_related("by").first()
    newest = newest_version(about.strand)
    return render(
        request,
        "assessments/version.html",
        {
            "child": about.child,
            "version": row,
            "label": labels_on(about.today)[row.state],
            "lists": lists_of(row),
            "approval": approval,
            "is_newest": newest is not None and newest.pk == row.pk,
            "may_approve": approval is None
            and refusal_to_be_second(request.user.role, is_writer=row.by_id == request.user.pk) is None,
            "dissents": row.dissents.select_related("agency", "by"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def look_at(request, version_id):
    """The second person's: approve it, or send it back."""
    row, about = opened_row(request, Assessment, version_id, did="opened the form to approve what was written")  # fmt: skip
    form = ApproveForm(request.POST or None)
    why_not = refusal_to_be_second(request.user.role, is_writer=row.by_id == request.user.pk)
    if request.method == "GET" and why_not is None and Approval.objects.filter(assessment=row).exists():
        return redirect("assessments:version", row.pk)
    if why_not is None and form.is_valid():
        yes = form.cleaned_data["approved"] == "yes"
        approve(row, approved=yes, words=form.cleaned_data["words"], by=request.user, now=timezone.now())
        messages.success(request, "Approved." if yes else "Sent back, with what you said.")
        return redirect("assessments:version", row.pk)
    return form_page(
        request, about, form, title=f"Look at version {row.number}:", button="Save", why_not=why_not,
        beneath=f"{row.get_written_as_display()} by {row.by.display_name}: {row.get_state_display().lower()}.",
    )  # fmt: skip
