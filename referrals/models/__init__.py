"""Referrals, the people they are about, what the register says, and adult social care's answers."""

from referrals.models.answer import Answer, AnswerItem, Contribution, InformationForm, OnwardNeed
from referrals.models.person import MatchDecision, Person, PersonKey
from referrals.models.referral import PractitionerReferral, Referral, RegisterSearch
from referrals.models.register import RegisterEntry, RegisterImport, RegisterKey

__all__ = [
    "Answer",
    "AnswerItem",
    "Contribution",
    "InformationForm",
    "MatchDecision",
    "OnwardNeed",
    "Person",
    "PersonKey",
    "PractitionerReferral",
    "Referral",
    "RegisterEntry",
    "RegisterImport",
    "RegisterKey",
    "RegisterSearch",
]
