"""The tables of safeguarding: what is done to protect somebody, what police found, and what was shared and why."""

from safeguarding.models.duty import ChildDecision, FeedbackOwed

__all__ = [
    "ChildDecision",
    "FeedbackOwed",
]
