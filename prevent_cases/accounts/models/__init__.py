"""People, where they sit, how they came there and what they were trained in."""

from prevent_cases.accounts.models.joining import AccessReview, Invitation, ListUpload, Suspension
from prevent_cases.accounts.models.people import (
    Accounts,
    Area,
    Dated,
    Digest,
    Locality,
    Membership,
    Nomination,
    Organisation,
    PostcodeDistrict,
    Team,
    User,
)
from prevent_cases.accounts.models.training import TrainingCourse, TrainingRecord

__all__ = [
    "AccessReview",
    "Accounts",
    "Area",
    "Dated",
    "Digest",
    "Invitation",
    "ListUpload",
    "Locality",
    "Membership",
    "Nomination",
    "Organisation",
    "PostcodeDistrict",
    "Suspension",
    "Team",
    "TrainingCourse",
    "TrainingRecord",
    "User",
]
