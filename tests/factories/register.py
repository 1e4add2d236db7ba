"""Entries of the register extract, with the keys they are found by."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any

from prevent_cases.casework.now import now
from referrals.matching.keys import keys_for
from referrals.matching.names import match_name
from referrals.models import RegisterEntry, RegisterImport, RegisterKey
from referrals.states import RegisterStatus

_numbers = itertools.count(700_001)


def a_register_import(at: datetime | None = None) -> RegisterImport:
    return RegisterImport.objects.create(
        at=at or now(), file_name="register.csv", sha256="0" * 64, rows=0, added=0, changed=0, ended=0
    )


def a_register_entry(
    given_name: str, family_name: str, status: str = RegisterStatus.KNOWN, **columns: Any
) -> RegisterEntry:
    """Somebody in the case system. ``status`` open or known; any column of the entry by name."""
    entry = RegisterEntry(given_name=given_name, family_name=family_name, status=status, **columns)
    entry.mosaic_id = entry.mosaic_id or str(next(_numbers))
    if entry.last_import_id is None:
        entry.last_import = RegisterImport.objects.order_by("-at").first() or a_register_import()
    entry.match_name = match_name(entry.facts)
    entry.save()
    RegisterKey.objects.bulk_create(RegisterKey(key=key, entry=entry) for key in keys_for(entry.facts))
    return entry
