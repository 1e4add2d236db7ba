"""What the pages about one protection share: fetch it, write the look down, act, and go back to its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from prevent_cases.casework import access
from prevent_cases.casework.access import Request
from prevent_cases.casework.kinds import Look
from prevent_cases.casework.models import Case
from prevent_cases.casework.now import now, today
from referrals.forms.acting import ActForm
from referrals.views.acting import carried_out
from safeguarding.models import Protection
from safeguarding.queries.heads import head_for_safety
from safeguarding.queries.protection import find

PAGE = "protection"


@dataclass(frozen=True)
class Protected:
    """A protection with its case, and the context of the case's layout."""

    case: Case
    protection: Protection
    layout: dict[str, Any]

    @property
    def url(self) -> str:
        return reverse("protection", args=[self.case.pk, self.protection.pk])

    def context(self) -> dict[str, Any]:
        return self.layout | {"protection": self.protection, "back_url": self.url}


def protected(request: Request, case_id: UUID, protection_id: UUID, *, is_logged: bool = True) -> Protected:
    """The protection whose page is asked for; that it was opened is written down on the way in.

    :param is_logged: whether to write it down here: a page that opens the material writes down that instead
    :raises Http404: the same for a hidden case, an absent one, and a protection that is not of it
    """
    case, layout = head_for_safety(request.actor, case_id, today(), "case-protection")
    protection = find(case, protection_id)
    if protection is None:
        raise Http404
    if is_logged and request.method == "GET":
        access.look(request.actor, case, Look.CASE, at=now(), source=access.source_of(request), record=PAGE)
    return Protected(case, protection, layout)


def acted(
    request: Request, head: Protected, form: ActForm, act: Callable[[], object], template: str, done: str
) -> HttpResponse:
    """Show the form, or carry it out and go back to the protection's page with these words."""
    if form.is_valid() and carried_out(form, act):
        messages.success(request, done)
        return redirect(head.url)
    return render(request, template, head.context() | {"form": form})


def over(request: Request, head: Protected) -> HttpResponse:
    """Back to the protection's page: somebody may have finished it first."""
    messages.info(request, f"That cannot be done now: it is at “{head.protection.get_state_display()}”.")
    return redirect(head.url)
