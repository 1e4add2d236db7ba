"""A post of the directory, its last day, the preview's moment, and who holds a post that escalations go to."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from crispy_forms.layout import Fieldset, Layout
from django import forms

from prevent_cases.casework.days import moment
from prevent_cases.casework.directory_edits import Written
from prevent_cases.casework.fields import DateField, HourField
from prevent_cases.casework.form_layout import Question
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.kinds import DirectoryKind
from prevent_cases.casework.models import DirectoryEntry, Post
from prevent_cases.reference.forms.acting import ReferenceForm


class EntryForm(ReferenceForm):
    """All that an entry says."""

    submit_label = "Save"
    subjects = {"title": "the title", "starts_on": "the first day", "ends_on": "the last day"}
    kind = forms.ChoiceField(
        label="What kind of post is it?",
        choices=[("", "Choose one"), *DirectoryKind.choices],
        error_messages={"required": "Choose what kind of post it is"},
    )
    title = forms.CharField(label="Title", help_text="What people are told, such as “Prevent lead”", max_length=150)
    holder_name = forms.CharField(label="Who holds it", max_length=150, required=False)
    area = forms.ChoiceField(label="Which area is it for?", required=False)
    deputy_of = forms.ChoiceField(label="Is it the deputy of another post?", required=False)
    telephone = forms.CharField(label="Telephone number", max_length=40, required=False)
    opens_at = HourField(
        label="Answered from", required=False, help_text="On working days. Leave both empty if it is always answered."
    )
    closes_at = HourField(label="Answered until", required=False)
    out_of_hours = forms.CharField(label="Number at other times", max_length=40, required=False)
    email = forms.EmailField(label="Email address", required=False)
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day", required=False)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], posts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "Everywhere"), *areas]  # type: ignore[attr-defined]
        self.fields["deputy_of"].choices = [("", "No"), *posts]  # type: ignore[attr-defined]

    def questions(self) -> list[Any]:
        narrow = {"telephone": 20, "out_of_hours": 20, "opens_at": 10, "closes_at": 10}
        return [
            Question(name, width=narrow.get(name, ""))
            for name, field in self.fields.items()
            if not field.widget.is_hidden
        ]

    def written(self) -> Written:
        """What was typed, as the operation takes it."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        area, post = typed.pop("area"), typed.pop("deputy_of")
        return Written(**typed, area_id=UUID(area) if area else None, deputy_of_id=UUID(post) if post else None)

    @staticmethod
    def initial_of(entry: DirectoryEntry) -> dict[str, Any]:
        names = [name for name in EntryForm.base_fields if name not in ("area", "deputy_of")]
        return {name: getattr(entry, name) for name in names} | {
            "area": str(entry.area_id or ""), "deputy_of": str(entry.deputy_of_id or "")
        }  # fmt: skip


class EndForm(ReferenceForm):
    """The last day of an entry."""

    submit_label = "Set the last day"
    subjects = {"ends_on": "the last day"}
    ends_on = DateField(label="Last day", help_text="It is shown until the end of this day.")


class MomentForm(GovukForm):
    """Where and when somebody would look at the directory."""

    submit_label = "Show what they would see"
    method = "get"
    mark_optional = False
    subjects = {"on": "the day", "hour": "the time"}
    area = forms.ChoiceField(label="In which area?", required=False)
    on = DateField(label="On which day?")
    hour = HourField(label="At what time?", help_text="For example, 6pm")

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "No area known"), *areas]  # type: ignore[attr-defined]

    def moment(self) -> datetime:
        return moment(self.cleaned_data["on"], self.cleaned_data["hour"])


class PostForm(ReferenceForm):
    """Who is told when a deadline has been late for long."""

    submit_label = "Save"
    holder_email = forms.EmailField(
        label="Who holds it", help_text="The email address they sign in with", required=False
    )
    deputy_email = forms.EmailField(
        label="Who deputises", help_text="They are told if the holder cannot be", required=False
    )
    deputy_from = DateField(label="First day on which the deputy stands in", required=False)
    deputy_until = DateField(label="Last day on which the deputy stands in", required=False)
    email = forms.EmailField(label="Mailbox", help_text="Told if neither can be", required=False)

    def lay_out(self) -> Layout:
        layout = super().lay_out()
        asked = list(layout.fields)
        away = Fieldset("If the holder is away", *asked[2:4])
        return Layout(*asked[:2], away, *asked[4:])

    @staticmethod
    def initial_of(post: Post) -> dict[str, Any]:
        return {
            "holder_email": post.holder.email if post.holder else "",
            "deputy_email": post.deputy.email if post.deputy else "",
            "deputy_from": post.deputy_from, "deputy_until": post.deputy_until, "email": post.email,
            "version": post.version,
        }  # fmt: skip
