"""The tables of safeguarding: what is done to protect somebody, what police found, and what was shared and why."""

from safeguarding.models.agreements import Agreement, AgreementParty, AgreementReview
from safeguarding.models.partners import PartnerAnswer, PartnerQuestion, PartnerRequest

__all__ = [
    "Agreement",
    "AgreementParty",
    "AgreementReview",
    "PartnerAnswer",
    "PartnerQuestion",
    "PartnerRequest",
]
