"""The catalogue of training courses: add, change and retire."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.accounts.models import TrainingCourse
from prevent_cases.casework import training
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now, today
from prevent_cases.casework.policy import may_edit_directory, may_see_reference
from prevent_cases.reference.forms.acting import is_done
from prevent_cases.reference.forms.training import CourseForm, RetireForm
from prevent_cases.reference.queries import training as queries
from prevent_cases.reference.tabs import tabs


@require_GET
@open_to(may_see_reference)
def show(request: Request) -> HttpResponse:
    may_edit = may_edit_directory.allows(request.actor, None)
    context = {
        "tabs": tabs("reference:courses"), "columns": queries.COURSE_COLUMNS, "may_edit": may_edit,
        "rows": queries.catalogue(today(), may_edit=may_edit),
    }  # fmt: skip
    return render(request, "reference/training/courses.html", context)


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def add(request: Request) -> HttpResponse:
    form = CourseForm(request.POST or None, cancel_url=reverse("reference:courses"))
    if request.method == "POST" and form.is_valid() and is_done(
        form, lambda: training.add_course(**form.written(), by=request.actor, at=now())
    ):  # fmt: skip
        messages.success(request, "Added to the catalogue.")
        return redirect("reference:courses")
    return render(request, "reference/training/course.html", {"form": form})


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def edit(request: Request, course_id: UUID) -> HttpResponse:
    course = get_object_or_404(TrainingCourse, pk=course_id)
    form = CourseForm(
        request.POST or None, initial=CourseForm.initial_of(course, training.version_of(course)),
        cancel_url=reverse("reference:courses"),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and is_done(
        form,
        lambda: training.change_course(
            course=course, **form.written(), by=request.actor, at=now(), version=form.cleaned_data["seen_version"]
        ),
    ):  # fmt: skip
        messages.success(request, "Saved.")
        return redirect("reference:courses")
    return render(request, "reference/training/course.html", {"form": form, "course": course})


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def retire(request: Request, course_id: UUID) -> HttpResponse:
    course = get_object_or_404(TrainingCourse, pk=course_id)
    form = RetireForm(
        request.POST if request.method == "POST" else None, cancel_url=reverse("reference:course", args=[course.pk])
    )
    if request.method == "POST" and form.is_valid() and is_done(
        form, lambda: training.retire_course(course=course, by=request.actor, at=now())
    ):  # fmt: skip
        messages.success(request, "Retired. Whoever took it keeps it.")
        return redirect("reference:courses")
    return render(request, "reference/training/retire.html", {"form": form, "course": course})
