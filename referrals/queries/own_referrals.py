"""What a practitioner sees of what they sent: their own rows and nothing else, whoever the person is to the council."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.kinds import ScanState
from prevent_cases.casework.models import Document, Narrative
from referrals.clocks import TAKE_UP
from referrals.models import Concern, PractitionerReferral, ReferrerQuestion
from referrals.queries.own_words import (
    ABOUT,
    ADDED,
    ADVICE,
    FINISHED,
    STEPS,
    Amendment,
    Box,
    about_rows,
    amendments,
    boxes_of,
)
from referrals.states import ConcernStage, QuestionState, Transport
from referrals.states import PractitionerState as P

MOST = 100
STATUS = {
    P.SENT: ("Received", "new"),
    P.TAKEN_UP: ("Being looked at", "progress"),
    P.LINKED: ("Being looked at", "progress"),
    P.FINISHED: ("Finished", "done"),
    P.WITHDRAWN: ("Withdrawn by you", "closed"),
}
"""What a referrer is told of a state: three words, which an officer's act alone changes, and their own withdrawal."""
NEXT = {
    P.SENT: "The Strategic Safeguarding Unit has it. Somebody takes it up within {promised}.",
    P.TAKEN_UP: "The Strategic Safeguarding Unit is looking at it. If something is not clear they ask you here.",
    P.LINKED: "The Strategic Safeguarding Unit is looking at it. If something is not clear they ask you here.",
    P.FINISHED: "What you sent has been dealt with. You are not told what was found about the person, or what is done.",
    P.WITHDRAWN: "You took it back. What you sent is kept, with your reason.",
}
STANDING = {
    ScanState.CLEAN: "ready",
    ScanState.NOT_SCANNED: "ready",
    ScanState.WAITING: "checking",
    ScanState.INFECTED: "held",
}
STAGE_TONES = {
    ConcernStage.WRITING: "progress",
    ConcernStage.WITH_LEAD: "waiting",
    ConcernStage.WATCHING: "attention",
    ConcernStage.EXPLAINED: "done",
}


@dataclass(frozen=True)
class Asked:
    """A question of the SSU and its answer, as far as there is one."""

    id: UUID
    asked_at: datetime
    question: str
    answer: str
    answered_at: datetime | None
    is_open: bool
    is_taken_back: bool


@dataclass(frozen=True)
class OwnReferral:
    """A referral as its referrer sees it."""

    referral: PractitionerReferral
    about: list[dict[str, Any]]
    boxes: list[Box]
    advice: str
    steps: str
    finished: str
    files: list[dict[str, Any]]
    questions: list[Asked]
    amendments: list[Amendment]

    @property
    def status(self) -> dict[str, str]:
        text, tone = STATUS[P(self.referral.state)]
        return {"text": text, "tone": tone}

    @property
    def next(self) -> str:
        promised = self.referral.case.procedure.length_of(TAKE_UP)
        return NEXT[P(self.referral.state)].format(promised=promised)

    @property
    def is_amendable(self) -> bool:
        return self.referral.state not in (P.FINISHED, P.WITHDRAWN)

    @property
    def is_withdrawable(self) -> bool:
        return self.referral.state == P.SENT

    @property
    def by_other_means(self) -> str:
        """How the form goes to police besides, in the procedure's own words; empty where it goes here alone."""
        return self.referral.case.procedure.texts["sent_by_other_means"]

    @property
    def is_transported(self) -> bool:
        return self.referral.transport != Transport.HERE


def mine(actor: Actor, referral_id: UUID) -> PractitionerReferral:
    """One's own referral. :raises Http404: the same for somebody else's and for none"""
    rows = PractitionerReferral.objects.filter(pk=referral_id, referrer=actor.user_id)
    found = rows.select_related("case", "organisation").first()
    if found is None:
        raise Http404
    return found


def own_referral(actor: Actor, referral_id: UUID) -> OwnReferral:
    """A referral with its words, files, questions and amendments. :raises Http404: as :func:`mine`"""
    referral = mine(actor, referral_id)
    with access.oneself(actor):
        told = list(Narrative.objects.filter(subject=referral.record_key).order_by("heading"))
        files = list(Document.objects.filter(case=referral.case_id, subject=referral.record_key).order_by("added_at"))
        words = {row.heading: row.text for row in told}
        return OwnReferral(
            referral,
            about_rows(referral),
            boxes_of(referral.form_version, told),
            advice=words.get(ADVICE, ""),
            steps=words.get(STEPS, ""),
            finished=words.get(FINISHED, ""),
            files=[_file(referral, file) for file in files],
            questions=questions_of(referral),
            amendments=amendments(referral),
        )


def questions_of(referral: PractitionerReferral) -> list[Asked]:
    """The questions about a referral with the words of both, oldest first: two statements, one where there is none."""
    rows = list(ReferrerQuestion.objects.filter(referral=referral).order_by("asked_at"))
    if not rows:
        return []
    said = Narrative.objects.filter(subject__in=[row.record_key for row in rows])
    words = {(row.subject, row.heading): row.text for row in said}
    return [
        Asked(
            row.pk, row.asked_at, words.get((row.record_key, "question"), ""),
            words.get((row.record_key, "answer"), ""), row.answered_at, row.state == QuestionState.ASKED,
            row.state == QuestionState.TAKEN_BACK,
        )
        for row in rows
    ]  # fmt: skip


def own_question(actor: Actor, question_id: UUID) -> tuple[ReferrerQuestion, Asked]:
    """A question that was put to this person, with its words. :raises Http404: for anybody else's"""
    rows = ReferrerQuestion.objects.filter(pk=question_id, referrer=actor.user_id)
    question = rows.select_related("referral__case").first()
    if question is None:
        raise Http404
    with access.oneself(actor):
        return question, next(asked for asked in questions_of(question.referral) if asked.id == question.pk)


def own_file(actor: Actor, referral_id: UUID, document_id: UUID) -> tuple[PractitionerReferral, Document]:
    """A file of one's own referral, ready to be handed out. :raises Http404: for any other, or a held one"""
    referral = mine(actor, referral_id)
    with access.oneself(actor):
        found = Document.objects.filter(pk=document_id, case=referral.case_id, subject=referral.record_key).first()
    if found is None or not found.is_readable:
        raise Http404
    return referral, found


def sent_by(actor: Actor) -> list[dict[str, Any]]:
    """What this person sent, newest first, as rows of components/table.html: one statement."""
    waiting = ReferrerQuestion.objects.filter(referral=OuterRef("pk"), state=QuestionState.ASKED)
    rows = PractitionerReferral.objects.filter(referrer=actor.user_id).select_related("case")
    found = rows.annotate(has_question=Exists(waiting)).order_by("-sent_at")[:MOST]
    return [
        {
            "url": reverse("mine:referral", args=[row.pk]),
            "name": row.full_name or "Name not known",
            "reference": row.case.reference,
            "sent_at": row.sent_at,
            "status": STATUS[P(row.state)][0],
            "tone": STATUS[P(row.state)][1],
            "has_question": row.has_question,
        }
        for row in found
    ]


def concerns_of(actor: Actor) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The concerns that were handed to this person, then those they wrote and have not sent: one statement."""
    with access.oneself(actor):
        rows = (
            Concern.objects.exclude(stage=ConcernStage.SENT)
            .select_related("writer", "lead")
            .order_by("-saved_at", "-id")
        )
        found = list(rows[:MOST])
    handed = [row for row in found if row.lead_id == actor.user_id and row.stage != ConcernStage.WRITING]
    written = [row for row in found if row.writer_id == actor.user_id]
    return [_concern(row) for row in handed], [_concern(row) for row in written]


def first_said(referral: PractitionerReferral, boxes: list[Box]) -> dict[str, Any]:
    """What the boxes of the page that amends it hold at first."""
    return {name: getattr(referral, name) for name in ABOUT} | {ADDED: ""} | {box.key: box.text for box in boxes}


def _concern(row: Concern) -> dict[str, Any]:
    answers = row.answers
    name = " ".join(part for key in ("given_name", "family_name") if (part := answers.get(f"individual.{key}")))
    is_draft = row.stage == ConcernStage.WRITING
    return {
        "url": reverse("refer:tasks" if is_draft else "mine:concern", args=[row.pk]),
        "name": name or "Name not given yet",
        "stage": row.get_stage_display(),
        "tone": STAGE_TONES[ConcernStage(row.stage)],
        "writer": row.writer.name,
        "lead": row.lead.name if row.lead else "",
        "saved_at": row.saved_at,
        "forget_on": row.forget_on,
    }


def _file(referral: PractitionerReferral, row: Document) -> dict[str, Any]:
    standing = STANDING[ScanState(row.scan)]
    return {
        "title": row.title or row.file_name,
        "url": reverse("mine:file", args=[referral.pk, row.pk]) if standing == "ready" else "",
        "kind": row.file_name.rpartition(".")[2].upper() or "File",
        "size": row.size,
        "added_at": row.added_at,
        "standing": standing,
    }
