"""Choosing a register extract, and confirming what its import would do."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from prevent_cases.casework.files.limits import REGISTER_KINDS, UnsafeFile
from prevent_cases.casework.files.sniff import Inspected, inspect
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.forms import GovukForm


class ExtractForm(GovukForm):
    """The extract, as the case system wrote it."""

    submit_label = "Preview the import"
    extract = forms.FileField(
        label="The extract",
        help_text="A CSV file in UTF-8, up to 25 MB",
        error_messages={"required": "Choose the extract"},
    )
    inspected: Inspected

    def clean_extract(self) -> Any:
        upload = self.cleaned_data["extract"]
        try:
            self.inspected = inspect(upload, upload.name, REGISTER_KINDS)
        except UnsafeFile as refused:
            raise ValidationError(str(refused)) from refused
        return upload

    def lay_out(self) -> Layout:
        return Layout(Question("extract", size="m"), Actions(Submit("", self.submit_label)))


class ImportForm(GovukForm):
    """Confirms an import as it was previewed. ``seen`` is the import before it."""

    submit_label = "Import the register"
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    confirmed = forms.BooleanField(label="I have checked that the file is whole", required=False)

    def __init__(self, *args: Any, warning: str, cancel_url: str, **kwargs: Any):
        self.warning, self.cancel_url = warning, cancel_url
        super().__init__(*args, **kwargs)
        if not warning:
            del self.fields["confirmed"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.warning and not cleaned.get("confirmed"):
            self.add_error("confirmed", ValidationError("Confirm that the file is whole, or upload another"))
        return cleaned

    def lay_out(self) -> Layout:
        asked = [Question("confirmed")] if self.warning else []
        actions = Actions(Submit("", self.submit_label), Link("Do not import it", self.cancel_url))
        return Layout(*asked, actions)
