"""Accounts are made by invitation; nobody signs themselves up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class InvitedOnly(DefaultAccountAdapter):
    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Sign-in and sign-out are plain from the page; allauth's banners would name the account."""
