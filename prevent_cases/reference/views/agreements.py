"""The register of information-sharing agreements and memoranda: what is in force, who signed, when it is reviewed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.accounts.models import Organisation
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now, today
from prevent_cases.casework.policy import may_edit_directory, may_see_reference
from prevent_cases.reference.forms.acting import is_done
from prevent_cases.reference.forms.agreements import (
    AgreementForm,
    ChangePartyForm,
    EndAgreementForm,
    PartyForm,
    ReviewForm,
)
from prevent_cases.reference.queries import agreements as queries
from prevent_cases.reference.tabs import tabs
from safeguarding.models import Agreement, AgreementParty
from safeguarding.operations import agreements as operations


@require_GET
@open_to(may_see_reference)
def show(request: Request) -> HttpResponse:
    kept, ended = queries.register(today())
    context = {
        "tabs": tabs("reference:agreements"), "columns": queries.COLUMNS, "rows": kept, "ended": ended,
        "may_edit": may_edit_directory.allows(request.actor, None),
    }  # fmt: skip
    return render(request, "reference/agreements/list.html", context)


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def add(request: Request) -> HttpResponse:
    form = AgreementForm(request.POST or None, keepers=queries.keepers(), cancel_url=reverse("reference:agreements"))
    if form.is_valid():
        made: list[Agreement] = []
        if is_done(form, lambda: made.append(
            operations.add_agreement(written=form.written(), by=request.actor, at=now())
        )):  # fmt: skip
            messages.success(request, "Entered. Now add who is party to it.")
            return redirect("reference:agreement", made[0].pk)
    return render(request, "reference/agreements/edit.html", {"form": form})


@require_GET
@open_to(may_see_reference)
def agreement(request: Request, agreement_id: UUID) -> HttpResponse:
    """One agreement: its parties, its reviews, and what is to be done about it."""
    row = get_object_or_404(Agreement, pk=agreement_id)
    may_edit = may_edit_directory.allows(request.actor, None)
    context = {
        "agreement": row, "rows": queries.facts_of(row), "reviews": queries.reviews_of(row),
        "standing": queries.standing(row, today(), unsigned=queries.unsigned(row)),
        "columns": queries.PARTY_COLUMNS, "parties": queries.parties_of(row, may_edit=may_edit),
        "may_edit": may_edit and row.ends_on is None,
    }  # fmt: skip
    return render(request, "reference/agreements/agreement.html", context)


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def edit(request: Request, agreement_id: UUID) -> HttpResponse:
    row = _running(agreement_id)
    form = AgreementForm(
        request.POST or None, initial=AgreementForm.initial_of(row), keepers=queries.keepers(), cancel_url=_at(row)
    )
    if form.is_valid() and is_done(form, lambda: operations.change_agreement(
        agreement=row, written=form.written(), by=request.actor, at=now(), version=form.seen
    )):  # fmt: skip
        messages.success(request, "Saved.")
        return redirect(_at(row))
    return render(request, "reference/agreements/edit.html", {"form": form, "agreement": row})


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def review(request: Request, agreement_id: UUID) -> HttpResponse:
    row = _running(agreement_id)
    form = ReviewForm(
        request.POST or None, initial={"version": row.version, "reviewed_on": today()}, cancel_url=_at(row)
    )
    if form.is_valid() and is_done(form, lambda: operations.review_agreement(
        agreement=row, **_said(form), by=request.actor, at=now(), version=form.seen
    )):  # fmt: skip
        messages.success(request, "The review was written down.")
        return redirect(_at(row))
    context = {"form": form, "agreement": row, "title": "Write down a review"}
    return render(request, "reference/agreements/act.html", context)


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def end(request: Request, agreement_id: UUID) -> HttpResponse:
    row = _running(agreement_id)
    form = EndAgreementForm(request.POST or None, initial={"version": row.version}, cancel_url=_at(row))
    if form.is_valid() and is_done(form, lambda: operations.end_agreement(
        agreement=row, **_said(form), by=request.actor, at=now(), version=form.seen
    )):  # fmt: skip
        messages.success(request, "The last day was set. It stays in the register.")
        return redirect(_at(row))
    context = {"form": form, "agreement": row, "title": "Set the last day"}
    return render(request, "reference/agreements/act.html", context)


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def add_party(request: Request, agreement_id: UUID) -> HttpResponse:
    row = _running(agreement_id)
    form = PartyForm(
        request.POST or None, initial={"version": row.version}, bodies=queries.bodies(), cancel_url=_at(row)
    )
    if form.is_valid():
        body_id, body = form.party
        if is_done(form, lambda: operations.add_party(
            agreement=row, body=body, organisation=Organisation.objects.filter(pk=body_id).first() if body_id else None,
            post=form.cleaned_data["post"], signed_on=form.cleaned_data["signed_on"], by=request.actor, at=now(),
            version=form.seen,
        )):  # fmt: skip
            messages.success(request, "Added.")
            return redirect(_at(row))
    context = {"form": form, "agreement": row, "title": "Add a party"}
    return render(request, "reference/agreements/act.html", context)


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def party(request: Request, agreement_id: UUID, party_id: UUID) -> HttpResponse:
    """The day a party signed, or left."""
    row = _running(agreement_id)
    named = get_object_or_404(AgreementParty, pk=party_id, agreement=row, left_on=None)
    form = ChangePartyForm(request.POST or None, is_signed=named.signed_on is not None, cancel_url=_at(row))
    if form.is_valid() and is_done(form, lambda: _changed(request, form, named)):
        messages.success(request, "Saved.")
        return redirect(_at(row))
    context = {"form": form, "agreement": row, "party": named, "title": "Signed or left"}
    return render(request, "reference/agreements/act.html", context)


def _changed(request: Request, form: ChangePartyForm, named: AgreementParty) -> AgreementParty:
    on, by, at = form.cleaned_data["on"], request.actor, now()
    if form.has_left:
        return operations.leave(party=named, left_on=on, by=by, at=at)
    return operations.sign(party=named, signed_on=on, by=by, at=at)


def _said(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _running(agreement_id: UUID) -> Agreement:
    """An agreement that has no last day. :raises Http404: for one that has, as for none"""
    row = get_object_or_404(Agreement, pk=agreement_id)
    if row.ends_on is not None:
        raise Http404
    return row


def _at(row: Agreement) -> str:
    return reverse("reference:agreement", args=[row.pk])
