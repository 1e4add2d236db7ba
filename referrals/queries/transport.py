"""Where a form may go by secure email: the domains of organisations, and of the police in the directory."""

from __future__ import annotations

from datetime import datetime

from prevent_cases.accounts.models import Organisation
from prevent_cases.casework.directory import contacts
from prevent_cases.casework.kinds import DirectoryKind


def allowed_domains(at: datetime) -> frozenset[str]:
    """The domains, in lower case: two statements."""
    kept = Organisation.objects.exclude(secure_domain="").values_list("secure_domain", flat=True)
    listed = [contact.email for contact in contacts(None, at, DirectoryKind.POLICE_PREVENT) if contact.email]
    return frozenset(domain.lower() for domain in (*kept, *(email.rpartition("@")[2] for email in listed)))
