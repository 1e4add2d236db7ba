"""A partner answers one question: by a link that opens once, or signed in to an account of theirs."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.accounts.actors import the_service
from prevent_cases.casework import answer_links
from prevent_cases.casework.access import Request, open_to, open_to_all, source_of
from prevent_cases.casework.answer_links import OVER
from prevent_cases.casework.models import AnswerLink
from prevent_cases.casework.now import now, today
from prevent_cases.casework.tries import may_try
from prevent_cases.casework.workflow import Refused
from safeguarding.forms.partners import OpenQuestionForm, PartnerAnswerForm
from safeguarding.operations.partner_links import open_question
from safeguarding.operations.partners import take_answer
from safeguarding.policy import answers_for_themselves
from safeguarding.queries import partners as queries
from safeguarding.queries.partners import OwnQuestion
from safeguarding.states import CameBy
from safeguarding.views.partners import answered

KEPT_AS, OPENED, GIVEN = "answer_link", "answer_opened", "answer_given"
MARKING = {"marking": "OFFICIAL-SENSITIVE"}
LINK = "partner's link"


@require_GET
@open_to_all("The link itself shows the right; a wrong one is answered like one that is over.")
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Put the secret of a link in the session, so that it stays in no address while the answer is written."""
    for name in (OPENED, GIVEN):
        request.session.pop(name, None)
    request.session[KEPT_AS] = secret
    return redirect("partner-cover")


@require_http_methods(["GET", "POST"])
@open_to_all("The secret in the session shows the right; it names nobody until the question is opened by a button.")
def cover(request: HttpRequest) -> HttpResponse:
    """What a mail scanner may follow the link to: who asks and by when, and nobody's name. A button opens the question,
    with the code where one is needed."""
    found = _found(request)
    if found is None:
        return _over(request)
    form = OpenQuestionForm(request.POST if request.method == "POST" else None, needs_code=found.needs_code)
    if form.is_valid():
        code = form.cleaned_data.get("code", "")
        try:
            is_open = open_question(link_id=found.pk, code=code, by=the_service(LINK), at=now())
        except Refused:
            return _over(request)
        if is_open:
            request.session[OPENED] = f"{found.pk}"
            return redirect("partner-answer")
        if found.tries + 1 >= answer_links.MOST_TRIES:
            return _over(request)
        form.add_error("code", "That is not the code. Ask whoever gave it to you to read it out again")
    return render(request, "safeguarding/answering/cover.html", {"form": form, "link": found} | MARKING)


@require_http_methods(["GET", "POST"])
@open_to_all("The secret in the session shows the right, once the question was opened with it; else it names nobody.")
def answer(request: HttpRequest) -> HttpResponse:
    """The question, and the form that answers it. Sent while a hold stands, an answer is taken and no word is shown."""
    found = _found(request, held=request.method == "POST")
    if found is None:
        return _over(request)
    if request.session.get(OPENED) != f"{found.pk}":
        return redirect("partner-cover")
    own = queries.linked_question(found)
    form = _form(request, own)
    if form.is_valid():
        try:
            take_answer(
                request_id=UUID(found.subject.rpartition(":")[2]), answered=answered(form), came_by=CameBy.LINK,
                link=found, by=the_service(LINK), at=now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return _done(request, found)
    return render(request, "safeguarding/answering/answer.html", {"form": form, "own": own} | MARKING)


@require_GET
@open_to_all("It says that an answer arrived, to whoever has just sent it; to anybody else that a link is over.")
def given(request: HttpRequest) -> HttpResponse:
    """An answer arrived. It says which reference, and no word of it."""
    reference = request.session.get(GIVEN)
    return (
        render(request, "safeguarding/answering/given.html", {"reference": reference}) if reference else _over(request)
    )


@require_GET
@open_to(answers_for_themselves)
def asked(request: Request) -> HttpResponse:
    """What somebody was asked in their account."""
    context = {"tasks": queries.asked_of(request.actor, today(), now())}
    return render(request, "safeguarding/answering/asked.html", context)


@require_http_methods(["GET", "POST"])
@open_to(answers_for_themselves)
def asked_question(request: Request, request_id: UUID) -> HttpResponse:
    """The question somebody was asked in their account, and the form that answers it."""
    own = queries.own_question(
        request.actor, request_id, is_answer=request.method == "POST", at=now(), source=source_of(request)
    )
    form = _form(request, own)
    if form.is_valid():
        try:
            take_answer(
                request_id=request_id, answered=answered(form), came_by=CameBy.ACCOUNT, link=own.link,
                by=request.actor, at=now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, "Your answer was given. Whoever asked is told.")
            return redirect("asked-questions")
    return render(request, "safeguarding/answering/answer.html", {"form": form, "own": own})


def _form(request: HttpRequest, own: OwnQuestion) -> PartnerAnswerForm:
    initial = {"given_by": own.request.name.partition(",")[0]}
    if request.method == "POST":
        return PartnerAnswerForm(request.POST, request.FILES, initial=initial)
    return PartnerAnswerForm(initial=initial)


def _found(request: HttpRequest, *, held: bool = False) -> AnswerLink | None:
    """The open link whose secret is in the session; while a hold stands only for an answer that is being sent."""
    secret = request.session.get(KEPT_AS, "")
    if not secret or not may_try("answer", source_of(request), now()):
        return None
    return answer_links.find(secret, now(), even_held=held)


def _done(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    for name in (KEPT_AS, OPENED):
        request.session.pop(name, None)
    request.session[GIVEN] = found.case.reference
    return redirect("partner-given")


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "safeguarding/answering/over.html", {"words": OVER}, status=410)
