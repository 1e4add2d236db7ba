"""Organisations, teams, areas and localities: add, change, close."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.accounts import operations as accounts
from prevent_cases.accounts.kinds import OrganisationKind
from prevent_cases.accounts.models import Area, Locality, Organisation
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now
from prevent_cases.lists.forms.acting import ListForm
from prevent_cases.lists.forms.places import AreaForm, LocalityForm, OrganisationForm, TeamForm
from prevent_cases.lists.operations.closing import close_team
from prevent_cases.lists.policy import lists_admin
from prevent_cases.lists.queries.teams import team_of
from prevent_cases.lists.views.acting import carried_out, page


@require_GET
@open_to(lists_admin)
def places(request: Request) -> HttpResponse:
    """Organisations, areas and localities, each with a link to change it."""
    localities = Locality.objects.select_related("area").prefetch_related("postcodes").order_by("area__name", "name")
    context = {
        "organisations": [
            [{"text": one.name, "url": reverse("lists:organisation", args=[one.pk])},
             {"text": OrganisationKind(one.kind).label}, {"text": one.secure_domain or "None"}]
            for one in Organisation.objects.order_by("name")
        ],
        "areas": [
            [{"text": one.name, "url": reverse("lists:area", args=[one.pk])}] for one in Area.objects.order_by("name")
        ],
        "localities": [
            [{"text": one.name, "url": reverse("lists:locality", args=[one.pk])}, {"text": one.area.name},
             {"text": ", ".join(sorted(d.outward for d in one.postcodes.all())) or "None"}]
            for one in localities
        ],
        "organisation_columns": ("Organisation", "Kind", "Secure mail domain"),
        "area_columns": ("Area",),
        "locality_columns": ("Locality", "Area", "Postcode districts"),
    }  # fmt: skip
    return page(request, "lists/places.html", context)


@require_http_methods(["GET", "POST"])
@open_to(lists_admin)
def organisation(request: Request, organisation_id: UUID | None = None) -> HttpResponse:
    """Add an organisation, or change one."""
    row = get_object_or_404(Organisation, pk=organisation_id) if organisation_id else None
    given = {"name": row.name, "kind": row.kind, "secure_domain": row.secure_domain} if row else {}
    form = OrganisationForm(request.POST or None, initial=given, cancel_url=reverse("lists:places"))
    if form.is_valid() and carried_out(form, lambda: accounts.keep_organisation(
        **form.cleaned_data, organisation=row, by=request.actor, at=now()
    )):  # fmt: skip
        return _saved(request, "lists:places")
    return _page(request, form, "Change an organisation" if row else "Add an organisation")


@require_http_methods(["GET", "POST"])
@open_to(lists_admin)
def area(request: Request, area_id: UUID | None = None) -> HttpResponse:
    """Add an area, or rename one."""
    row = get_object_or_404(Area, pk=area_id) if area_id else None
    initial = {"name": row.name} if row else {}
    form = AreaForm(request.POST or None, initial=initial, cancel_url=reverse("lists:places"))
    if form.is_valid() and carried_out(form, lambda: accounts.keep_area(
        name=form.cleaned_data["name"], area=row, by=request.actor, at=now()
    )):  # fmt: skip
        return _saved(request, "lists:places")
    return _page(request, form, "Rename an area" if row else "Add an area")


@require_http_methods(["GET", "POST"])
@open_to(lists_admin)
def locality(request: Request, locality_id: UUID | None = None) -> HttpResponse:
    """Add a locality, or change one and the postcode districts that it serves."""
    row = get_object_or_404(Locality, pk=locality_id) if locality_id else None
    served = ", ".join(row.postcodes.order_by("outward").values_list("outward", flat=True)) if row else ""
    initial = {"name": row.name, "area": row.area, "districts": served} if row else {}
    form = LocalityForm(request.POST or None, initial=initial, cancel_url=reverse("lists:places"))
    if form.is_valid() and carried_out(form, lambda: accounts.keep_locality(
        **form.cleaned_data, locality=row, by=request.actor, at=now()
    )):  # fmt: skip
        return _saved(request, "lists:places")
    return _page(request, form, "Change a locality" if row else "Add a locality")


@require_http_methods(["GET", "POST"])
@open_to(lists_admin)
def add_team(request: Request) -> HttpResponse:
    form = TeamForm(request.POST or None, is_new=True, cancel_url=reverse("lists:home"))
    if form.is_valid() and carried_out(form, lambda: accounts.keep_team(
        **form.cleaned_data, by=request.actor, at=now()
    )):  # fmt: skip
        return _saved(request, "lists:home")
    return _page(request, form, "Add a team")


@require_http_methods(["GET", "POST"])
@open_to(lists_admin)
def change_team(request: Request, team_id: UUID) -> HttpResponse:
    row = team_of(request.actor, team_id)
    columns = ("name", "email", "area", "locality", "opens_at", "closes_at")
    initial = {column: getattr(row, column) for column in columns}
    cancel_url = reverse("lists:team", args=[row.pk])
    form = TeamForm(request.POST or None, is_new=False, initial=initial, cancel_url=cancel_url)
    if form.is_valid() and carried_out(form, lambda: accounts.keep_team(
        **form.cleaned_data, organisation=row.organisation, kind=row.kind, team=row, by=request.actor, at=now()
    )):  # fmt: skip
        return _saved(request, "lists:team", row.pk)
    return _page(request, form, "Change a team")


@require_http_methods(["GET", "POST"])
@open_to(lists_admin)
def close(request: Request, team_id: UUID) -> HttpResponse:
    """Close a team that holds nothing open."""
    row = team_of(request.actor, team_id)
    if row.closed_on is not None:
        raise Http404
    form = ListForm(request.POST or None, version=row.list_version, cancel_url=reverse("lists:team", args=[row.pk]))
    form.submit_label = "Close the team"  # type: ignore[misc]
    if form.is_valid() and carried_out(form, lambda: close_team(
        team=row, version=form.cleaned_data["version"], by=request.actor, at=now()
    ), row):  # fmt: skip
        return _saved(request, "lists:home", words="The team was closed.")
    return _page(request, form, "Close a team", team=row)


def _saved(request: Request, name: str, *args: Any, words: str = "Saved.") -> HttpResponse:
    messages.success(request, words)
    return redirect(name, *args)


def _page(request: Request, form: Any, title: str, **more: Any) -> HttpResponse:
    return page(request, "lists/change.html", {"form": form, "title": title, **more})
