"""The tables of this app: children's duty, protection, police checks and requests to partners."""

from safeguarding.workflow.partners import PARTNER_REQUEST

__all__ = ["PARTNER_REQUEST"]
