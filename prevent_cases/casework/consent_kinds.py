"""The five consents and tellings, and what may be said of each. Imports nothing of ours (domain.md, section 6)."""

from django.db import models


class ConsentKind(models.TextChoices):
    """Five records that are never one: each has its own history."""

    TOLD = "TOLD", "Being told of the referral"
    SHARING = "SHARING", "Agreement to sharing"
    SUPPORT = "SUPPORT", "Support under section 36"
    SOCIAL_CARE = "SOCIAL_CARE", "Agreement to social care work"
    CAPACITY = "CAPACITY", "Capacity or competence"


class ConsentAnswer(models.TextChoices):
    TOLD = "TOLD", "Told by us"
    TOLD_BY_OTHERS = "TOLD_BY_OTHERS", "Told by somebody else"
    NOT_TOLD = "NOT_TOLD", "Not told"
    AGREED = "AGREED", "Agreed"
    REFUSED = "REFUSED", "Did not agree"
    WITHDRAWN = "WITHDRAWN", "Took their agreement back"
    OVERRIDDEN = "OVERRIDDEN", "Did not agree, and it goes on all the same"
    NOT_SOUGHT = "NOT_SOUGHT", "Not asked"
    ABLE = "ABLE", "Can decide this"
    UNABLE = "UNABLE", "Cannot decide this"


class ConsentGiver(models.TextChoices):
    """Whose word it is. A young person's view and a parent's are both recorded, never one for the other."""

    PERSON = "PERSON", "The person"
    PARENT = "PARENT", "A parent, or whoever has parental responsibility"
    ATTORNEY = "ATTORNEY", "An attorney or deputy"


class Seeking(models.TextChoices):
    """Whether consent is to be sought: a decision of its own (N3.34, N3.35)."""

    SEEK = "SEEK", "Ask"
    DEFER = "DEFER", "Not yet"
    DO_NOT_SEEK = "DO_NOT_SEEK", "Do not ask"


_AGREEMENT = (
    ConsentAnswer.AGREED, ConsentAnswer.REFUSED, ConsentAnswer.WITHDRAWN, ConsentAnswer.OVERRIDDEN,
    ConsentAnswer.NOT_SOUGHT,
)  # fmt: skip
ANSWERS: dict[str, tuple[str, ...]] = {
    ConsentKind.TOLD: (ConsentAnswer.TOLD, ConsentAnswer.TOLD_BY_OTHERS, ConsentAnswer.NOT_TOLD),
    ConsentKind.SHARING: _AGREEMENT,
    ConsentKind.SUPPORT: tuple(answer for answer in _AGREEMENT if answer != ConsentAnswer.OVERRIDDEN),
    ConsentKind.SOCIAL_CARE: _AGREEMENT,
    ConsentKind.CAPACITY: (ConsentAnswer.ABLE, ConsentAnswer.UNABLE),
}
"""What may be said of each. Support under section 36 is voluntary: nothing overrides a refusal of it (E4.29)."""

NEED_WORDS = (
    ConsentAnswer.NOT_TOLD, ConsentAnswer.OVERRIDDEN, ConsentAnswer.NOT_SOUGHT, ConsentAnswer.UNABLE,
    ConsentAnswer.WITHDRAWN,
)  # fmt: skip
"""Answers that say why."""
