"""Referrals, the people they are about, what the register says, and adult social care's answers."""

from referrals.models.answer import Answer, AnswerItem, Contribution, InformationForm, OnwardNeed
from referrals.models.child import ChildArrival
from referrals.models.concern import AdviceTaken, Concern, ConcernStep
from referrals.models.person import MatchDecision, Person, PersonKey
from referrals.models.referral import PractitionerReferral, Referral, ReferrerQuestion, RegisterSearch
from referrals.models.register import RegisterEntry, RegisterImport, RegisterKey

__all__ = [
    "AdviceTaken",
    "Answer",
    "AnswerItem",
    "ChildArrival",
    "Concern",
    "ConcernStep",
    "Contribution",
    "InformationForm",
    "MatchDecision",
    "OnwardNeed",
    "Person",
    "PersonKey",
    "PractitionerReferral",
    "Referral",
    "ReferrerQuestion",
    "RegisterEntry",
    "RegisterImport",
    "RegisterKey",
    "RegisterSearch",
]
