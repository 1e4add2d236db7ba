"""Put somebody on a list, give them a seat, invite them, end it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from prevent_cases.accounts.kinds import NOMINATING, SeatRole
from prevent_cases.accounts.models import Team, User
from prevent_cases.casework.fields import DateField, YesNoField
from prevent_cases.lists.forms.acting import Choices, ListForm, people_as_choices

LAST_DAY = "Leave it empty if it has no end yet. The last day is included"


class DatedForm(ListForm):
    """Something true from one day to another."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", ValidationError("The last day cannot be before the first day"))
        return cleaned


class NominateForm(DatedForm):
    """A nominated worker, or somebody to cover for one."""

    submit_label = "Put them on the list"
    subjects = {"user": "a person", "covers": "whom they cover for"}
    user = forms.ChoiceField(label="Who?", help_text="People with a seat in this team")
    covers = forms.ChoiceField(
        label="Do they cover for somebody?", help_text="Whoever is away and is on the list already", required=False
    )
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day", help_text=LAST_DAY, required=False)

    def __init__(self, *args: Any, seated: list[User], nominees: list[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["user"].choices = people_as_choices(seated, "Choose a person")
        fields["covers"].choices = people_as_choices(nominees, "No, they are on the list themselves")

    def who(self) -> User:
        return User.objects.get(pk=UUID(self.cleaned_data["user"]))

    def covered(self) -> User | None:
        chosen = self.cleaned_data["covers"]
        return User.objects.get(pk=UUID(chosen)) if chosen else None


class SeatForm(DatedForm):
    """A seat for somebody who has an account."""

    submit_label = "Give the seat"
    email = forms.EmailField(label="Email address they sign in with")
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day", help_text=LAST_DAY, required=False)
    found: User

    def __init__(self, *args: Any, roles: list[SeatRole], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["role"].choices = [(role.value, role.label) for role in roles]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        found = User.objects.filter(email=email).first()
        if found is None:
            raise ValidationError("Nobody signs in with this address. Invite them instead")
        self.found = found
        return email

    def refuse(self, refusal: Any) -> None:
        if refusal.field == "user":
            refusal.field = "email"
        super().refuse(refusal)


class InviteForm(DatedForm):
    """A seat offered by mail to somebody who has no account."""

    submit_label = "Send the invitation"
    name = forms.CharField(label="Their name", max_length=150)
    email = forms.EmailField(label="Their work email address")
    job_title = forms.CharField(label="Job title", max_length=150, required=False)
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)
    is_nominated = YesNoField(label="Are they a nominated Prevent virtual worker of this team?")
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day", help_text=LAST_DAY, required=False)

    def __init__(self, *args: Any, team: Team, roles: list[SeatRole], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["role"].choices = [(role.value, role.label) for role in roles]
        if team.kind not in NOMINATING:
            del self.fields["is_nominated"]


class EndForm(ListForm):
    """The last day of a seat or nomination, and who takes the open work over."""

    submit_label = "Set the last day"
    subjects = {"successor": "who takes the work over"}
    ends_on = DateField(label="Last day", help_text="Included: access ends at midnight")
    successor = forms.ChoiceField(
        label="Who takes over their open work?",
        help_text="It passes to them now, with a line in the history of each case",
        required=False,
    )

    def __init__(self, *args: Any, successors: list[User], has_work: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["successor"].choices = people_as_choices(successors, "Choose a person")
        if not has_work:
            del self.fields["successor"]

    def person(self) -> User | None:
        chosen = self.cleaned_data.get("successor")
        return User.objects.get(pk=UUID(chosen)) if chosen else None


class HandOverForm(ListForm):
    """Who takes over somebody's open work in a team."""

    submit_label = "Hand the work over"
    successor = forms.ChoiceField(label="Who takes it over?", error_messages={"required": "Choose a person"})

    def __init__(self, *args: Any, successors: list[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["successor"].choices = people_as_choices(successors, "Choose a person")


class ReviewForm(ListForm):
    """Each seat of a team, to keep or to end."""

    submit_label = "Sign the review"

    def __init__(self, *args: Any, seats: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for pk, words in seats:
            self.fields[pk] = forms.ChoiceField(
                label=words,
                choices=[("keep", "Keep"), ("end", "End today")],
                widget=forms.RadioSelect,
                error_messages={"required": f"Say whether {words.split(',', maxsplit=1)[0]} stays"},
            )

    def decisions(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
