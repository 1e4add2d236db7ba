"""The training register: one's own courses, one's team's, and the page that stands before a referral."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.accounts import training as register
from prevent_cases.accounts.models import TrainingRecord, User
from prevent_cases.casework import training
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.directory import contacts
from prevent_cases.casework.now import now, today
from prevent_cases.casework.policy import refers_in_their_work
from prevent_cases.casework.rules import anyone_signed_in
from prevent_cases.pages import ASK_FIRST, area_of
from prevent_cases.reference.forms.acting import is_done
from prevent_cases.reference.forms.training import RecordForm, RemoveForm, UrgentForm
from prevent_cases.reference.queries import training as queries


@require_GET
@open_to(anyone_signed_in)
def own(request: Request) -> HttpResponse:
    """What I took and until when it counts; for a lead, how their people stand."""
    people = register.standings(register.led_by(request.actor, today()), today()) if _leads(request) else []
    context = {
        "columns": queries.OWN_COLUMNS, "rows": queries.own(request.actor.user_id, today()),
        "team_columns": queries.TEAM_COLUMNS, "team": queries.team(people, today()),
        "late": sum(not one.is_trained for one in people), "courses": register.open_courses(today()),
    }  # fmt: skip
    return render(request, "reference/training/own.html", context)


@require_GET
@open_to(anyone_signed_in)
def of(request: Request, user_id: UUID) -> HttpResponse:
    """What somebody of one's team took."""
    person = get_object_or_404(register.led_by(request.actor, today()), pk=user_id)
    context = {"person": person, "columns": queries.OWN_COLUMNS, "rows": queries.own(person.pk, today())}
    return render(request, "reference/training/of.html", context)


@require_http_methods(["GET", "POST"])
@open_to(anyone_signed_in)
def add(request: Request, user_id: UUID | None = None) -> HttpResponse:
    """Write down a course, one's own or that of somebody of one's team."""
    person: User = request.actor.user
    if user_id is not None:
        person = get_object_or_404(register.led_by(request.actor, today()), pk=user_id)
    back = reverse("reference:training-of", args=[user_id]) if user_id else reverse("reference:training")
    form = RecordForm(request.POST or None, courses=list(register.open_courses(today())), cancel_url=back)
    if request.method == "POST" and form.is_valid() and is_done(
        form,
        lambda: training.record_course(
            user=person, course=form.course_chosen, taken_on=form.cleaned_data["taken_on"], by=request.actor, at=now()
        ),
    ):  # fmt: skip
        messages.success(request, "Added to the register.")
        return redirect(back)
    context = {"form": form, "person": person if user_id else None, "courses": form.courses}
    return render(request, "reference/training/add.html", context)


@require_http_methods(["GET", "POST"])
@open_to(anyone_signed_in)
def remove(request: Request, record_id: UUID) -> HttpResponse:
    """Take out what was written in error, one's own or of somebody of one's team."""
    rows = TrainingRecord.objects.select_related("course")
    mine = rows.filter(user=request.actor.user) | rows.filter(user__in=register.led_by(request.actor, today()))
    record = get_object_or_404(mine, pk=record_id)
    is_own = record.user_id == request.actor.user_id
    back = reverse("reference:training") if is_own else reverse("reference:training-of", args=[record.user_id])
    form = RemoveForm(request.POST if request.method == "POST" else None, cancel_url=back)
    if request.method == "POST" and form.is_valid() and is_done(
        form, lambda: training.remove_record(record=record, by=request.actor, at=now())
    ):  # fmt: skip
        messages.success(request, "Taken out of the register.")
        return redirect(back)
    return render(request, "reference/training/remove.html", {"form": form, "what": queries.told_of(record)})


@require_http_methods(["GET", "POST"])
@open_to(refers_in_their_work)
def needed(request: Request) -> HttpResponse:
    """What to do where the council asks for training before a referral, and the way past it when it cannot wait."""
    if request.method == "POST":
        request.session[register.URGENT] = today().isoformat()
        return redirect("refer:start")
    context = {
        "courses": register.open_courses(today()).filter(counts_for_gate=True), "form": UrgentForm(),
        "contacts": contacts(area_of(request.actor), now(), *ASK_FIRST),
    }  # fmt: skip
    return render(request, "reference/training/needed.html", context)


def _leads(request: Request) -> bool:
    return any(seat.role in register.LEADING for seat in request.actor.seats)
