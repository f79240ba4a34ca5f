"""The form of somebody without an account: the public page, and a one-time link. No cookie, nothing on the device, nothing in the address.

Each page is the answer to a form that was sent, and holds the signed token that leads back to the draft. A page that is sent twice, a
lost answer, a press on Back: the draft has it all.
"""

from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rowan.audit_trail.actions import PUBLIC, record
from rowan.refusals import NotPossible

from ..actions import drafts
from ..actions.links import link_with
from ..actions.raising import Door, raise_concern, refusal_of_link
from ..actions.sent_files import add_file, take_off
from ..draft_tokens import TOO_OLD, held_in, new_code, token_for
from ..flooding import why_no_pictures
from ..forms import boxes_posted
from ..forms.sent_files import SentFileForm
from ..models import Concern
from ..models.concern import CameBy
from ..rules.form_steps import Teller
from ..rules.prompts import PROMPTS
from ..rules.receipts import digest_of, says_of_referral
from ..rules.sent_files import FILES_AT_MOST, refusal_of_another
from ..shown_raised import reads_next
from .filling import Filling, differences, sent_by

# The page to add pictures and documents, which leads back to the check.
FILES = "files"


def login_not_required_and_nothing_kept(view):
    """For anybody, kept by no browser and no proxy, and with no cookie: the token in the form stands for the page it came from."""
    return login_not_required(csrf_exempt(cache_control(no_store=True)(view)))


@login_not_required_and_nothing_kept
@require_safe
def tell_us(request):
    record(by=PUBLIC, did="opened the public page")
    now = timezone.now()
    context = {
        "next_read_at": reads_next(now),
        "no_pictures": why_no_pictures(now),
        "files_at_most": FILES_AT_MOST,
    }
    return render(request, "concerns/tell_us.html", context)


@login_not_required_and_nothing_kept
@require_POST
def begin(request):
    draft = drafts.begin_draft(by=PUBLIC, now=timezone.now())
    return _step(request, _filling(draft), "about", token_for(draft.pk, new_code()))


@login_not_required_and_nothing_kept
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request, token: str):
    """Opening it shows whose link it is and uses nothing up: a mail program that looks at every link does no harm."""
    now, link = timezone.now(), link_with(token)
    refusal = (
        refusal_of_link(link, now) if link else "There is no such link. Ask whoever sent it for another."
    )
    if request.method != "POST" or refusal:
        record(by=PUBLIC, did="opened a one-time link", about_kind="one-time link", about_id=link.pk if link else "", refused_because=refusal or "")  # fmt: skip
        return render(
            request,
            "concerns/by_link.html",
            {"link": link, "refusal": refusal},
            status=410 if refusal else 200,
        )
    draft = drafts.begin_draft(by=PUBLIC, now=now, link=link)
    return _step(request, _filling(draft), "about", token_for(draft.pk, new_code()))


@login_not_required_and_nothing_kept
@require_POST
def form(request):
    """Every page after the first: save what was sent, then show where to go on."""
    token = request.POST.get("draft", "")
    held = held_in(token)
    if sent := Concern.objects.filter(pk=held.draft_id).first():
        return _receipt(request, sent, held.code)
    try:
        filling = _filling(drafts.open_draft(held.draft_id, by=PUBLIC, now=timezone.now()))
    except NotPossible:
        raise NotPossible(TOO_OLD) from None
    name, then = request.POST.get("step", ""), request.POST.get("then", "next")
    here = filling.step(name)
    if name == FILES and filling.may_add_files:
        return _from_files(request, filling, token, then)
    if name == "check" or here is None:
        return _from_check(request, filling, held, token, then)
    boxes = boxes_posted(request.POST, here.boxes)
    version = drafts.save_step(filling.draft, step=name, boxes=boxes, sent=sent_by(request.POST), by=PUBLIC)
    if request.POST.get("by_itself") == "yes":
        return JsonResponse({"version": version}, status=409 if version is None else 200)
    checked = filling.checked(here, boxes)
    if version is None:
        differ = differences(checked, filling.checked(here), here.boxes)
        return _step(request, filling, name, token, form=checked, stale=True, differ=differ)
    if then == "more":
        return _step(request, filling, name, token)
    if then == "back":
        before = filling.before(here)
        return _step(request, filling, before.name if before else name, token)
    if checked.errors:
        return _step(request, filling, name, token, form=checked)
    following = filling.next(here)
    return _step(request, filling, following.name, token) if following else _check(request, filling, token)


def _from_check(request, filling: Filling, held, token: str, then: str):
    if then.startswith("to ") and filling.step(then.removeprefix("to ")):
        return _step(request, filling, then.removeprefix("to "), token)
    if then == "back":
        return _step(request, filling, filling.steps[-1].name, token)
    if then == FILES and filling.may_add_files:
        return _files(request, filling, token)
    stale = request.POST.get("opened_on") != filling.opened_on()
    if then != "send" or stale or filling.lacking():
        return _check(request, filling, token, stale=then == "send" and stale)
    link = filling.draft.link
    made = raise_concern(
        filling.told(),
        token=held.draft_id,
        door=Door(
            came_by=(CameBy.LINK if link else CameBy.PUBLIC).value,
            agency=link.agency if link else None,
            link=link,
            professionals_agency=filling.professionals_agency(),
            referrer=filling.referrer(),
            code=held.code,
        ),
        by=PUBLIC,
        now=timezone.now(),
    )
    return _receipt(request, made, held.code)


def _from_files(request, filling: Filling, token: str, then: str):
    """A file that was chosen is added whichever button is pressed: nobody loses it by pressing another one."""
    if then.startswith("off "):
        take_off(filling.draft, _uuid(then.removeprefix("off ")), by=PUBLIC)
    form = _added(request, filling) if request.FILES or then == "add" else SentFileForm()
    if form.errors or then == "add" or then.startswith("off "):
        return _files(request, filling, token, form=form)
    if then.startswith("to ") and filling.step(then.removeprefix("to ")):
        return _step(request, filling, then.removeprefix("to "), token)
    return _check(request, filling, token)


def _added(request, filling: Filling) -> SentFileForm:
    """An empty form once the file is kept; else the form that says why it is not."""
    form = SentFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return form
    file = form.cleaned_data["file"]
    try:
        add_file(filling.draft, name=file.name, content=file.read(), by=PUBLIC, now=timezone.now())
    except NotPossible as no:
        form.add_error("file", no.reason)
        return form
    return SentFileForm()


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)


def _files(request, filling: Filling, token: str, *, form=None):
    files, no_pictures = filling.files(), why_no_pictures(timezone.now())
    enough = refusal_of_another(len(files))
    context = {
        "form": form or SentFileForm(),
        "files": files,
        "files_at_most": FILES_AT_MOST,
        "no_pictures": no_pictures,
        "enough": enough,
        "takes_files": not (no_pictures or enough),
        "token": token,
    }
    return render(request, "concerns/public_files.html", context)


def _filling(draft) -> Filling:
    return Filling(draft, Teller(signed_in=False, raises=draft.link.raises if draft.link else ""))


def _step(request, filling: Filling, name: str, token: str, *, form=None, **more):
    here = filling.step(name) or filling.steps[0]
    names = [step.name for step in filling.steps]
    context = {
        "step": here,
        "number": names.index(here.name) + 1,
        "of": len(names),
        "before": filling.before(here),
        "form": form or filling.filled(here),
        "version": filling.version(here.name),
        "page_token": uuid4(),
        "token": token,
        "prompts": PROMPTS,
        **more,
    }
    return render(request, "concerns/public_step.html", context)


def _check(request, filling: Filling, token: str, *, stale: bool = False):
    context = {
        "pages": filling.rows(),
        "lacking": filling.lacking(),
        "to_think_of": filling.to_think_of(),
        "opened_on": filling.opened_on(),
        "stale": stale,
        "token": token,
        "public_form": reverse("concerns:public_form"),
        "may_add_files": filling.may_add_files,
        "files": filling.files(),
        "no_pictures": why_no_pictures(timezone.now()),
    }
    return render(request, "concerns/public_check.html", context)


def _receipt(request, concern: Concern, code: str):
    """Shown to whoever holds the code, and to nobody else: sent again, it is the same receipt."""
    receipt = getattr(concern, "receipt", None)
    if receipt is None or receipt.digest != digest_of(code):
        raise NotPossible(TOO_OLD)
    record(by=PUBLIC, did="was shown a receipt", about_kind="concern", about_id=concern.pk)
    now = timezone.now()
    context = {
        "concern": concern,
        "code": code,
        "referral": says_of_referral(concern.may_be_told.of, None),
        "next_read_at": reads_next(now),
    }
    return render(request, "concerns/public_receipt.html", context)
