"""The details a person is recognised by, as they are typed from a referral."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from prevent_cases.casework.fields import DateField, FilesField, ProseField
from prevent_cases.casework.files.limits import MAX_FILES, MAX_TOGETHER, MEGABYTE, REFERRAL_KINDS, UnsafeFile, in_words
from prevent_cases.casework.files.sniff import Inspected, inspect
from prevent_cases.casework.forms import GovukForm
from referrals.reading.readings import nhs_number_in, postcode_in

PERSON = ("given_name", "family_name", "other_names", "born_on", "address", "postcode", "nhs_number", "phone")
OLDEST = date(1900, 1, 1)


class PersonForm(GovukForm):
    """Who a referral is about. Everything may be left out but a name."""

    given_name = forms.CharField(label="Given names", max_length=300, required=False)
    family_name = forms.CharField(label="Family name", max_length=300, required=False)
    other_names = forms.CharField(
        label="Other names",
        help_text="Aliases, nicknames and earlier names, with a semicolon between them",
        max_length=600,
        required=False,
    )
    born_on = DateField(
        label="Date of birth", help_text="For example, 27 3 1987", when="past", earliest=OLDEST, required=False
    )
    address = ProseField(label="Address", validators=[MaxLengthValidator(500)], required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    nhs_number = forms.CharField(label="NHS number", max_length=12, required=False)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)

    def clean_postcode(self) -> str:
        typed: str = self.cleaned_data["postcode"]
        if typed and not (found := postcode_in(typed)):
            raise ValidationError("Enter a full postcode, like ZE1 4AB, or leave it out and write it in the address")
        return found if typed else ""

    def clean_nhs_number(self) -> str:
        typed: str = self.cleaned_data["nhs_number"]
        if typed and not (found := nhs_number_in(typed)):
            raise ValidationError("Enter the 10 figures of the NHS number again. These do not make an NHS number")
        return found if typed else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("given_name") or cleaned.get("family_name")) and not self._named_badly():
            self.add_error("given_name", ValidationError("Enter a given name or a family name", code="required"))
        return cleaned

    def _named_badly(self) -> bool:
        return bool({"given_name", "family_name"} & set(self.errors))

    @property
    def person(self) -> dict[str, Any]:
        """The typed details, by column."""
        return {name: self.cleaned_data[name] for name in PERSON}


class ReferralFilesField(FilesField):
    """Files that may be kept with a referral; cleans to pairs of the upload and what it was found to be."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", f"Each may be {in_words(REFERRAL_KINDS)}, up to 25 MB")
        super().__init__(most=MAX_FILES, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[tuple[Any, Inspected]]:
        uploads = super().clean(data, initial)
        if sum(upload.size for upload in uploads) > MAX_TOGETHER:
            raise ValidationError(f"The files together are over {MAX_TOGETHER // MEGABYTE} MB. Send them in parts")
        return [(upload, self._inspected(upload)) for upload in uploads]

    def _inspected(self, upload: Any) -> Inspected:
        try:
            return inspect(upload, upload.name, REFERRAL_KINDS)
        except UnsafeFile as refused:
            raise ValidationError("%(name)s: %(why)s", params={"name": upload.name, "why": refused}) from refused
