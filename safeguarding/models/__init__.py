"""The tables of safeguarding: what is done to protect somebody, what police found, and what was shared and why."""

from safeguarding.models.checks import Check, StoppedBecause

__all__ = [
    "Check",
    "StoppedBecause",
]
