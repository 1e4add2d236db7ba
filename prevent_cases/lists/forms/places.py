"""Organisations, teams, areas and localities; a question to the tester; a reason; a list as a file."""

from __future__ import annotations

import re
from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from prevent_cases.accounts.kinds import OrganisationKind, TeamKind
from prevent_cases.accounts.models import Area, Locality, Organisation
from prevent_cases.casework.fields import HourField
from prevent_cases.casework.files.limits import REGISTER_KINDS, UnsafeFile
from prevent_cases.casework.files.sniff import Inspected, inspect
from prevent_cases.casework.form_layout import Actions, Question
from prevent_cases.casework.forms import GovukForm
from prevent_cases.lists.forms.acting import BackOfficeForm
from referrals.states import Known

OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
POSTCODE = re.compile(rf"({OUTWARD.pattern})\s*([0-9][A-Z]{{2}})?")


class OrganisationForm(BackOfficeForm):
    submit_label = "Save the organisation"
    name = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(label="What kind of body is it?", choices=OrganisationKind.choices)
    secure_domain = forms.RegexField(
        r"^[A-Za-z0-9.-]+\.[A-Za-z]{2,}$",
        label="Secure mail domain",
        help_text="For example, council.example. Leave it empty if it has none",
        max_length=200,
        required=False,
        error_messages={"invalid": "Enter a domain in the right form, such as council.example"},
    )


class AreaForm(BackOfficeForm):
    submit_label = "Save the area"
    name = forms.CharField(label="Name", max_length=100)


class LocalityForm(BackOfficeForm):
    """A locality and the postcode districts it serves."""

    submit_label = "Save the locality"
    subjects = {"area": "an area"}
    name = forms.CharField(label="Name", max_length=100)
    area = forms.ModelChoiceField(Area.objects.order_by("name"), label="Area", empty_label="Choose an area")
    districts = forms.CharField(
        label="Postcode districts it serves",
        help_text="The first half of each postcode, with commas between: ES1, ES2. They suggest a team, no more",
        max_length=1000,
        required=False,
    )

    def clean_districts(self) -> list[str]:
        typed = [part for part in re.split(r"[,\s]+", self.cleaned_data["districts"].upper()) if part]
        if wrong := [part for part in typed if not OUTWARD.fullmatch(part)]:
            raise ValidationError(f"{wrong[0][:20]} is not the first half of a postcode, such as ES1")
        return list(dict.fromkeys(typed))


class TeamForm(BackOfficeForm):
    """A team. What kind it is, and whose, is asked once."""

    submit_label = "Save the team"
    mark_optional = False
    subjects = {"organisation": "an organisation"}
    name = forms.CharField(label="Name", max_length=200)
    email = forms.EmailField(
        label="Mailbox", help_text="Messages go here. Without one they go to its managers", required=False
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label="Organisation", empty_label="Choose an organisation"
    )
    kind = forms.ChoiceField(label="What does it do?", choices=TeamKind.choices)
    area = forms.ModelChoiceField(
        Area.objects.order_by("name"), label="Area", help_text="For an Area Referral Service", required=False,
        empty_label="None",
    )  # fmt: skip
    locality = forms.ModelChoiceField(
        Locality.objects.order_by("name"), label="Locality", help_text="For a locality team", required=False,
        empty_label="None",
    )  # fmt: skip

    opens_at = HourField(
        label="Opens at", help_text="On working days, for example 8:30am. Leave both empty where it keeps no hours",
        required=False,
    )  # fmt: skip
    closes_at = HourField(
        label="Closes at", help_text="What children’s duty owes within a working day is due by then", required=False
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["organisation"], self.fields["kind"]


class WhoForm(GovukForm):
    """Asks who would get a referral. Nothing that is typed here is kept."""

    submit_label = "Show who would get it"
    method = "post"
    postcode = forms.CharField(label="Postcode", help_text="Whole, or its first half", max_length=10)
    age = forms.IntegerField(label="Age", min_value=0, max_value=120)
    known = forms.ChoiceField(
        label="Is the person known to adult social care?", choices=Known.choices, widget=forms.RadioSelect
    )

    def clean_postcode(self) -> str:
        found = POSTCODE.fullmatch(self.cleaned_data["postcode"].strip().upper())
        if found is None:
            raise ValidationError("Enter a postcode in the right form, such as ES1 2AB or ES1")
        return " ".join(part for part in found.groups() if part)

    def lay_out(self) -> Layout:
        asked = [Question("postcode", width=10), Question("age", width=3), Question("known")]
        return Layout(*asked, Actions(Submit("", self.submit_label)))


class ReasonForm(BackOfficeForm):
    """A reason, which is kept with the account."""

    why = forms.CharField(
        label="Why?", help_text="It is kept with the account", max_length=200, error_messages={"required": "Say why"}
    )


class ConfirmForm(BackOfficeForm):
    """Nothing to type: the button does it."""


class FileForm(GovukForm):
    """A list of nominated workers as a CSV file."""

    submit_label = "Preview the list"
    list_file = forms.FileField(
        label="The list",
        help_text="A CSV file in UTF-8, with up to 5,000 rows",
        error_messages={"required": "Choose the file"},
    )
    inspected: Inspected

    def clean_list_file(self) -> Any:
        upload = self.cleaned_data["list_file"]
        try:
            self.inspected = inspect(upload, upload.name, REGISTER_KINDS)
        except UnsafeFile as refused:
            raise ValidationError(str(refused)) from refused
        return upload


class ApplyForm(BackOfficeForm):
    """Confirms a list as it was previewed."""

    submit_label = "Change the lists"
    seen = forms.CharField(widget=forms.HiddenInput)

    def see(self, seen: str) -> None:
        """The preview was shown as the lists are now: it may be confirmed again."""
        again = MultiValueDict(self.data)
        again["seen"] = seen
        self.data = again
