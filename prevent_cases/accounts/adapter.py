"""Accounts are made by invitation; nobody signs themselves up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class InvitedOnly(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is not right",
        "too_many_login_attempts": "There were too many tries. Wait a few minutes, then try again",
        "enter_current_password": "Enter the password you have now",
        "password_mismatch": "The two new passwords are not the same",
    }

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Sign-in and sign-out are plain from the page; allauth's banners would name the account."""
