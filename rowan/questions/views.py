"""The pages of questions and of their answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.access.actions import NOBODY, open_record
from rowan.access.involved import named_once, who_works_with
from rowan.access.reading import ROWAN, reading_as
from rowan.access.rules.matrix import Kind, Opens
from rowan.access.rules.seeing import NOTHING_THERE, Through
from rowan.agencies.in_words import agency_names
from rowan.audit_trail.actions import record, record_list_shown
from rowan.people.called import called
from rowan.records.models import OvernightRun
from rowan.refusals import NotAllowed, NothingThere

from . import actions, room, shown, shown_cards, waiting
from .clocks import FEED, why_it_came
from .first_looks import LOOKED_AT_QUESTION
from .forms import (
    AnswerForm,
    NotThisChildForm,
    OldSignsForm,
    SettleForm,
    SilentFeedForm,
    StrategyForm,
)
from .models import EvidenceRow, FeedQuestion, Owed, Question
from .posts import in_a_sentence
from .rules import child_arrested
from .rules.answers import WHAT_HAPPENS_TO_A_WRONG_ROW
from .rules.register import rule_named
from .silent_feeds import feeds_for_me, refusal_to_answer_about_feed

QUESTIONS_ON_A_PAGE = 20


@require_safe
def for_me(request):
    today = timezone.localdate()
    # What waits for room is in nobody's list, and stands apart for those who may answer it.
    without_room = request.GET.get("waits") == "for-room"
    named = (room.named_without_room if without_room else waiting.named_for_me)(request.user, today=today)
    page = Paginator(named, QUESTIONS_ON_A_PAGE).get_page(request.GET.get("page"))
    questions = waiting.whole_questions(list(page.object_list), OvernightRun.current_number())
    cards = shown_cards.cards(questions, request.user, today)
    signs, old_signs, old_due_on, feeds, waits_for_room = [], [], None, [], []
    # Signs of harm come first, so they stand on the first page whole.
    if page.number == 1 and not without_room:
        new_signs, old_signs = waiting.all_signs_for(request.user, today=today)
        signs = shown_cards.sign_cards(new_signs, request.user, today)
        old_due_on = waiting.old_signs_due_on(old_signs, today=today)
        feeds = feeds_for_me(request.user, today=today)
        waits_for_room = room.waits_for_room(request.user, today=today)
    record_list_shown(
        by=request.user,
        did="looked at questions for me",
        person_ids=[card.child.person_id for card in [*signs, *cards]],
        particulars={"older signs of harm": len(old_signs)},
    )
    return render(
        request,
        "questions/for_me.html",
        {
            "signs": signs,
            "old_signs": len(old_signs),
            "old_due_on": old_due_on,
            "cards": cards,
            "feeds": feeds,
            "waits_for_room": waits_for_room,
            "may_read_some": any(each.may_read for each in waits_for_room),
            "something_first": bool(signs or old_signs or feeds or waits_for_room),
            "without_room": without_room,
            "page": page,
            "today": today,
        },
    )


@require_safe
def question(request, question_id):
    return _question_page(request, _opened(request, question_id))


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, question_id):
    """Answer an open question, or correct the answer to one that is closed."""
    today = timezone.localdate()
    asked, seen = _opened(request, question_id)
    standing = asked.answers.filter(corrected_by=None).last() if asked.answered_at else None
    if request.method != "POST":
        if refused := waiting.refusal_to_answer(asked, request.user, today=today):
            return _question_page(request, (asked, seen), why_not=refused)
        return _answer_page(request, asked, seen, _answer_form(asked, standing, today), standing)
    form = AnswerForm(request.POST, today=today)
    if not form.is_valid():
        return _answer_page(request, asked, seen, form, standing)
    now = timezone.now()
    # A form corrects the answer that it showed. One opened before anybody had answered answers, and is told who was first.
    opened_on = form.cleaned_data["opened_on"]
    if standing and (showed := _answer_named(asked, opened_on)):
        actions.correct(showed, by=request.user, now=now, **form.said)
        messages.success(request, "The correction is recorded. The earlier answer stays beside it.")
    else:
        actions.answer(asked, by=request.user, now=now, opened_on=opened_on, **form.said)
        messages.success(request, "Your answer is recorded.")
    return redirect("questions:question", asked.id)


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request, owed_id: int):
    """Say what came of what an answer promised."""
    # With Rowan's own eyes: the trail says whose record was asked for, hidden or not.
    with reading_as(ROWAN):
        owed = Owed.objects.select_related("answer__by").filter(pk=owed_id).first()
    asked, seen = _opened(request, owed.answer.question_id if owed else None)
    form = SettleForm(request.POST or None)
    if form.is_valid():
        actions.settle_owed(owed, outcome=form.cleaned_data["outcome"], by=request.user, now=timezone.now())
        messages.success(request, "What came of it is recorded.")
        return redirect("questions:question", asked.id)
    context = _about(asked, seen) | {"owed": owed, "act": shown.act_in_words(owed), "form": form}
    return render(request, "questions/settle.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def not_this_child(request, evidence_id: int):
    # With Rowan's own eyes: the trail says whose record was asked for, hidden or not.
    with reading_as(ROWAN):
        row = EvidenceRow.objects.select_related("reason").filter(pk=evidence_id).first()
    asked, seen = _opened(request, row.reason.question_id if row else None)
    if not shown.shows_row(row, seen):
        raise NothingThere(NOTHING_THERE)
    form = NotThisChildForm(request.POST or None)
    if form.is_valid():
        actions.not_this_child(row, why=form.cleaned_data["why"], by=request.user, now=timezone.now())
        messages.success(
            request, "Recorded: it is not this child. Tonight’s run takes the two records apart."
        )
        return redirect("questions:question", asked.id)
    context = _about(asked, seen) | {
        "row": row,
        "agency": agency_names([row.agency_code])[row.agency_code],
        "form": form,
        "what_happens": WHAT_HAPPENS_TO_A_WRONG_ROW,
    }
    return render(request, "questions/not_this_child.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def strategy(request, entry_key: str):
    today = timezone.localdate()
    sign = waiting.sign_named(entry_key)
    seen = open_record(
        person_id=sign.person_id if sign else NOBODY,
        by=request.user,
        today=today,
        did="looked at a strategy question",
    )
    if not seen.tells(sign.agency_code, sign.compartment):
        raise NothingThere(NOTHING_THERE)
    why_not = waiting.refusal_to_answer_sign(sign, request.user, today=today)
    form = StrategyForm(request.POST or None, initial={"opened_on": actions.strategy_version(sign)})
    if form.is_valid():
        actions.answer_strategy(
            sign,
            held=form.cleaned_data["held"] == "yes",
            reason=form.cleaned_data["reason"],
            manager=form.cleaned_data["manager"],
            other_children=form.cleaned_data["other_children"],
            by=request.user,
            now=timezone.now(),
            opened_on=form.cleaned_data["opened_on"],
        )
        messages.success(request, "Recorded. The sign stays on the child’s page.")
        return redirect("questions:strategy", entry_key)
    child = called({sign.person_id: seen}, today)[sign.person_id]
    return render(
        request,
        "questions/strategy.html",
        {
            "child": child,
            "sign": sign,
            "agency": agency_names([sign.agency_code])[sign.agency_code],
            "workers": named_once(who_works_with({sign.person_id: seen}, today)[sign.person_id]),
            # Whether and why it was held is the hub's, and whoever was asked; others see that there is a sign.
            "answers": waiting.strategy_answers(sign) if seen.is_hub or not why_not else [],
            "form": None if why_not else form,
            "why_not": why_not,
            "why_it_came": why_it_came(request.user, [entry_key]).get(entry_key),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def older_signs(request):
    """The one list of older signs that a feed's first file brought: known and acted on?"""
    today = timezone.localdate()
    signs = waiting.old_signs_for(request.user, today=today)
    cards = shown_cards.sign_cards(signs, request.user, today)
    listed = [sign.entry for card in cards for sign in card.signs]
    form = OldSignsForm(request.POST or None, initial={"opened_on": actions.list_version(listed)})
    if form.is_valid():
        actions.answer_old_signs(
            listed,
            acted_on=form.cleaned_data["held"] == "yes",
            reason=form.cleaned_data["reason"],
            manager=form.cleaned_data["manager"],
            by=request.user,
            now=timezone.now(),
            opened_on=form.cleaned_data["opened_on"],
        )
        messages.success(request, "Recorded. Every sign stays on its child’s page.")
        return redirect("questions:for_me")
    record_list_shown(
        by=request.user,
        did="looked at older signs of harm",
        person_ids=[card.child.person_id for card in cards],
    )
    return render(
        request,
        "questions/older_signs.html",
        {"cards": cards, "due_on": waiting.old_signs_due_on(signs, today=today), "form": form},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def feed(request, silent_feed_id):
    """A school's files stopped coming: why, and when they will come. About no child."""
    today = timezone.localdate()
    asked = get_object_or_404(
        FeedQuestion.objects.shown(OvernightRun.current_number()).select_related("agency", "post", "answered_by"),
        pk=silent_feed_id,
    )  # fmt: skip
    refused = refusal_to_answer_about_feed(asked, request.user, today=today)
    record(
        by=request.user, did="looked at a question about a silent feed", about_kind=FEED, about_id=asked.pk, refused_because=refused or ""
    )  # fmt: skip
    if refused:
        raise NotAllowed(refused)
    form = SilentFeedForm(request.POST or None, today=today)
    if form.is_valid():
        actions.answer_about_feed(asked, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Your answer is recorded.")
        return redirect("questions:feed", asked.pk)
    return render(
        request,
        "questions/feed.html",
        {"asked": asked, "asked_of": in_a_sentence(asked.post), "rule": rule_named(asked.rule), "form": form},
    )


def _opened(request, question_id):
    """The question and what the reader may see of the child, or a refusal. The look is on the trail either way."""
    found = (
        Question.objects.shown(OvernightRun.current_number())
        .select_related("post", "deputy", "practitioner", "person")
        .filter(pk=question_id)
        .first()
    )
    today = timezone.localdate()
    # Under nobody's id where there is no such question: a hidden child's is answered the same.
    seen = open_record(
        person_id=found.person_id if found else NOBODY, by=request.user, today=today, did=LOOKED_AT_QUESTION
    )
    if waiting.refusal_to_read(found, seen, request.user, today=today):
        raise NothingThere(NOTHING_THERE)
    return found, seen


def _about(asked: Question, seen) -> dict:
    today = timezone.localdate()
    return {
        "question": asked,
        "child": called({asked.person_id: seen}, today)[asked.person_id],
        "workers": named_once(who_works_with({asked.person_id: seen}, today)[asked.person_id]),
    }


def _question_page(request, opened, *, why_not: str = ""):
    asked, seen = opened
    today = timezone.localdate()
    answers = shown.answers_to(asked)
    reasons = shown.reasons_of(asked, seen, actions.judged_not_this_child(asked))
    protective, context = shown.beside(
        asked, seen, reasons[-1].reason.happened_on if reasons else asked.asked_on
    )
    why_not = why_not or waiting.refusal_to_answer(asked, request.user, today=today)
    page = _about(asked, seen) | {
        "asked_of": shown_cards.asked_of(asked),
        "also_asked": shown_cards.also_asked([asked], {asked.person_id: seen}).get(asked.person_id, []),
        "answers": answers,
        "reasons": reasons,
        "protective": protective,
        "context": context,
        "missing": shown.missing_for_this_child(reasons, asked.person_id),
        "cannot_see": shown.rules_cannot_see(reasons),
        "behind": shown.files_behind(seen, asked.asked_on),
        "form": None if asked.answered_at or why_not else _answer_form(asked, None, today),
        "may_correct": bool(asked.answered_at) and not why_not,
        "why_not": why_not,
        # Whether section 45 applies is asked on a page of its own, which opens to those who read what the police reported of her.
        "after_an_arrest": any(each.reason.rule == child_arrested.RULE.name for each in reasons)
        and seen.through is Through.PART
        and seen.opens(Kind.POLICE) is Opens.EVERYTHING,
    }
    return render(request, "questions/question.html", page)


def _answer_form(asked: Question, standing, today) -> AnswerForm:
    """Empty, or filled with the answer to correct; it knows which answer it was opened on."""
    newest = standing or asked.answers.filter(corrected_by=None).last()
    initial = AnswerForm.as_answered(standing) if standing else {}
    return AnswerForm(initial=initial | {"opened_on": newest.pk if newest else ""}, today=today)


def _answer_named(asked: Question, number: str):
    """The answer that a form to correct it was opened on, if it is one of this question's."""
    return asked.answers.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None


def _answer_page(request, asked, seen, form, standing):
    page = _about(asked, seen) | {
        "form": form,
        "correcting": standing is not None,
        "reasons": shown.reasons_of(asked, seen),
    }
    return render(request, "questions/answer.html", page)
