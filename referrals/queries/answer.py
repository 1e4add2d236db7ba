"""An answer as it stands, what was sent before about the same person, and what was sent. Read in opened material."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, F, Func, OuterRef, Subquery

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.kinds import DocumentKind, Look
from prevent_cases.casework.models import Case, Disclosure, Document
from referrals import documents
from referrals.models import Answer, AnswerItem, Referral
from referrals.queries.matching import merged_with

MAY_OPEN = Func(F("case_id"), function="prevent_may_open", output_field=BooleanField())
"""Whether a referral's case is open to whoever row security was told reads now."""


@dataclass(frozen=True)
class Written:
    """What stands under one heading, or one question of a form. ``known`` is None while nobody has dealt with it."""

    heading: str
    label: str
    known: bool | None = None
    fact: str = ""
    opinion: str = ""
    item_id: UUID | None = None

    @property
    def is_untouched(self) -> bool:
        return self.known is None and not (self.fact or self.opinion)


@dataclass(frozen=True)
class DraftAnswer:
    """An answer and its headings in order. ``answer`` is None while nobody has begun it."""

    answer: Answer | None
    written: tuple[Written, ...]

    @property
    def version(self) -> int:
        return self.answer.version if self.answer else 0

    @property
    def saved_at(self) -> datetime | None:
        return self.answer.edited_at if self.answer and self.answer.version else None

    @property
    def left_out(self) -> str:
        return self.answer.left_out if self.answer else ""

    @property
    def is_minimum_checked(self) -> bool:
        return bool(self.answer and self.answer.minimum_checked)

    @property
    def unanswered(self) -> tuple[Written, ...]:
        return tuple(one for one in self.written if one.known is None)

    @property
    def said(self) -> list[documents.Answer]:
        """What is known, as the document takes it."""
        return said(one for one in self.written)


@dataclass(frozen=True)
class EarlierAnswer:
    """An answer that was sent about the same person, on a case that is open to this reader."""

    case: Case
    sent_at: datetime


@dataclass(frozen=True)
class SentAnswer:
    """What was sent, with its files as they are kept (none of them while the material is closed to the reader)."""

    disclosure: Disclosure
    files: tuple[Document, ...]


def draft_answer(referral: Referral) -> DraftAnswer:
    """The answer to a referral under its procedure's headings. One statement."""
    items = list(
        AnswerItem.objects.filter(answer__referral=referral, answer__form__isnull=True)
        .select_related("answer__edited_by")
        .order_by("place")
    )
    return as_draft(items, referral.case.procedure.answer_headings)


def as_draft(items: Sequence[AnswerItem], headings: Sequence[tuple[str, str]]) -> DraftAnswer:
    """Items under their headings (key and words); a heading that has none yet is untouched."""
    by_heading = {item.heading: item for item in items}
    written = (_written(key, label, by_heading.get(key)) for key, label in headings)
    return DraftAnswer(items[0].answer if items else None, tuple(written))


def said(items: Iterable[AnswerItem | Written]) -> list[documents.Answer]:
    """What is known under these headings, as the document takes it."""
    return [documents.Answer(key=one.heading, fact=one.fact, opinion=one.opinion) for one in items if one.known]


def earlier_answer(actor: Actor, referral: Referral, on: date) -> EarlierAnswer | None:
    """The last answer sent about the same person on another case whose material is open to this reader too.

    One statement, inside opened material: the database knows who reads, and says what is open to them. Everybody
    merged with the person counts, however many merges lie between.
    """
    sent = Disclosure.objects.filter(case=OuterRef("case"), title=documents.ANSWER_TITLE).order_by("-decided_at")
    row = (
        Referral.objects.visible_to(actor, on)
        .filter(person_as_received__in=merged_with(referral.person_as_received_id))
        .exclude(pk=referral.pk)
        .annotate(sent_at=Subquery(sent.values("decided_at")[:1]), is_open=MAY_OPEN)
        .filter(sent_at__isnull=False, is_open=True)
        .select_related("case")
        .order_by("-sent_at")
        .first()
    )
    return EarlierAnswer(row.case, row.sent_at) if row else None


def words_of(actor: Actor, earlier: EarlierAnswer, *, at: datetime, source: str | None) -> dict[str, Written]:
    """What that answer said, by heading. This reader's look at that case's material is logged.

    Two statements. Row security stands on the earlier case afterwards: read what else is needed before.
    """
    if not access.look(actor, earlier.case, Look.MATERIAL, at=at, source=source, record="answer").may_open:
        return {}
    items = AnswerItem.objects.filter(case=earlier.case, answer__form__isnull=True, known=True)
    return {item.heading: _written(item.heading, "", item) for item in items}


def sent_answer(case: Case) -> SentAnswer | None:
    """The last answer that was sent on a case. Two statements."""
    row = (
        Disclosure.objects.filter(case=case, title=documents.ANSWER_TITLE)
        .select_related("decided_by", "recipient_team", "emailed_by", "acknowledged_by")
        .prefetch_related("documents")
        .order_by("-decided_at")
        .first()
    )
    if row is None:
        return None
    return SentAnswer(row, tuple(one for one in row.documents.all() if one.kind == DocumentKind.ANSWER))


def _written(heading: str, label: str, item: AnswerItem | None) -> Written:
    if item is None:
        return Written(heading, label)
    return Written(heading, label, item.known, item.fact, item.opinion, item.pk)
