"""The last steps: everything in view with a way back to each box, sent once, and what happens next."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.downloads import rendered
from prevent_cases.casework.now import now, today
from prevent_cases.casework.rendering.pdf import render_pdf
from prevent_cases.casework.workflow import Refused
from referrals.forms.starting import SendForm
from referrals.models import Concern
from referrals.national_form.editions import edition
from referrals.national_form.own_copy import own_copy
from referrals.national_form.said import missing
from referrals.operations.concerns import send
from referrals.policy import referrers
from referrals.queries.concerns import concern_of, own_earlier, said_in
from referrals.queries.sent import ladder, own_sent, words_of
from referrals.views.referring.posting import posted
from referrals.views.referring.tasks import cards_of


@require_http_methods(["GET", "POST"])
@open_to(referrers)
def check(request: Request, concern_id: UUID) -> HttpResponse:
    """Look through everything, then send it. Pressed twice, it is sent once."""
    concern = concern_of(request.actor, concern_id)
    if concern.referral_id:
        return redirect("refer:sent", concern.referral_id)
    form = SendForm(posted(request), initial={"key": uuid4(), "version": concern.version})
    if form.is_valid():
        try:
            referral = send(
                concern_id=concern.pk, key=form.cleaned_data["key"], version=form.cleaned_data["version"],
                by=request.actor, at=now(),
            )  # fmt: skip
        except Refused as refusal:
            form = SendForm(initial={"key": uuid4(), "version": concern.version})
            return _checked(request, concern, form, str(refusal))
        return redirect("refer:sent", referral.pk)
    return _checked(request, concern, form)


@require_GET
@open_to(referrers)
def sent(request: Request, referral_id: UUID) -> HttpResponse:
    """It arrived: its reference, and what happens by when. The same whoever the person is."""
    referral = own_sent(request.actor, referral_id)
    return render(request, "refer/sent.html", {"referral": referral, "steps": ladder(referral)})


@require_GET
@open_to(referrers)
def copy(request: Request, referral_id: UUID) -> HttpResponse:
    """The writer's own copy, as PDF."""
    referral = own_sent(request.actor, referral_id)
    content = own_copy(
        reference=referral.case.reference, sent_at=referral.sent_at, form_version=referral.form_version,
        columns=referral, words=words_of(request.actor, referral), council=settings.COUNCIL_NAME,
        told=bool(referral.told_by),
    )  # fmt: skip
    return rendered(render_pdf(content), content.file_name("pdf"))


def _checked(request: Request, concern: Concern, form: SendForm, refused: str = "") -> HttpResponse:
    pages = said_in(concern, today())
    wanted = [
        {"text": each.words, "url": f"{reverse('refer:page', args=[concern.pk, each.slug])}?to=check#id_{each.key}"}
        for each in missing(edition(concern.form_version), concern.answers)
    ]
    context: dict[str, Any] = {
        "form": form,
        "concern": concern,
        "cards": cards_of(concern, pages),
        "wanted": wanted,
        "refused": refused,
        "has_errors": bool(refused),
        "earlier": own_earlier(request.actor, concern),
        "back_url": reverse("refer:tasks", args=[concern.pk]),
        "back_text": "Back to the list",
    }
    return render(request, "refer/check.html", context)
