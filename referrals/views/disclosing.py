"""What was shared, in words: the rows of one disclosure, and its files as cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from prevent_cases.casework.kinds import Delivery, ScanState
from prevent_cases.casework.models import Disclosure, Document
from prevent_cases.casework.wording import date_and_time
from referrals.models import Referral
from referrals.operations.triage import to_policing

STANDING = {ScanState.WAITING: "checking", ScanState.INFECTED: "held"}


def rows_of(row: Disclosure, *, may_open: bool) -> list[dict[str, Any]]:
    """To whom, on what basis, when, and whether it arrived. The reasons in full where the material is open."""
    recipient = (row.recipient_name, row.recipient_team.name, row.recipient_address)
    rows: list[dict[str, Any]] = [
        {"key": "To", "lines": [line for line in recipient if line]},
        {"key": "Decided", "value": f"{date_and_time(row.decided_at)} by {row.decided_by.name}"},
        {"key": "How it went", "value": delivery_in_words(row)},
        {"key": "Lawful basis", "value": row.lawful_basis},
    ]  # fmt: skip
    if may_open:
        rows += [
            {"key": "Why it was necessary", "value": row.necessity},
            {"key": "What was left out", "value": row.left_out or "Nothing was noted"},
        ]
    return [*rows, {"key": "Acknowledged", "value": acknowledged_in_words(row)}]


def delivery_in_words(row: Disclosure) -> str:
    if row.delivery == Delivery.IN_SERVICE:
        return "In this service, with a message that it is there"
    if row.emailed_at is None or row.emailed_by is None:
        return "By secure email: not sent yet"
    return f"By secure email to {row.recipient_address}, sent {date_and_time(row.emailed_at)} by {row.emailed_by.name}"


def subject_of_mail(ours: str, referral: Referral) -> str:
    """The subject of the email that carries a kept file: the references, theirs first, and no name."""
    theirs = to_policing(referral, referral.reply_address).theirs
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
