"""The tables of safeguarding: what is done to protect somebody, what police found, and what was shared and why."""

from safeguarding.models.duty import ChildDecision, FeedbackOwed
from safeguarding.models.protection import (
    AgreedAction,
    EmergencyDecision,
    Protection,
    ProtectionWords,
    Screening,
    StrategyDiscussion,
)

__all__ = [
    "AgreedAction",
    "ChildDecision",
    "EmergencyDecision",
    "FeedbackOwed",
    "Protection",
    "ProtectionWords",
    "Screening",
    "StrategyDiscussion",
]
