"""The tables of this app: children's duty, protection, police checks and requests to partners."""

from safeguarding.workflow.feedback import FEEDBACK
from safeguarding.workflow.protection import PROTECTION

__all__ = [
    "FEEDBACK",
    "PROTECTION",
]
