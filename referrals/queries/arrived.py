"""Practitioners' own referrals as the SSU sees them: which wait, and one with its words, files, questions, history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access, queries
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import Look, ScanState
from prevent_cases.casework.models import Case, Document, Narrative
from prevent_cases.casework.wording import due_words
from prevent_cases.casework.workflow import Transition
from referrals.models import PractitionerReferral, ReferrerQuestion
from referrals.queries.own_referrals import STANDING, Asked, questions_of
from referrals.queries.own_words import ADVICE, FINISHED, STEPS, Amendment, Box, about_rows, amendments, boxes_of
from referrals.states import PractitionerState as P
from referrals.states import QuestionState
from referrals.workflow import PRACTITIONER_REFERRAL

PAGE = 25
EVENTS = 12
TABS = {
    "new": ("To take up", (P.SENT,)),
    "open": ("Being looked at", (P.TAKEN_UP, P.LINKED)),
    "over": ("Finished or withdrawn", (P.FINISHED, P.WITHDRAWN)),
}
TONES = {P.SENT: "new", P.TAKEN_UP: "progress", P.LINKED: "progress", P.FINISHED: "done", P.WITHDRAWN: "closed"}


@dataclass(frozen=True)
class Arrived:
    """A practitioner's referral as an officer sees it. ``may_open`` is False where its material is closed to them."""

    referral: PractitionerReferral
    may_open: bool
    about: list[dict[str, Any]]
    boxes: list[Box]
    advice: str
    steps: str
    finished: str
    files: list[dict[str, Any]]
    questions: list[Asked]
    amendments: list[Amendment]
    happened: tuple[Any, ...]
    deadlines: list[dict[str, Any]]
    open_steps: tuple[Transition, ...]

    @property
    def case(self) -> Case:
        return self.referral.case

    @property
    def open_question(self) -> Asked | None:
        return next((asked for asked in self.questions if asked.is_open), None)

    @property
    def may_ask(self) -> bool:
        """A question may be put: it is being looked at, its referrer has an account, and none is open."""
        being_looked_at = self.referral.state in (P.TAKEN_UP, P.LINKED)
        return being_looked_at and self.referral.referrer_id is not None and self.open_question is None

    @property
    def state(self) -> dict[str, str]:
        return {"text": self.referral.get_state_display(), "tone": TONES[P(self.referral.state)]}

    def offers(self, key: str) -> bool:
        return any(row.key == key for row in self.open_steps)

    @property
    def may_take_up(self) -> bool:
        return self.offers("practitioner.take_up")

    @property
    def may_finish(self) -> bool:
        return self.offers("practitioner.finish") and self.open_question is None


def find(actor: Actor, case_id: UUID, at: datetime) -> PractitionerReferral:
    """The practitioner's referral that leads a case. :raises Http404: the same for hidden, absent and another's"""
    rows = PractitionerReferral.objects.filter(case__in=Case.objects.visible_to(actor, civil_date(at)))
    related = ("case", "organisation", "referrer", "entered_by", "linked_to__case")
    return access.find(actor, case_id, rows.select_related(*related))


@contextmanager
def arrived(actor: Actor, case_id: UUID, *, at: datetime, source: str | None, record: str = "") -> Iterator[Arrived]:
    """Open a practitioner's referral, with the look written in the same transaction as the read."""
    with transaction.atomic():
        referral = find(actor, case_id, at)
        looked = access.look(
            actor, referral.case, Look.CASE, if_open=Look.MATERIAL, at=at, source=source, record=record
        )
        yield _read(actor, referral, looked, at)


def waiting(actor: Actor, tab: str, after: str, at: datetime) -> tuple[list[dict[str, Any]], str]:
    """One page of a tab, and the cursor of the next, empty at the end. To take up, the oldest comes first; elsewhere
    the newest."""
    asked = ReferrerQuestion.objects.filter(referral=OuterRef("pk"), state=QuestionState.ASKED)
    rows = PractitionerReferral.objects.filter(
        state__in=TABS[tab][1], case__in=Case.objects.visible_to(actor, civil_date(at))
    )
    if place := _place(after):
        sent_at, last = place
        later = Q(sent_at__gt=sent_at) | Q(sent_at=sent_at, pk__gt=last)
        before = Q(sent_at__lt=sent_at) | Q(sent_at=sent_at, pk__lt=last)
        rows = rows.filter(later if tab == "new" else before)
    order = ("sent_at", "pk") if tab == "new" else ("-sent_at", "-pk")
    found = list(
        rows.select_related("case", "organisation", "referrer")
        .annotate(has_question=Exists(asked))
        .order_by(*order)[: PAGE + 1]
    )
    older = f"{found[PAGE - 1].sent_at.isoformat()}_{found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return [_row(row, at) for row in found[:PAGE]], older


def _read(actor: Actor, referral: PractitionerReferral, looked: access.Looked, at: datetime) -> Arrived:
    told = list(Narrative.objects.filter(subject=referral.record_key))
    words = {row.heading: row.text for row in told}
    files = Document.objects.filter(case=referral.case_id, subject=referral.record_key).order_by("added_at")
    happened = queries.timeline(
        referral.case, may_open=looked.may_open, looked=looked.before, viewer=actor.user_id, limit=EVENTS
    )
    running = queries.deadlines(referral.case, at)
    return Arrived(
        referral,
        looked.may_open,
        about_rows(referral),
        boxes_of(referral.form_version, told),
        advice=words.get(ADVICE, ""),
        steps=words.get(STEPS, ""),
        finished=words.get(FINISHED, ""),
        files=[_file(referral.case, row) for row in files],
        questions=questions_of(referral),
        amendments=amendments(referral),
        happened=happened.rows,
        deadlines=[
            {"label": row.label, "due": row.due, "words": row.words, "standing": row.standing} for row in running
        ],
        open_steps=tuple(PRACTITIONER_REFERRAL.open_to(actor, referral, referral.case.procedure.steps)),
    )


def _row(row: PractitionerReferral, at: datetime) -> dict[str, Any]:
    case = row.case
    return {
        "url": reverse("referrals:practitioner", args=[case.pk]),
        "name": row.full_name,
        "reference": case.reference,
        "sender": row.referrer.name if row.referrer else row.told_by or "Somebody without an account",
        "organisation": row.organisation.name if row.organisation else "",
        "sent_at": row.sent_at,
        "due": due_words(case.next_due_at, civil_date(at)) if case.has_deadline else "",
        "is_late": case.has_deadline and case.next_due_at < at,
        "state": row.get_state_display(),
        "tone": TONES[P(row.state)],
        "has_question": row.has_question,  # type: ignore[attr-defined]
    }


def _file(case: Case, row: Document) -> dict[str, Any]:
    standing = STANDING[ScanState(row.scan)]
    return {
        "title": row.title or row.file_name,
        "url": reverse("document", args=[case.pk, row.pk]) if standing == "ready" else "",
        "kind": row.file_name.rpartition(".")[2].upper() or "File",
        "size": row.size,
        "added_at": row.added_at,
        "standing": standing,
    }


def _place(after: str) -> tuple[datetime, UUID] | None:
    """The place in the list a cursor names; None for one that was not made here."""
    sent_at, _, row_id = after.partition("_")
    try:
        return datetime.fromisoformat(sent_at), UUID(row_id)
    except ValueError:
        return None
