"""Taking up a seat that was offered by mail: a password, twice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from prevent_cases.accounts.models import Invitation, User
from prevent_cases.casework.forms import GovukForm

HINT = "Use at least 12 characters. Three words that have nothing to do with each other are easy to remember"


class JoinForm(GovukForm):
    """A password for the account that was offered; Django's validators judge it."""

    submit_label = "Set the password"
    mark_optional = False
    email = forms.CharField(
        label="You will sign in with", required=False, widget=forms.EmailInput(
            {"autocomplete": "username", "readonly": "readonly"}
        ),
    )  # fmt: skip
    password = forms.CharField(
        label="Password", help_text=HINT, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label="The password again", strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any):
        self.invitation = invitation
        super().__init__(*args, initial={"email": invitation.email}, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", ValidationError("The two passwords are not the same"))
        elif password:
            try:
                validate_password(password, User(email=self.invitation.email, name=self.invitation.name))
            except ValidationError as wrong:
                self.add_error("password", wrong)
        return cleaned
