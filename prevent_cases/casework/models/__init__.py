"""The tables every app hangs from."""

from prevent_cases.casework.models.consents import ConsentRecord, SeekingDecision
from prevent_cases.casework.models.disclosures import Disclosure
from prevent_cases.casework.models.drafts import Draft
from prevent_cases.casework.models.grants import CaseGroupObjectPermission, CaseUserObjectPermission, Exclusion
from prevent_cases.casework.models.holding import Hold
from prevent_cases.casework.models.links import AnswerLink
from prevent_cases.casework.models.material import Document, Narrative, Note
from prevent_cases.casework.models.record import AccessLog, Event, Submission
from prevent_cases.casework.models.reference import (
    DirectoryEntry,
    EditionTakenBack,
    PreparedEdition,
    ProcedureEdition,
    SecureDomain,
)
from prevent_cases.casework.models.sending import Notice, Post
from prevent_cases.casework.models.spine import Case, Stateful
from prevent_cases.casework.models.timing import ClockEntry, ClockRun, DueAction, Heartbeat, ProclaimedDay

__all__ = [
    "AccessLog",
    "AnswerLink",
    "Case",
    "CaseGroupObjectPermission",
    "CaseUserObjectPermission",
    "ClockEntry",
    "ClockRun",
    "ConsentRecord",
    "DirectoryEntry",
    "Disclosure",
    "Document",
    "Draft",
    "DueAction",
    "EditionTakenBack",
    "Event",
    "Exclusion",
    "Heartbeat",
    "Hold",
    "Narrative",
    "Note",
    "Notice",
    "Post",
    "PreparedEdition",
    "ProcedureEdition",
    "ProclaimedDay",
    "SecureDomain",
    "SeekingDecision",
    "Stateful",
    "Submission",
]
