"""The link of an invitation. Its secret is worked out from the key of the service when the mail is sent, and kept
nowhere: the row holds a digest, so that whoever reads the database cannot use it."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from prevent_cases.accounts.models import Invitation

OVER = (
    "This link cannot be used. It may have been used already, or be out of date. Ask whoever invited you for a new one."
)


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def new_secret(invitation_id: UUID, sent_at: datetime) -> str:
    """The secret of a link sent at a moment; another sending has another."""
    return _secret(invitation_id, sent_at, settings.SECRET_KEY)


def secret_of(invitation: Invitation) -> str:
    """The secret of the link that was sent last, by whichever key made it; empty where that key is gone."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        secret = _secret(invitation.pk, invitation.invited_at, key)
        if constant_time_compare(digest_of(secret), invitation.secret_digest):
            return secret
    return ""


def is_open(invitation: Invitation, at: datetime) -> bool:
    return invitation.used_at is None and invitation.withdrawn_at is None and at < invitation.expires_at


def find(secret: str, at: datetime) -> Invitation | None:
    """The open invitation of a link; None for any other reason there may be."""
    found = Invitation.objects.select_related("team").filter(secret_digest=digest_of(secret)).first()
    return found if found is not None and is_open(found, at) and found.team.closed_on is None else None


def _secret(invitation_id: UUID, sent_at: datetime, key: str) -> str:
    made = f"{invitation_id} {sent_at.timestamp():.6f}"
    return salted_hmac("prevent_cases.accounts.invitations", made, secret=key, algorithm="sha256").hexdigest()
