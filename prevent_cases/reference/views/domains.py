"""The list of secure domains: what it holds, list one, take one off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework import secure_domains
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.models import SecureDomain
from prevent_cases.casework.now import now
from prevent_cases.casework.policy import may_edit_directory, may_see_reference
from prevent_cases.reference.forms.acting import is_done
from prevent_cases.reference.forms.domains import DomainForm, RetireDomainForm
from prevent_cases.reference.queries import domains as queries
from prevent_cases.reference.tabs import tabs


@require_GET
@open_to(may_see_reference)
def show(request: Request) -> HttpResponse:
    may_edit = may_edit_directory.allows(request.actor, None)
    context = {
        "tabs": tabs("reference:domains"), "may_edit": may_edit, "columns": queries.COLUMNS,
        "rows": queries.listed(may_edit=may_edit), "own_columns": queries.OWN_COLUMNS,
        "own_rows": queries.of_organisations(),
    }  # fmt: skip
    return render(request, "reference/domains/list.html", context)


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def add(request: Request) -> HttpResponse:
    form = DomainForm(request.POST or None, cancel_url=reverse("reference:domains"))
    if request.method == "POST" and form.is_valid() and is_done(
        form,
        lambda: secure_domains.list_domain(
            domain=form.cleaned_data["domain"], covers_below=form.cleaned_data["covers_below"],
            why=form.cleaned_data["why"], by=request.actor, at=now(),
        ),
    ):  # fmt: skip
        messages.success(request, "Put on the list.")
        return redirect("reference:domains")
    return render(request, "reference/domains/add.html", {"form": form})


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def retire(request: Request, domain_id: UUID) -> HttpResponse:
    listed = get_object_or_404(SecureDomain, pk=domain_id)
    form = RetireDomainForm(
        request.POST if request.method == "POST" else None, cancel_url=reverse("reference:domains")
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and is_done(
        form, lambda: secure_domains.retire_domain(listed=listed, by=request.actor, at=now())
    ):  # fmt: skip
        messages.success(request, "Taken off the list.")
        return redirect("reference:domains")
    return render(request, "reference/domains/retire.html", {"form": form, "listed": listed})
