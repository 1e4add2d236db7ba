"""What is written down of a strategy discussion and of a screening, as forms hand it to operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from safeguarding.states import Agency, ProtectionKind

MUST_COME = {
    ProtectionKind.IMMEDIATE: (Agency.CHILDREN, Agency.POLICE, Agency.POLICE_PREVENT, Agency.HEALTH),
    ProtectionKind.SECTION_47: (Agency.CHILDREN, Agency.POLICE, Agency.POLICE_PREVENT, Agency.HEALTH),
    ProtectionKind.SECTION_17: (Agency.CHILDREN,),
    ProtectionKind.SECTION_42: (Agency.ADULTS,),
}
"""Without whom a discussion is not whole; where one did not come, it is said why (C1.17)."""


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """One action: what, who does it, by when."""

    what: str
    who: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Discussed:
    """A strategy discussion as it is written down: models.StrategyDiscussion has the meanings."""

    held_at: datetime
    attendees: Sequence[tuple[str, str]]
    absent: Sequence[str] = ()
    why_absent: str = ""
    legal_advice: str
    legal_words: str = ""
    told: str
    told_words: str
    outcome: str
    minutes: str
    actions: Sequence[Agreed] = ()


@dataclass(frozen=True, kw_only=True)
class Screened:
    """The three parts with their reasons, and what follows: models.Screening has the meanings."""

    has_needs: bool
    needs_words: str
    is_at_risk: bool
    risk_words: str
    cannot_protect: bool
    protect_words: str
    decision: str
    decision_words: str
    wishes: str
    advocacy: str
    advocate: str = ""
    capacity: str
    capacity_decision: str = ""
    capacity_support: str = ""
    child: bool

    @property
    def is_met(self) -> bool:
        """Whether all three parts of section 42(1) are."""
        return self.has_needs and self.is_at_risk and self.cannot_protect
