"""Asking for a document to be deleted, and deleting it once a second person has approved."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from rowan.records.attachments import document_for

from ..actions.deleting import ask_to_delete, delete
from ..forms.files import DeleteForm
from ..whose_approvals import approval_of
from .tokens import token_of


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, attachment_id):
    now = timezone.now()
    document = document_for(
        attachment_id,
        by=request.user,
        today=timezone.localdate(now),
        did="opened the form to delete a document",
    )
    form = DeleteForm(request.POST or None)
    if form.is_valid():
        asked = ask_to_delete(
            attachment_id, why=form.cleaned_data["why"], token=token_of(request), by=request.user, now=now
        )
        messages.success(request, "Asked. Nothing is deleted before a second person has approved it.")
        return redirect("sharing:approval", asked.pk)
    context = {"document": document, "form": form, "token": request.POST.get("token") or uuid4()}
    return render(request, "sharing/delete_document.html", context)


@require_POST
def carry_out(request, approval_id):
    done = delete(approval_of(approval_id, by=request.user), by=request.user, now=timezone.now())
    messages.success(request, "The document is deleted. This page is its certificate.")
    return redirect("sharing:approval", done.pk)
