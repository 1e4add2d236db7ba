"""The tables of safeguarding: what is done to protect somebody, what police found, and what was shared and why."""

from safeguarding.models.agreements import Agreement, AgreementParty, AgreementReview
from safeguarding.models.checks import Check, StoppedBecause
from safeguarding.models.duty import ChildDecision, FeedbackOwed
from safeguarding.models.partners import PartnerAnswer, PartnerQuestion, PartnerRequest
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
    "Agreement",
    "AgreementParty",
    "AgreementReview",
    "Check",
    "ChildDecision",
    "EmergencyDecision",
    "FeedbackOwed",
    "PartnerAnswer",
    "PartnerQuestion",
    "PartnerRequest",
    "Protection",
    "ProtectionWords",
    "Screening",
    "StoppedBecause",
    "StrategyDiscussion",
]
