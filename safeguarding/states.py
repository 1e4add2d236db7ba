"""What can be true of what is done to protect somebody. Imports nothing of ours."""

from django.db import models


class PartnerState(models.TextChoices):
    """Where a question to a partner is."""

    ASKED = "ASKED", "Asked"
    PARTLY = "PARTLY", "Answered in part"
    ANSWERED = "ANSWERED", "Answered"
    REFUSED = "REFUSED", "Refused"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


class AnswerKind(models.TextChoices):
    """What a partner's answer is, in the words they choose it by."""

    ALL = "ALL", "Yes, and this is all that bears on it"
    PART = "PART", "Yes, but we can share only part of it"
    MORE_TO_COME = "MORE_TO_COME", "Yes, and this is a part: the rest comes later"
    NOTHING = "NOTHING", "No, we hold nothing that bears on it"
    REFUSED = "REFUSED", "We will not answer"


WITH_WORDS = (AnswerKind.ALL, AnswerKind.PART, AnswerKind.MORE_TO_COME)
"""Answers that tell something; the others hold no words about the person."""
WITHHOLDING = (AnswerKind.PART, AnswerKind.REFUSED)
"""Answers that keep something back, and say why."""


class Withheld(models.TextChoices):
    """Why a partner shares only part, or nothing. Each agency answers by its own power (N3.31, N3.32). None of these
    speaks of a police enquiry: what could harm one is never written here."""

    NO_POWER = "NO_POWER", "We have no power to share it"
    NOT_NEEDED = "NOT_NEEDED", "It is more than the question needs"
    CONSENT = "CONSENT", "The person does not agree, and we may not share it without"
    HARM = "HARM", "Sharing it could put somebody at risk"
    OTHER = "OTHER", "Another reason"


class CameBy(models.TextChoices):
    """How a partner's answer came."""

    LINK = "LINK", "By the link"
    ACCOUNT = "ACCOUNT", "In their account"
    TOLD = "TOLD", "By telephone, letter or in person"


class PersonKnows(models.TextChoices):
    """Whether the person knows that the partner shares this (E4.25 to E4.27)."""

    YES = "YES", "Yes"
    NO = "NO", "No, and telling them could put somebody at risk"
    NOT_YET = "NOT_YET", "Not yet"
    NOT_KNOWN = "NOT_KNOWN", "I do not know"


class Told(models.TextChoices):
    """What a partner may be told about the person, so that they know whom they are asked about."""

    NAME = "NAME", "Name"
    OTHER_NAMES = "OTHER_NAMES", "Other names"
    BORN_ON = "BORN_ON", "Date of birth"
    ADDRESS = "ADDRESS", "Address"
    NHS_NUMBER = "NHS_NUMBER", "NHS number"


class AgreementKind(models.TextChoices):
    SHARING = "SHARING", "Information-sharing agreement"
    MOU = "MOU", "Memorandum of understanding"
    PROTOCOL = "PROTOCOL", "Joint protocol"
