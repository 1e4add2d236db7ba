"""A course of the catalogue, and a course somebody took."""

from __future__ import annotations

from typing import Any

from django import forms

from prevent_cases.accounts.models import TrainingCourse
from prevent_cases.casework.fields import DateField, YesNoField
from prevent_cases.reference.forms.acting import ReferenceForm


class CourseForm(ReferenceForm):
    """What the catalogue says of a course."""

    submit_label = "Save"
    subjects = {"title": "the title", "months_valid": "how many months it counts", "address": "the web address"}
    title = forms.CharField(label="Title", max_length=150)
    words = forms.CharField(label="What it is, and who it is for", max_length=300, required=False)
    address = forms.URLField(
        label="Where it is taken", help_text="A web address", required=False, assume_scheme="https"
    )
    months_valid = forms.IntegerField(
        label="How many months does it count?", min_value=1, max_value=120, required=False,
        help_text="Leave empty if it counts for ever. What was taken before keeps the expiry it had.",
    )  # fmt: skip
    counts_for_gate = YesNoField(
        label="Does it count as the training that people need before they refer?",
        error_messages={"required": "Choose whether it counts"},
    )
    seen_version = forms.CharField(widget=forms.HiddenInput, required=False)

    def written(self) -> dict[str, Any]:
        """What was typed, as the operation takes it."""
        hidden = ("version", "seen_version")
        return {name: value for name, value in self.cleaned_data.items() if name not in hidden}

    @staticmethod
    def initial_of(course: TrainingCourse, version: str) -> dict[str, Any]:
        names = ("title", "words", "address", "months_valid", "counts_for_gate")
        return {name: getattr(course, name) for name in names} | {"seen_version": version}


class RetireForm(ReferenceForm):
    """Nothing to type: a button."""

    submit_label = "Retire this course"


class RecordForm(ReferenceForm):
    """A course and the day it was taken."""

    submit_label = "Add to the register"
    subjects = {"taken_on": "the day it was taken"}
    course = forms.ChoiceField(
        label="Which course?", widget=forms.RadioSelect, error_messages={"required": "Choose a course"}
    )
    taken_on = DateField(label="When was it taken?", when="today_or_past")

    def __init__(self, *args: Any, courses: list[TrainingCourse], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.courses = {str(course.pk): course for course in courses}
        self.fields["course"].choices = [(key, one.title) for key, one in self.courses.items()]  # type: ignore[attr-defined]

    @property
    def course_chosen(self) -> TrainingCourse:
        return self.courses[self.cleaned_data["course"]]


class RemoveForm(ReferenceForm):
    """Nothing to type: a button."""

    submit_label = "Take it out of the register"


class UrgentForm(ReferenceForm):
    """Nothing to type: whoever presses this says that it cannot wait."""

    submit_label = "It is urgent: go on to the referral"
