"""What is known of an address before something is sent to it: whose it is, and whether its mail is safe (K0.12)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from prevent_cases.casework.kinds import AddressStanding

_KNOWN = """
SELECT (EXISTS (SELECT FROM casework_directoryentry WHERE lower(email) = %(address)s AND starts_on <= %(on)s
                   AND coalesce(ends_on, 'infinity') >= %(on)s)
     OR EXISTS (SELECT FROM accounts_team WHERE lower(email) = %(address)s AND closed_on IS NULL)
     OR EXISTS (SELECT FROM accounts_user WHERE lower(email) = %(address)s AND is_active)),
       (EXISTS (SELECT FROM accounts_organisation WHERE secure_domain <> '' AND lower(secure_domain) = %(domain)s)
     OR EXISTS (SELECT FROM casework_securedomain WHERE retired_at IS NULL AND (domain = %(domain)s
                    OR (covers_below AND right(%(domain)s, length(domain) + 1) = '.' || domain)))),
       ARRAY(SELECT DISTINCT lower(u.email) FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
              WHERE m.team_id = %(team)s AND u.is_active AND m.starts_on <= %(on)s
                AND coalesce(m.ends_on, 'infinity') >= %(on)s)
"""
_STANDING = {
    (True, True): AddressStanding.KNOWN,
    (False, True): AddressStanding.SECURE,
    (True, False): AddressStanding.LISTED,
    (False, False): AddressStanding.UNKNOWN,
}


def standing_of(address: str, on: date) -> str:
    """Whether an address is in the directory or among our own teams and accounts on a day, and whether its domain is
    on the list of secure ones: an AddressStanding. One statement."""
    return known_of(address, None, on)[0]


def known_of(address: str, team_id: UUID | None, on: date) -> tuple[str, frozenset[str]]:
    """The standing of an address, and the addresses of a team's members who can sign in on a day. One statement."""
    asked = address.strip().lower()
    given: dict[str, Any] = {"address": asked, "domain": asked.rpartition("@")[2], "on": on, "team": team_id}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, given)
        is_known, is_secure, emails = cursor.fetchone()
    standing = _STANDING[bool(is_known), bool(is_secure)] if asked else AddressStanding.NO_ADDRESS
    return str(standing), frozenset(emails)
