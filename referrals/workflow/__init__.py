"""The tables of this app: the adult pathway, and a practitioner's own referral."""

from referrals.workflow.adult import CONTRIBUTION, INFORMATION_FORM, REFERRAL
from referrals.workflow.referrers import PRACTITIONER_REFERRAL, QUESTION

__all__ = ["CONTRIBUTION", "INFORMATION_FORM", "PRACTITIONER_REFERRAL", "QUESTION", "REFERRAL"]
