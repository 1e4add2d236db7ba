"""The tables of this app: children's duty, protection, police checks and requests to partners."""

from safeguarding.workflow.checks import CHECK

__all__ = [
    "CHECK",
]
