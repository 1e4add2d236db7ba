"""What was shared: for CT policing, theirs and nothing else of a case; on a case, for whoever may see it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.downloads import as_attachment
from prevent_cases.casework.kinds import SENT_BY_HAND, Delivery
from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.now import now, today
from prevent_cases.casework.wording import date_and_time
from prevent_cases.casework.workflow import Refused
from referrals.forms.sharing import PasswordGivenForm
from referrals.operations import sharing
from referrals.policy import case_staff, ct_policing, the_ssu_lead
from referrals.queries.exchange import disclosure_of, disclosures, owed_by, shared_item, shared_with
from referrals.queries.frame import Frame
from referrals.queries.opening import opened, shown
from referrals.states import ReferralState
from referrals.views.acting import offers
from referrals.views.disclosing import (
    acknowledged_in_words,
    cards_of,
    delivery_in_words,
    in_case,
    rows_of,
    subject_of_mail,
)

SENDING: dict[str, str] = {Delivery.SECURE_EMAIL: "Send by secure email", Delivery.PASSWORD: "Send with a password"}
RECORDED: dict[str, str] = {
    Delivery.SECURE_EMAIL: "Recorded as sent by secure email.",
    Delivery.PASSWORD: "Recorded as sent, and to whom the password was given.",
}


@require_GET
@open_to(ct_policing)
def exchange(request: Request) -> HttpResponse:
    """What was shared with this person's team, newest first, and the replies their team owes."""
    after = request.GET.get("after", "")
    rows, older = shared_with(request.actor, after)
    return render(request, "referrals/exchange/list.html", {
        "rows": rows,
        "owed": owed_by(request.actor, today(), now(), source=access.source_of(request)),
        "older_url": f"?{urlencode({'after': older})}" if older else "",
        "newer_url": reverse("referrals:exchange") if after else "",
    })  # fmt: skip


@require_GET
@open_to(ct_policing)
def exchange_item(request: Request, disclosure_id: UUID) -> HttpResponse:
    """One thing that was shared, its files to download, and one button to say that it arrived."""
    with shared_item(request.actor, disclosure_id, at=now(), source=access.source_of(request)) as item:
        pass
    shared = item.disclosure
    return render(request, "referrals/exchange/item.html", {
        "item": item,
        "rows": [
            {"key": "Your reference", "value": item.theirs or "Not given"},
            {"key": "Shared", "value": date_and_time(shared.decided_at)},
            {"key": "How it went", "value": delivery_in_words(shared)},
            {"key": "Why", "value": shared.purpose},
            {"key": "Acknowledged", "value": acknowledged_in_words(shared)},
        ],
        "files": cards_of(item.files, lambda file: reverse("referrals:shared-document", args=[shared.pk, file.pk])),
        "back_url": reverse("referrals:exchange"),
        "back_text": "Shared with you",
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(ct_policing)
def exchange_acknowledge(request: Request, disclosure_id: UUID) -> HttpResponse:
    """Say that it arrived. Asked for by GET, as after signing in again, it shows what there is to acknowledge."""
    if request.method == "GET":
        return redirect("referrals:exchange-item", disclosure_id)
    with shared_item(request.actor, disclosure_id, at=now(), source=access.source_of(request)) as item:
        pass
    try:
        sharing.acknowledge(disclosure=item.disclosure, by=request.actor, at=now())
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "Acknowledged. Adult social care can see that it arrived.")
    return redirect("referrals:exchange-item", disclosure_id)


@require_GET
@open_to(ct_policing)
def shared_document(request: Request, disclosure_id: UUID, document_id: UUID) -> FileResponse:
    """A file that was shared, as a download."""
    with shared_item(request.actor, disclosure_id, at=now(), source=access.source_of(request)) as item:
        found = next((file for file in item.files if file.pk == document_id), None)
    if found is None or not found.is_readable:
        raise Http404
    return as_attachment(found, item.reference)


@require_GET
@open_to(case_staff)
def disclosures_of_case(request: Request, case_id: UUID) -> HttpResponse:
    """Everything shared from a case: to whom, what, on what basis, when, and whether it arrived."""
    source = access.source_of(request)
    with shown(request.actor, case_id, at=now(), source=source, record="disclosures") as (head, may_open):
        rows = disclosures(head.case)
    return render(request, "referrals/exchange/disclosures.html", head.context() | {
        "rows": [_card(case_id, row, may_open=may_open) for row in rows],
        "may_list": the_ssu_lead.allows(request.actor, head.referral),
        "back_url": reverse("case", args=[case_id]),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def disclosure(request: Request, case_id: UUID, disclosure_id: UUID) -> HttpResponse:
    """One thing that was shared, with its files; by email, it is sent from here and recorded."""
    sent_by_me = Disclosure.objects.filter(pk=disclosure_id, case=case_id, emailed_by=request.actor.user_id)
    if request.method == "POST" and sent_by_me.exists():
        messages.info(request, "This was already recorded as sent.")
        return redirect("referrals:disclosures", case_id)
    with opened(request.actor, case_id, at=now(), source=access.source_of(request), record="disclosures") as head:
        row = disclosure_of(head.case, disclosure_id)
    has_password = row.delivery == Delivery.PASSWORD and row.emailed_at is None
    form = PasswordGivenForm(request.POST or None) if has_password else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            sharing.record_emailed(
                disclosure=row, **(form.cleaned_data if form else {}), by=request.actor, at=now()
            )  # fmt: skip
        except Refused as refusal:
            messages.info(request, str(refusal))
            return redirect("referrals:disclosure", case_id, disclosure_id)
        messages.success(request, RECORDED[row.delivery])
        return _after_sending(request, head)
    return render(request, "referrals/exchange/disclosure.html", head.context() | {
        "disclosure": row,
        "form": form,
        "rows": rows_of(row, may_open=True),
        "files": cards_of(row.documents.all(), in_case(case_id)),
        "is_to_send": _is_to_send(row),
        "subject": subject_of_mail(head.case.reference, row, head.referral),
        "back_url": reverse("referrals:disclosures", args=[case_id]),
        "back_text": "What was shared",
    })  # fmt: skip


def _after_sending(request: Request, head: Frame) -> HttpResponse:
    """To the closing question, where a nil return went; else to what was shared."""
    if head.referral.state == ReferralState.NIL_RETURNED and offers(head, "referral.close"):
        return redirect("referrals:close", head.case.pk)
    if not access.may_enter(request.actor, head.case):
        return redirect("referrals:disclosures", head.case.pk)
    return redirect(request.path)


def _is_to_send(row: Disclosure) -> bool:
    return row.delivery in SENT_BY_HAND and row.emailed_at is None


def _card(case_id: UUID, row: Disclosure, *, may_open: bool) -> dict[str, Any]:
    url = reverse("referrals:disclosure", args=[case_id, row.pk])
    text = SENDING[row.delivery] if _is_to_send(row) else "Open"
    actions = [{"text": text, "url": url}] if may_open else []
    return {"title": row.title, "rows": rows_of(row, may_open=False), "actions": actions}
