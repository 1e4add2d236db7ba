"""A concern as its writer and the lead it was handed to read it: what was written, advice, steps. In access.oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.now import today
from prevent_cases.casework.wording import day
from referrals.models import AdviceTaken, Concern, ConcernStep
from referrals.queries.advice import AT_THE_START, advice_of, steps_of
from referrals.queries.concerns import said_in
from referrals.queries.leads import Lead, leads_of
from referrals.states import ConcernStage, ConcernStepKind


@dataclass(frozen=True)
class ConcernPage:
    """A concern with its answers in words, the advice taken, its steps newest first, and who reads it."""

    concern: Concern
    sections: list[tuple[str, list[dict[str, Any]]]]
    advice: list[AdviceTaken]
    steps: list[ConcernStep]
    reader: UUID | None

    @property
    def is_lead(self) -> bool:
        return self.reader is not None and self.concern.lead_id == self.reader

    @property
    def is_writer(self) -> bool:
        return self.reader is not None and self.concern.writer_id == self.reader

    @property
    def is_to_decide(self) -> bool:
        return self.is_lead and self.concern.stage == ConcernStage.WITH_LEAD

    @property
    def is_to_refer(self) -> bool:
        """The lead decided to refer, and has neither sent it nor handed it back."""
        latest = next((step.kind for step in self.steps if step.kind not in AT_THE_START), "")
        return self.is_to_decide and latest == ConcernStepKind.REFER

    @property
    def is_settled(self) -> bool:
        return self.concern.stage in (ConcernStage.WATCHING, ConcernStage.EXPLAINED)

    @property
    def is_to_hand(self) -> bool:
        may = self.concern.stage in (ConcernStage.WRITING, ConcernStage.WITH_LEAD)
        return self.is_writer and may and self.concern.team_id is not None

    @property
    def name(self) -> str:
        answers = self.concern.answers
        parts = (answers.get("individual.given_name"), answers.get("individual.family_name"))
        return " ".join(part for part in parts if part) or "Name not given yet"

    @property
    def timeline(self) -> list[dict[str, Any]]:
        """The steps as components/timeline.html takes them."""
        return [
            {
                "title": _title(step),
                "by": step.by.name,
                "at": step.at,
                "lines": [step.words] if step.words else [],
            }
            for step in self.steps
        ]

    @property
    def advice_rows(self) -> list[dict[str, Any]]:
        """The advice as components/summary_list.html takes it."""
        return [
            {"key": row.get_rung_display(), "lines": [f"{row.whom}, {day(row.taken_on)}", row.advised]}
            for row in self.advice
        ]


def concern_page(actor: Actor, concern_id: UUID) -> ConcernPage:
    """:raises Http404: for anybody but its writer and the lead it was handed to, as row security has it"""
    with access.oneself(actor):
        concern = Concern.objects.select_related("writer", "lead", "team").filter(pk=concern_id).first()
        if concern is None:
            raise Http404
        pages = said_in(concern, today())
        told = [(page.title, [{"key": row.title, "value": row.words} for row in page.rows if row.words])
                for page in pages]  # fmt: skip
        sections = [(title, rows) for title, rows in told if rows]
        return ConcernPage(concern, sections, advice_of(concern), steps_of(concern), actor.user_id)


def leads_for(page: ConcernPage) -> list[Lead]:
    """Whom its writer may hand it to today, without whoever has it."""
    leads = leads_of(page.concern.team_id, page.concern.writer_id, today())
    held = page.concern.lead_id if page.concern.stage == ConcernStage.WITH_LEAD else None
    return [lead for lead in leads if lead.user_id != held]


def place_of(page: ConcernPage) -> str:
    """Where a reader goes back to: the form while it is being written, else the concern's own page."""
    name = "refer:tasks" if page.concern.stage == ConcernStage.WRITING and page.is_writer else "mine:concern"
    return reverse(name, args=[page.concern.pk])


def _title(step: ConcernStep) -> str:
    words = step.get_kind_display()
    if step.kind == ConcernStepKind.HANDED and step.to:
        words = f"handed it to {step.to.name}"
    return words[:1].upper() + words[1:]
