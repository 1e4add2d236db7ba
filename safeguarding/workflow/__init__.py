"""The tables of this app: children's duty, protection, police checks and requests to partners."""

from safeguarding.workflow.feedback import FEEDBACK

__all__ = [
    "FEEDBACK",
]
