"""Who is let in to the restricted area of a case by name, and who is kept from the case altogether."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from prevent_cases.accounts.models import User
from prevent_cases.casework import access, operations
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now, today
from prevent_cases.casework.policy import may_let_in, may_manage_conflicts
from prevent_cases.casework.workflow import Refused
from referrals.policy import case_staff
from referrals.queries.frame import Frame
from referrals.views.acting import head_of
from safeguarding.forms.area import ConflictForm, NameWorkerForm
from safeguarding.queries.area import colleague, conflicts_of

PAGE = "who may look"


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def name_worker(request: Request, case_id: UUID) -> HttpResponse:
    """Let a named worker in until a date."""
    back = reverse("case-people", args=[case_id])
    head = head_of(request, case_id, PAGE, lambda case: may_let_in.allows(request.actor, case))
    if request.method == "GET" and head.case.restricted_at is None:
        messages.info(request, "Nothing is in the restricted area yet, so there is nothing to let anybody in to.")
        return redirect(back)
    form = NameWorkerForm(request.POST or None, on=today(), cancel_url=back)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            operations.name_worker(
                case=head.case, worker=form.colleague, reason=typed["reason"], until=typed["until"],
                words=typed["words"], by=request.actor, at=now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The worker was let in.")
            return redirect(back)
    return render(request, "safeguarding/name_worker.html", head.context() | {"form": form, "back_url": back})


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def end_worker(request: Request, case_id: UUID, user_id: UUID) -> HttpResponse:
    """Take back a named worker's access now, after a page that says so."""
    back = reverse("case-people", args=[case_id])
    head = head_of(request, case_id, PAGE, lambda case: may_let_in.allows(request.actor, case))
    worker = access.named_workers(head.case).filter(user=user_id).first()
    if worker is None:
        raise Http404
    return _confirmed(
        request, head, "safeguarding/end_worker.html", worker.user, back, operations.end_worker, "worker",
        "The access was taken back.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def declare_conflict(request: Request, case_id: UUID) -> HttpResponse:
    """Keep oneself, or by a manager somebody else, from a case. One's own case is then not there any more."""
    head, back = head_of(request, case_id, PAGE), reverse("case", args=[case_id])
    manages = may_manage_conflicts.allows(request.actor, head.case)
    posted = request.POST if request.method == "POST" else None
    form = ConflictForm(posted, manages=manages, on=today(), cancel_url=back)
    if request.method == "POST" and form.is_valid():
        who = request.actor.user if form.is_own else form.colleague
        try:
            operations.declare_conflict(case=head.case, who=who, by=request.actor, at=now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The conflict of interest was recorded.")
            return redirect("home" if who.pk == request.actor.user_id else request.path)
    standing = conflicts_of(head.case) if manages else []
    page = {"form": form, "manages": manages, "conflicts": standing, "back_url": back}
    return render(request, "safeguarding/declare_conflict.html", head.context() | page)


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def end_conflict(request: Request, case_id: UUID, user_id: UUID) -> HttpResponse:
    """A manager ends a conflict of interest, after a page that says what that means."""
    back = reverse("declare-conflict", args=[case_id])
    head = head_of(request, case_id, PAGE, lambda case: may_manage_conflicts.allows(request.actor, case))
    excluded = head.case.exclusions.standing().filter(user=user_id).exists()
    who = colleague(user_id) if excluded else None
    if who is None:
        raise Http404
    return _confirmed(
        request, head, "safeguarding/end_conflict.html", who, back, operations.end_conflict, "who",
        "The conflict of interest was ended.",
    )  # fmt: skip


def _confirmed(
    request: Request, head: Frame, template: str, person: User, back: str, operation: Any, named: str, done: str
) -> HttpResponse:
    """Ask, then do one thing about one person."""
    page: dict[str, Any] = {"person": person.name, "back_url": back}
    if request.method == "POST":
        try:
            operation(case=head.case, by=request.actor, at=now(), **{named: person})
        except Refused as refusal:
            page |= {"refusal": str(refusal), "has_errors": True}
        else:
            messages.success(request, done)
            return redirect(back)
    return render(request, template, head.context() | page)
