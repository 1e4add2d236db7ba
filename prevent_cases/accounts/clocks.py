"""How long invitations last, how far ahead gaps are looked for, when a review is due, when an account is dormant."""

from datetime import timedelta

INVITATION_LASTS = timedelta(days=7)
"""A link to accept a seat may be used for so long after it was sent."""

GAPS_AHEAD = timedelta(days=30)
"""A list that will be too short within so many days is a gap already."""

FEWEST_NOMINEES = 2
"""A team with fewer nominated workers than this has a gap."""

REVIEW_DUE = timedelta(days=28)
"""A review of who has access is due so long after the first day of its quarter."""

DORMANT_WARNING = timedelta(days=14)
"""Whoever has not signed in for long is warned this long before their account is suspended."""
