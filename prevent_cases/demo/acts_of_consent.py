"""What people in the demo were told and agreed to, and whether they are to be asked. Invented."""

from __future__ import annotations

from datetime import datetime, timedelta

from prevent_cases.casework import consenting
from prevent_cases.casework.consent_kinds import ConsentAnswer, ConsentGiver, ConsentKind, Seeking
from prevent_cases.casework.days import civil_date
from prevent_cases.demo.walk import Walk

WORDS = {
    ConsentAnswer.TOLD: "Told at home, with the support worker there. Took it calmly.",
    ConsentAnswer.NOT_TOLD: "The people met online read this person’s telephone.",
    ConsentAnswer.AGREED: "Said yes, and asked to be told what comes of it.",
    ConsentAnswer.UNABLE: "Could not hold the choices in mind for long enough to weigh them.",
    ConsentAnswer.ABLE: "Followed, and gave reasons of their own.",
}
WHY = "Asking now would warn the people behind the messages."


def said(walk: Walk, at: datetime, kind: str, answer: str, giver: str = ConsentGiver.PERSON) -> None:
    about = {}
    if kind == ConsentKind.CAPACITY:
        about = {"decision": "Whether to meet a mentor", "support": "Plain words, twice, at home, without hurry"}
    consenting.record_consent(
        case=walk.case, kind=kind, answer=answer, giver=giver, on=civil_date(at),
        words=WORDS.get(ConsentAnswer(answer), ""), **about, by=walk.worker(at), at=at,
    )  # fmt: skip


def seeking(walk: Walk, at: datetime, kind: str, decision: str, days_on: str = "") -> None:
    worker = walk.worker(at)
    consenting.decide_on_seeking(
        case=walk.case, kind=kind, decision=decision, who=worker.name,
        on=civil_date(at) + timedelta(days=int(days_on)) if days_on else None,
        why="" if decision == Seeking.SEEK else WHY, by=worker, at=at,
    )  # fmt: skip
