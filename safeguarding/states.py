"""What can be true of what is done to protect somebody. Imports nothing of ours."""

from django.db import models


class FeedbackTo(models.TextChoices):
    """Who is told what became of a child's referral (C1.23)."""

    SOCIAL_CARE = "SOCIAL_CARE", "social care"
    REFERRER = "REFERRER", "the referrer"
    PARENTS = "PARENTS", "the parents or guardians"


class FeedbackState(models.TextChoices):
    OWED = "OWED", "Owed"
    GIVEN = "GIVEN", "Given"
    HEARD = "HEARD", "Heard from CT policing"
    NOT_APPROPRIATE = "NOT_APPROPRIATE", "Not appropriate"
