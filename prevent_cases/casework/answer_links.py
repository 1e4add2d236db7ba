"""The link by which somebody outside answers one question. Its secret and its code are worked out from the key of the
service, and kept nowhere (like an invitation's, accounts/invitations.py). Every link that does not open says one thing.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.invitations import digest_of
from prevent_cases.casework.models import AnswerLink

OVER = "This link cannot be used. It may have been used already, or be out of date. Ask whoever sent it for a new one."
MOST_TRIES = 5
"""How many wrong codes a link bears. After that it is over, and must be sent again."""

DIGITS = 6
SALT = "prevent_cases.casework.answer_links"


def new_digest(link_id: UUID, sent_at: datetime) -> str:
    """The digest of the secret of a link that is made now; another sending has another."""
    return digest_of(_made(link_id, sent_at, settings.SECRET_KEY))


def last_link(subject: str) -> AnswerLink | None:
    """The last link that was made for a record."""
    return AnswerLink.objects.filter(subject=subject).order_by("-sent_at", "-id").first()


def is_open(link: AnswerLink, at: datetime) -> bool:
    return link.used_at is None and link.ended_at is None and at < link.expires_at


def find(secret: str, at: datetime, *, even_held: bool = False) -> AnswerLink | None:
    """The open link with this secret; None for any other reason there may be. A hold on the case closes it, but for an
    answer that is being sent (``even_held``): the words are the same, and nobody outside learns of the hold."""
    found = AnswerLink.objects.select_related("case").filter(secret_digest=digest_of(secret)).first()
    if found is None or not is_open(found, at):
        return None
    return found if even_held or not found.case.is_held else None


def find_own(actor: Actor, subject: str, at: datetime, *, even_held: bool = False) -> AnswerLink | None:
    """The open link of this person's account to a record; None for any other reason there may be."""
    rows = AnswerLink.objects.select_related("case").filter(user=actor.user_id, subject=subject)
    found = rows.filter(used_at=None, ended_at=None).first() if actor.is_signed_in else None
    if found is None or not is_open(found, at):
        return None
    return found if even_held or not found.case.is_held else None


def secret_of(link: AnswerLink) -> str:
    """The secret of a link, by whichever key made it; empty where that key is gone, or where it has none."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        secret = _made(link.pk, link.sent_at, key)
        if link.secret_digest and constant_time_compare(digest_of(secret), link.secret_digest):
            return secret
    return ""


def code_of(link: AnswerLink) -> str:
    """The six figures that are told by telephone; empty where none are needed, or the key that made them is gone."""
    secret = secret_of(link) if link.needs_code else ""
    if not secret:
        return ""
    return f"{int(digest_of(f'code {secret}'), 16) % 10**DIGITS:0{DIGITS}}"


def is_the_code(link: AnswerLink, typed: str) -> bool:
    """Whether these are the figures, however they are spaced."""
    figures = "".join(letter for letter in typed if letter.isdecimal())
    return bool(code := code_of(link)) and constant_time_compare(figures, code)


def _made(link_id: UUID, sent_at: datetime, key: str) -> str:
    made = f"{link_id} {sent_at.timestamp():.6f}"
    return salted_hmac(SALT, made, secret=key, algorithm="sha256").hexdigest()
