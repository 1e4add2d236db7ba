"""allauth's forms in this service's words and markup."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from crispy_forms.layout import Layout, Submit
from django import forms

from prevent_cases.casework.form_layout import Actions, Question
from prevent_cases.casework.forms import AskedInWords

HINT = "Use at least 12 characters. Three words that have nothing to do with each other are easy to remember"


class SignIn(AskedInWords, allauth_forms.LoginForm):
    """Email address and password."""

    submit_label = "Sign in"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = "Work email address", "Password"
        login.error_messages |= {
            "required": "Enter your work email address",
            "invalid": "Enter an email address in the right form, such as name@example.com",
        }
        password.error_messages |= {"required": "Enter your password"}
        password.help_text = ""
        login.widget.attrs = {"autocomplete": "username", "spellcheck": "false"}
        password.widget.attrs = {"autocomplete": "current-password"}

    def lay_out(self) -> Layout:
        return Layout(
            Question("login", width="20"),
            Question("password", width="20"),
            Actions(Submit("", self.submit_label)),
        )


class AskForReset(AskedInWords, allauth_forms.ResetPasswordForm):
    """Ask for a link to set a new password."""

    submit_label = "Send me a link"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Work email address"
        self.fields["email"].error_messages |= {
            "required": "Enter your work email address",
            "invalid": "Enter an email address in the right form, such as name@example.com",
        }


class NewPassword(AskedInWords, allauth_forms.ResetPasswordKeyForm):
    """Set a new password from a link."""

    submit_label = "Set the password"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_new_passwords(self.fields)


class ChangePassword(AskedInWords, allauth_forms.ChangePasswordForm):
    """Change one's own password."""

    submit_label = "Change the password"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["oldpassword"]
        old.label, old.error_messages["required"] = "Your password now", "Enter the password you have now"
        word_new_passwords(self.fields)


def word_new_passwords(fields: dict[str, forms.Field]) -> None:
    first, second = fields["password1"], fields["password2"]
    first.label, first.help_text = "New password", HINT
    first.error_messages["required"] = "Enter a new password"
    second.label, second.help_text = "The new password again", ""
    second.error_messages["required"] = "Enter the new password again"
