"""The tables of this app: children's duty, protection, police checks and requests to partners."""

from safeguarding.workflow.checks import CHECK
from safeguarding.workflow.feedback import FEEDBACK
from safeguarding.workflow.partners import PARTNER_REQUEST
from safeguarding.workflow.protection import PROTECTION

__all__ = [
    "CHECK",
    "FEEDBACK",
    "PARTNER_REQUEST",
    "PROTECTION",
]
