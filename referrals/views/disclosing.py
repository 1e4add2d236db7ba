"""What was shared, in words: the rows of one disclosure, and its files as cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from prevent_cases.casework.kinds import SENT_BY_HAND, Delivery, PasswordChannel, ScanState
from prevent_cases.casework.models import Disclosure, Document
from prevent_cases.casework.wording import date_and_time, lower_first
from referrals.models import Referral
from referrals.operations.triage import to_policing

STANDING = {ScanState.WAITING: "checking", ScanState.INFECTED: "held"}


def rows_of(row: Disclosure, *, may_open: bool) -> list[dict[str, Any]]:
    """To whom, on what basis, when, and whether it arrived. The reasons in full where the material is open."""
    rows: list[dict[str, Any]] = [
        {"key": "To", "lines": recipient_in_lines(row)},
        {"key": "Decided", "value": f"{date_and_time(row.decided_at)} by {row.decided_by.name}"},
        {"key": "How it went", "value": delivery_in_words(row)},
        {"key": "Lawful basis", "value": row.lawful_basis},
    ]  # fmt: skip
    if may_open:
        rows += [
            {"key": "Purpose", "value": row.purpose},
            {"key": "Power to share it", "value": row.power},
            {"key": "What was shared", "lines": row.items},
            {"key": "Consent", "value": consent_in_words(row)},
            {"key": "Why it was necessary", "value": row.necessity},
            {"key": "Why no more than this", "value": row.proportionality},
            {"key": "Why it was fair", "value": row.fairness},
            {"key": "What was left out", "value": row.left_out or "Nothing was noted"},
        ]
    if row.recipient_team_id is None:
        return rows
    return [*rows, {"key": "Acknowledged", "value": acknowledged_in_words(row)}]


def recipient_in_lines(row: Disclosure) -> list[str]:
    """The person, their team and agency, and the address with what was known of it."""
    team = row.recipient_team.name if row.recipient_team else ""
    agency = row.recipient_agency if row.recipient_agency != team else ""
    checked = lower_first(str(row.get_address_standing_display()))
    address = f"{row.recipient_address} ({checked})" if row.recipient_address else ""
    return [line for line in (row.recipient_name, team, agency, address) if line]


def consent_in_words(row: Disclosure) -> str:
    """What they had said, and why it was shared where that was not agreement."""
    said = str(row.get_consent_display())
    return f"{said}. {row.consent_why}" if row.consent_why else said


def delivery_in_words(row: Disclosure) -> str:
    if row.delivery == Delivery.IN_SERVICE:
        return "In this service, with a message that it is there"
    if row.delivery not in SENT_BY_HAND:
        return str(row.get_delivery_display())
    how = "By secure email" if row.delivery == Delivery.SECURE_EMAIL else "By email, with a password on the file"
    if row.emailed_at is None or row.emailed_by is None:
        return f"{how}: not sent yet"
    if row.delivery == Delivery.SECURE_EMAIL:
        return f"{how} to {row.recipient_address}, sent {date_and_time(row.emailed_at)} by {row.emailed_by.name}"
    channel = lower_first(str(PasswordChannel(row.password_channel).label))
    return (
        f"By email to {row.recipient_address}, with a password on the file, sent {date_and_time(row.emailed_at)} by "
        f"{row.emailed_by.name}. The password was given to {row.password_to} {channel}"
    )


def subject_of_mail(ours: str, row: Disclosure, referral: Referral) -> str:
    """The subject of the email that carries a kept file: the references, policing's to policing, and no name."""
    is_policing = row.recipient_team_id == referral.policing_team_id
    theirs = to_policing(referral, referral.reply_address).theirs if is_policing else ""
    return f"OFFICIAL-SENSITIVE: your reference {theirs}, ours {ours}" if theirs else f"OFFICIAL-SENSITIVE: {ours}"


def acknowledged_in_words(row: Disclosure) -> str:
    if row.acknowledged_at is None or row.acknowledged_by is None:
        return "Not yet"
    return f"{date_and_time(row.acknowledged_at)} by {row.acknowledged_by.name}"


def cards_of(files: Iterable[Document], address: Callable[[Document], str]) -> list[dict[str, Any]]:
    """Files as components/file_card.html takes them, the PDF first."""
    ordered = sorted(files, key=lambda file: (_ending(file) != "PDF", file.file_name))
    return [
        {
            "title": f"{file.title}, {_ending(file)}", "url": address(file), "kind": _ending(file), "size": file.size,
            "added_at": file.added_at, "standing": STANDING.get(ScanState(file.scan), "ready"),
        }
        for file in ordered
    ]  # fmt: skip


def in_case(case_id: UUID) -> Callable[[Document], str]:
    """Where a case's people download its documents."""
    return lambda file: reverse("document", args=[case_id, file.pk])


def _ending(file: Document) -> str:
    ending = file.file_name.rpartition(".")[2].upper()
    return {"DOCX": "Word"}.get(ending, ending)
