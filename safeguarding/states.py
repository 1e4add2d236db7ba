"""What can be true of what is done to protect somebody. Imports nothing of ours."""

from django.db import models


class ProtectionKind(models.TextChoices):
    """What is done to protect somebody, and under which section (Children Act 1989, Care Act 2014)."""

    IMMEDIATE = "IMMEDIATE", "Immediate protection"
    SECTION_47 = "SECTION_47", "Section 47: a child at risk of significant harm"
    SECTION_17 = "SECTION_17", "Section 17: a child in need"
    SECTION_42 = "SECTION_42", "Section 42: an adult at risk"


class ProtectionState(models.TextChoices):
    OPEN = "OPEN", "Open"
    DISCUSSED = "DISCUSSED", "Discussion held"
    ENQUIRING = "ENQUIRING", "Enquiry open"
    CONFERRED = "CONFERRED", "Conference held"
    ASSESSED = "ASSESSED", "Assessed"
    FINISHED = "FINISHED", "Finished"


class ProtectionWordsAbout(models.TextChoices):
    """What somebody's words about a protection are about."""

    REASON = "REASON", "Why it was begun"
    AGAIN = "AGAIN", "Why it was asked for again"
    CONFERENCE = "CONFERENCE", "What the conference decided"
    ASSESSMENT = "ASSESSMENT", "What the assessment found"
    LATE = "LATE", "Why it took longer"
    CHILD_TOLD = "CHILD_TOLD", "What children's social care was told"
    ENDING = "ENDING", "How it ended"


class ChildRoute(models.TextChoices):
    """Whether children's social care must hear of a child whom the adult cares for or lives with."""

    NONE = "NONE", "No child"
    TO_RAISE = "TO_RAISE", "To be raised"
    RAISED = "RAISED", "Raised"


class PowerHolder(models.TextChoices):
    """Who holds statutory powers to protect a child (C1.16)."""

    COUNCIL = "COUNCIL", "The council"
    POLICE = "POLICE", "Police"
    NSPCC = "NSPCC", "NSPCC"


class EmergencyAction(models.TextChoices):
    POLICE_PROTECTION = "POLICE_PROTECTION", "Police protection (section 46)"
    COURT_ORDER = "COURT_ORDER", "Emergency protection order applied for (section 44)"
    AGREED = "AGREED", "Safe arrangements agreed with whoever cares for them"
    SAFE_PLACE = "SAFE_PLACE", "Taken to hospital or to a safe place"
    OTHER = "OTHER", "Something else"
    NONE = "NONE", "No emergency action is needed"


class Agency(models.TextChoices):
    """Who is invited to a strategy discussion (C1.17, D2.8)."""

    CHILDREN = "CHILDREN", "Children's social care"
    ADULTS = "ADULTS", "Adult social care"
    POLICE = "POLICE", "Police"
    POLICE_PREVENT = "POLICE_PREVENT", "Police Prevent team (CT policing)"
    HEALTH = "HEALTH", "Health"
    EDUCATION = "EDUCATION", "School, college or early years"
    NSPCC = "NSPCC", "NSPCC"
    OTHER = "OTHER", "Another agency"


class LegalAdvice(models.TextChoices):
    SOUGHT = "SOUGHT", "Yes"
    NOT_NEEDED = "NOT_NEEDED", "No, it was not needed"


class Told(models.TextChoices):
    """What parents, or an adult, were told of a discussion (C1.19, E4.25)."""

    TOLD = "TOLD", "Yes"
    LATER = "LATER", "Not yet"
    NOT_TOLD = "NOT_TOLD", "No, and they will not be for now"


class DiscussionOutcome(models.TextChoices):
    SECTION_47 = "SECTION_47", "Enquiries under section 47"
    SECTION_17 = "SECTION_17", "An assessment under section 17"
    SECTION_42 = "SECTION_42", "An enquiry under section 42"
    SAFE_NOW = "SAFE_NOW", "The agreed actions keep them safe, and nothing more is needed"
    NONE = "NONE", "No further action to protect them"


class ActionState(models.TextChoices):
    AGREED = "AGREED", "To do"
    DONE = "DONE", "Done"
    NOT_DONE = "NOT_DONE", "Not done"


class ScreeningDecision(models.TextChoices):
    ENQUIRY = "ENQUIRY", "Make enquiries under section 42"
    OTHER_ENQUIRY = "OTHER_ENQUIRY", "Make enquiries although the three parts are not all met"
    NONE = "NONE", "No enquiry"


class Advocacy(models.TextChoices):
    NOT_NEEDED = "NOT_NEEDED", "They can take part without one"
    SOMEBODY = "SOMEBODY", "Somebody suitable supports them"
    ADVOCATE = "ADVOCATE", "An independent advocate is being arranged"


class Capacity(models.TextChoices):
    """Mental Capacity Act 2005: of one decision, from 16, with the support that was given (E4.28)."""

    HAS = "HAS", "They can decide this"
    LACKS = "LACKS", "They cannot decide this, with support"
    NOT_ASSESSED = "NOT_ASSESSED", "There is no reason to doubt it"


class ProtectionEnding(models.TextChoices):
    SAFE = "SAFE", "They are safe now"
    PLAN = "PLAN", "A plan goes on in social care"
    MOVED = "MOVED", "Another authority has taken it over"
    NOT_FOUND = "NOT_FOUND", "No continuing risk was found"
    ERROR = "ERROR", "It was begun in error"


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


# Police checks (deconfliction; C1.21, C1.22, C9, C10, N3.9)


class CheckPurpose(models.TextChoices):
    """What is asked of CT policing."""

    HOLD = "HOLD", "Whether it is suitable for action under the Prevent duty"
    DECONFLICTION = "DECONFLICTION", "Whether anything stands in the way of protecting somebody"


class CheckState(models.TextChoices):
    ASKED = "ASKED", "Asked"
    ANSWERED = "ANSWERED", "Answered"
    TAKEN_BACK = "TAKEN_BACK", "No longer needed"


class CheckResult(models.TextChoices):
    """A result code, never intelligence. These words are what everybody who may see the case reads."""

    CLEAR = "CLEAR", "Clear"
    WAIT = "WAIT", "Wait"
    DO_NOT_PROCEED = "DO_NOT_PROCEED", "Do not proceed"
    SUITABLE = "SUITABLE", "Suitable for action under the Prevent duty"
    NOT_SUITABLE = "NOT_SUITABLE", "Not suitable for action under the Prevent duty"
    NOT_PROGRESSED = "NOT_PROGRESSED", "Not progressed"


class StopReason(models.TextChoices):
    """Why police do not take it forward. All but the unit's lead and that policing team read "Not progressed"."""

    MISGUIDED = "MISGUIDED", "Malicious or misguided"
    NOT_VULNERABLE = "NOT_VULNERABLE", "Clearly not vulnerable"
    COMPROMISE = "COMPROMISE", "Would compromise an investigation"
    NOT_SAID = "NOT_SAID", "Police did not say"


ANSWERS = {
    CheckPurpose.HOLD: (
        CheckResult.SUITABLE, CheckResult.NOT_SUITABLE, CheckResult.WAIT, CheckResult.DO_NOT_PROCEED,
        CheckResult.NOT_PROGRESSED,
    ),
    CheckPurpose.DECONFLICTION: (
        CheckResult.CLEAR, CheckResult.WAIT, CheckResult.DO_NOT_PROCEED, CheckResult.NOT_PROGRESSED,
    ),
}  # fmt: skip
"""What may be answered to each question. To wait is no answer yet: the check stays open."""

ENDS_THE_HOLD = (CheckResult.SUITABLE, CheckResult.NOT_SUITABLE)
"""After any other answer a hold stands until the unit's lead ends it, or it is lifted for safety."""


# Questions to partners, and agreements


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


class Identifier(models.TextChoices):
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
