"""Have waiting documents checked for harmful content. Until the scanner says they are clean they stay shut."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime
from uuid import UUID

from prevent_cases.accounts.actors import the_service
from prevent_cases.casework import access, outbox
from prevent_cases.casework.answer_links import last_link
from prevent_cases.casework.engine import keep, record
from prevent_cases.casework.files.scan import Verdict, scan
from prevent_cases.casework.kinds import ScanState
from prevent_cases.casework.models import Document
from prevent_cases.casework.store import open_file

MOST = 200
NO_CASE = UUID(int=0)
ANSWERS = {Verdict.CLEAN: ScanState.CLEAN, Verdict.INFECTED: ScanState.INFECTED}

log = logging.getLogger("prevent_cases.scanning")


def scan_documents(*, address: str, at: datetime) -> Counter[str]:
    """Ask the scanner at ``address`` about every waiting document, one transaction each; how many of each answer.

    Stops at the first one it cannot answer for: the rest wait for the next run. Two runs at once share the work.
    """
    answers: Counter[str] = Counter()
    if not address:
        return answers
    for document_id, case_id in _waiting():
        verdict = _scan_one(document_id, case_id, address, at)
        if verdict is not None:
            answers[verdict.value] += 1
        if verdict == Verdict.UNAVAILABLE:
            break
    return answers


def _tell_the_sender(document: Document, event_id: int, at: datetime) -> None:
    """Whoever answered a question from outside is told that a file of theirs stays shut, and not by a link."""
    link = last_link(document.subject) if document.subject else None
    if link is not None:
        key, to = f"event:{event_id}:sender", outbox.ToAddress(link.address)
        outbox.write(key=key, kind="document.unclean", case=document.case, to=to, at=at)


def _waiting() -> list[tuple[UUID, UUID]]:
    with access.material(the_service("scan"), NO_CASE):
        rows = Document.objects.filter(scan=ScanState.WAITING).order_by("added_at")
        return list(rows.values_list("pk", "case_id")[:MOST])


def _scan_one(document_id: UUID, case_id: UUID, address: str, at: datetime) -> Verdict | None:
    """The scanner's answer; None where another run has the document, or its file is not there to be read."""
    service = the_service("scan")
    with access.material(service, case_id):
        rows = Document.objects.select_for_update(skip_locked=True, of=("self",)).select_related("case__holder_team")
        document = rows.filter(pk=document_id, scan=ScanState.WAITING).first()
        if document is None:
            return None
        try:
            with open_file(document) as upload:
                verdict = scan(upload, address).verdict
        except OSError:
            log.exception("unreadable", extra={"job": "scan_documents"})
            return None
        if verdict not in ANSWERS:
            return verdict
        document.scan = ANSWERS[verdict]
        keep(document, by=service, at=at)
        if verdict == Verdict.INFECTED:
            event = record(case=document.case, kind="document.withheld", by=service, at=at)
            key = f"event:{event.pk}:holder"
            outbox.write(key=key, kind="document.withheld", case=document.case, to=document.case.holder_team, at=at)
            _tell_the_sender(document, event.pk, at)
        return verdict
