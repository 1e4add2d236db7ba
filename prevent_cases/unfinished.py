"""What a person began to write and has not sent, so that they find it again: theirs alone, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import ResolverMatch, resolve, reverse
from django.views.decorators.http import require_GET

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.clocks import DRAFT_KEPT
from prevent_cases.casework.drafts import own_drafts
from prevent_cases.casework.models import Draft
from prevent_cases.casework.now import now
from prevent_cases.keeping import KIND, address_of
from prevent_cases.work import tabs
from referrals.models import Answer
from referrals.policy import case_staff
from referrals.states import FormState, ReferralState

MOST = 20
ADDRESSES = {"police_referral": ("A referral being entered", "referrals:enter-form")}
PAGES = {
    "write-note": "Case note",
    "add-document": "Document",
    "name-worker": "Naming a worker",
    "clock-extend": "Extending a deadline",
    "declare-conflict": "Conflict of interest",
    "referrals:enter-form": "A referral being entered",
    "referrals:form": "Answers to a form",
    "referrals:forms-new": "Registering a form",
    "referrals:query-back": "Question to CT policing",
    "referrals:query-answered": "Reply from CT policing",
    "referrals:contribution": "Answer to a colleague’s question",
}
"""What is written on a page, where the page's own name does not say it."""


@dataclass(frozen=True)
class Unfinished:
    """One thing begun. ``until`` is when it is deleted; None for what stays with its case until it is sent."""

    what: str
    url: str
    saved_at: datetime
    until: datetime | None


@require_GET
@open_to(case_staff)
def show(request: Request) -> HttpResponse:
    """A tab of My work: what is still to be sent, when it was saved, and when it is deleted."""
    context = {"tabs": tabs(request.actor, "unfinished"), "rows": unfinished(request.actor, now())}
    return render(request, "work/unfinished.html", context)


def unfinished(actor: Actor, at: datetime) -> list[Unfinished]:
    """At most twenty. Three statements, whatever there is."""
    found = [*_drafts(actor, at), *_answers(actor)]
    return sorted(found, key=lambda one: one.saved_at, reverse=True)[:MOST]


def _drafts(actor: Actor, at: datetime) -> list[Unfinished]:
    rows = [(draft, _page(draft)) for draft in own_drafts(by=actor, at=at, most=MOST)]
    ids = {page.kwargs["case_id"] for _, page in rows if page and "case_id" in page.kwargs}
    references = dict(access.cases(actor).filter(pk__in=ids).values_list("pk", "reference")) if ids else {}
    shown = []
    for draft, page in rows:
        reference = references.get(page.kwargs["case_id"]) if page and "case_id" in page.kwargs else None
        if page is None or ("case_id" in page.kwargs and reference is None):
            continue
        url = address_of(draft) if draft.kind == KIND else reverse(ADDRESSES[draft.kind][1], args=[draft.pk])
        words = _words(draft, page)
        what = f"{words}, {reference}" if reference else words
        shown.append(Unfinished(what, url, draft.saved_at, draft.saved_at + DRAFT_KEPT))
    return shown


def _page(draft: Draft) -> ResolverMatch | None:
    """The page a draft was typed on; None for a kind that is found elsewhere."""
    if draft.kind == KIND:
        return resolve(draft.typed["page"].partition("?")[0])
    if draft.kind in ADDRESSES:
        return resolve(reverse(ADDRESSES[draft.kind][1], args=[draft.pk]))
    return None


def _words(draft: Draft, page: ResolverMatch) -> str:
    if draft.kind in ADDRESSES:
        return ADDRESSES[draft.kind][0]
    name = page.view_name
    return PAGES.get(name) or name.rpartition(":")[2].replace("-", " ").capitalize()


def _answers(actor: Actor) -> list[Unfinished]:
    """Answers and forms this person was the last to write in, which are still to be sent."""
    open_cases = access.cases(actor).values("pk")
    rows = Answer.objects.filter(edited_by=actor.user_id, version__gt=0, case__in=open_cases)
    rows = rows.filter(form__isnull=True, referral__state=ReferralState.PREPARING) | rows.filter(
        form__state=FormState.OPEN
    )
    found = rows.order_by("-edited_at").values_list("case_id", "form_id", "edited_at", "case__reference")
    return [Unfinished(*_named(row), row[2], None) for row in found[:MOST]]


def _named(row: Any) -> tuple[str, str]:
    case_id, form_id, _, reference = row
    if form_id:
        return f"Answers to a form, {reference}", reverse("referrals:form", args=[case_id, form_id])
    return f"The answer to CT policing, {reference}", reverse("referrals:answer", args=[case_id])
