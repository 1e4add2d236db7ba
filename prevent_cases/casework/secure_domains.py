"""The list of domains whose mail is safe for what is shared: list one, retire one (E4.35 to E4.37)."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.engine import keep
from prevent_cases.casework.models import SecureDomain
from prevent_cases.casework.policy import may_edit_directory
from prevent_cases.casework.workflow import NotAllowed, Refused

DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
TOO_WIDE = frozenset({"co.uk", "org.uk", "gov.uk", "nhs.uk", "ac.uk", "sch.uk", "police.uk"})
"""Endings under which anybody of that sort may have an address: never listed with everything below them."""


@transaction.atomic
def list_domain(*, domain: str, covers_below: bool, why: str, by: Actor, at: datetime) -> SecureDomain:
    """Put a domain on the list from now on.

    :raises NotAllowed: unless a keeper of the lists or the unit's lead lists it
    :raises Refused: for what is no domain, one that would cover half the country, no reason, or one listed already
    """
    _allow(by)
    name = domain.strip().lower().lstrip("@")
    if not DOMAIN.fullmatch(name):
        raise Refused("Enter a domain in the right form, such as council.example.", field="domain")
    if covers_below and name in TOO_WIDE:
        raise Refused(f"Not every address below {name} is secure. List the domains you need.", field="covers_below")
    if not why.strip():
        raise Refused("Say how you know that its mail is secure.", field="why")
    if SecureDomain.objects.select_for_update().filter(domain=name, retired_at__isnull=True).exists():
        raise Refused("This domain is on the list already.", field="domain")
    row = SecureDomain(domain=name, covers_below=covers_below, why=why.strip(), added_by=by.user, added_at=at)
    return keep(row, by=by, at=at)


@transaction.atomic
def retire_domain(*, listed: SecureDomain, by: Actor, at: datetime) -> SecureDomain:
    """Take a domain off the list from now on. What was sent there stays as it was recorded.

    :raises NotAllowed: unless a keeper of the lists or the unit's lead retires it :raises Refused: if it is off already
    """
    _allow(by)
    row = SecureDomain.objects.select_for_update().get(pk=listed.pk)
    if row.retired_at is not None:
        raise Refused("This domain is off the list already.")
    row.retired_by, row.retired_at = by.user, at
    return keep(row, by=by, at=at)


def _allow(by: Actor) -> None:
    if not may_edit_directory.allows(by, None):
        raise NotAllowed(f"This may only be done by {may_edit_directory.says}.")
