"""Practitioners' own referrals at the SSU: which wait, and what is done with one until its referrer is told."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now
from referrals.forms.practitioners import AskReferrerForm, TakeQuestionBackForm, TakeUpForm, TellFinishedForm
from referrals.models import ReferrerQuestion
from referrals.operations import referrers
from referrals.policy import ssu_staff
from referrals.queries.arrived import TABS, Arrived, arrived, waiting
from referrals.views.acting import carried_out

EMPTY = {
    "new": ("Nothing is waiting to be taken up", "What practitioners send appears here, the oldest first."),
    "open": ("Nothing is being looked at", "Referrals that were taken up or joined stay here until finished."),
    "over": ("Nothing is finished yet", "Finished and withdrawn referrals appear here, the newest first."),
}


@require_GET
@open_to(ssu_staff)
def practitioners(request: Request) -> HttpResponse:
    """The referrals that practitioners sent: to take up, being looked at, over."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "new"
    after = request.GET.get("after", "")
    rows, older = waiting(request.actor, tab, after, now())
    page = {
        "tab_name": TABS[tab][0],
        "tabs": [
            {"text": text, "url": f"?{urlencode({'tab': key})}", "current": key == tab}
            for key, (text, _) in TABS.items()
        ],
        "rows": rows,
        "older_url": f"?{urlencode({'tab': tab, 'after': older})}" if older else "",
        "newer_url": f"?{urlencode({'tab': tab})}" if after else "",
        "empty_title": EMPTY[tab][0],
        "empty_text": EMPTY[tab][1],
    }
    return render(request, "referrals/practitioners/list.html", page)


@require_GET
@open_to(ssu_staff)
def practitioner(request: Request, case_id: UUID) -> HttpResponse:
    """One of them: its words, files, advice, questions and history."""
    page = _opened(request, case_id)
    return render(request, "referrals/practitioners/show.html", {"page": page, "back_url": _list()})


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def practitioner_take_up(request: Request, case_id: UUID) -> HttpResponse:
    """Begin to look at it. Its referrer sees that, and may not withdraw it from then on."""
    page = _opened(request, case_id, "take up")
    if not page.may_take_up:
        return _not_now(request, page)
    form = TakeUpForm(request.POST or None, case=page.case, cancel_url=_page(page))
    if form.is_valid() and carried_out(form, lambda: referrers.take_up(
        practitioner_referral=page.referral, by=request.actor, at=now(), version=form.cleaned_data["version"]
    )):  # fmt: skip
        messages.success(request, "Taken up. Its referrer sees that it is being looked at.")
        return redirect(_page(page))
    return render(request, "referrals/practitioners/take_up.html", _with(page, form))


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def practitioner_ask(request: Request, case_id: UUID) -> HttpResponse:
    """Ask its referrer a question. They are told that there is one."""
    page = _opened(request, case_id, "ask")
    if not page.may_ask:
        return _not_now(request, page)
    form = AskReferrerForm(request.POST or None, case=page.case, cancel_url=_page(page))
    if form.is_valid() and carried_out(form, lambda: referrers.ask_referrer(
        practitioner_referral=page.referral, question=form.cleaned_data["question"], by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Question sent. The referrer is told that there is one.")
        return redirect(_page(page))
    return render(request, "referrals/practitioners/ask.html", _with(page, form))


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def question_take_back(request: Request, case_id: UUID, question_id: UUID) -> HttpResponse:
    """Take back a question whose answer is no longer needed."""
    page = _opened(request, case_id, "take back")
    question = ReferrerQuestion.objects.filter(pk=question_id, case=case_id).first()
    if question is None:
        raise Http404
    form = TakeQuestionBackForm(request.POST or None, case=page.case, cancel_url=_page(page))
    if form.is_valid() and carried_out(form, lambda: referrers.take_back_question(
        question=question, by=request.actor, at=now(), version=form.cleaned_data["version"]
    )):  # fmt: skip
        messages.success(request, "Question taken back. The referrer sees that no answer is needed.")
        return redirect(_page(page))
    return render(request, "referrals/practitioners/take_back.html", _with(page, form))


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def practitioner_finish(request: Request, case_id: UUID) -> HttpResponse:
    """Tell its referrer that it is finished; they are never told what was found."""
    page = _opened(request, case_id, "finish")
    if not page.may_finish:
        return _not_now(request, page)
    form = TellFinishedForm(request.POST or None, case=page.case, cancel_url=_page(page))
    if form.is_valid() and carried_out(form, lambda: referrers.finish(
        practitioner_referral=page.referral, words=form.cleaned_data["words"], by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Finished. The referrer is told, and nothing more.")
        return redirect(_page(page))
    return render(request, "referrals/practitioners/finish.html", _with(page, form))


def _opened(request: Request, case_id: UUID, record: str = "") -> Arrived:
    with arrived(request.actor, case_id, at=now(), source=access.source_of(request), record=record) as page:
        return page


def _not_now(request: Request, page: Arrived) -> HttpResponse:
    why = "a question is waiting for an answer" if page.open_question else f"it is at “{page.state['text']}”"
    messages.info(request, f"That cannot be done now: {why}.")
    return redirect(_page(page))


def _with(page: Arrived, form: Any) -> dict[str, Any]:
    return {"page": page, "form": form, "back_url": _page(page)}


def _page(page: Arrived) -> str:
    return reverse("referrals:practitioner", args=[page.case.pk])


def _list() -> str:
    return reverse("referrals:practitioners")
