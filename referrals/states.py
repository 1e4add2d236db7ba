"""What can be true of a referral. Imports nothing of ours."""

from django.db import models


class ReferralState(models.TextChoices):
    RECEIVED = "RECEIVED", "Received"
    QUERIED = "QUERIED", "Asked back"
    CHECKING = "CHECKING", "Being checked"
    NIL_RETURNED = "NIL_RETURNED", "Nil return sent"
    WITH_AREA = "WITH_AREA", "With the Area Referral Service"
    AREA_RECORDED = "AREA_RECORDED", "Recorded by the Area Referral Service"
    WITH_LOCALITY = "WITH_LOCALITY", "With the locality team"
    PREPARING = "PREPARING", "Answer being prepared"
    SIGN_OFF = "SIGN_OFF", "Waiting for sign-off"
    RESPONDED = "RESPONDED", "Answered"
    OUTCOME_KNOWN = "OUTCOME_KNOWN", "Outcome recorded"
    WITH_CHILDREN = "WITH_CHILDREN", "With children's duty"
    CHILD_DECIDED = "CHILD_DECIDED", "Decided by children's duty"
    CLOSED = "CLOSED", "Closed"


class PractitionerState(models.TextChoices):
    SENT = "SENT", "Sent"
    TAKEN_UP = "TAKEN_UP", "Being looked at"
    FINISHED = "FINISHED", "Finished"
    LINKED = "LINKED", "Joined to the police referral"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


class FormState(models.TextChoices):
    OPEN = "OPEN", "To be answered"
    ANSWERED = "ANSWERED", "Answered"
    CANCELLED = "CANCELLED", "No longer needed"


class ContributionState(models.TextChoices):
    ASKED = "ASKED", "Asked"
    GIVEN = "GIVEN", "Given"
    TAKEN_BACK = "TAKEN_BACK", "Taken back"


class FormRoute(models.TextChoices):
    VIA_SSU = "VIA_SSU", "Through the Strategic Safeguarding Unit"
    DIRECT = "DIRECT", "Direct to a worker"


class Known(models.TextChoices):
    """What adult social care knows, decided by the officer; the register only suggests (K0.5)."""

    OPEN = "OPEN", "Open now"
    KNOWN = "KNOWN", "Known before, not open"
    NEVER = "NEVER", "No record held"


class AgeGroup(models.TextChoices):
    ADULT = "ADULT", "Adult"
    CHILD = "CHILD", "Under 18"
    UNKNOWN = "UNKNOWN", "Age not known"


class ChildDecisionKind(models.TextChoices):
    """What children's duty decides, weighed against the threshold document (C1.7, C1.8, C1.13 to C1.15)."""

    NO_CONCERN = "NO_CONCERN", "No immediate concern"
    SECTION_17 = "SECTION_17", "Section 17: a child in need"
    SECTION_47 = "SECTION_47", "Section 47: reasonable cause to suspect significant harm"
    IMMEDIATE = "IMMEDIATE", "Immediate protection"


class Source(models.TextChoices):
    """Who first raised it, as far as the referral says (national statistics, source of referral)."""

    POLICE = "POLICE", "Police"
    EDUCATION = "EDUCATION", "Education"
    HEALTH = "HEALTH", "Health"
    COUNCIL = "COUNCIL", "Local authority"
    PRISON = "PRISON", "Prison or probation"
    COMMUNITY = "COMMUNITY", "Community"
    FAMILY = "FAMILY", "Friends or family"
    OTHER = "OTHER", "Other"
    UNKNOWN = "UNKNOWN", "Not stated"


class MatchAnswer(models.TextChoices):
    SAME = "SAME", "The same person"
    DIFFERENT = "DIFFERENT", "Not the same person"
    UNSURE = "UNSURE", "Not sure"


class NeedState(models.TextChoices):
    TO_REFER = "TO_REFER", "To be referred"
    REFERRED = "REFERRED", "Referred"


class Outcome(models.TextChoices):
    CHANNEL = "channel", "To Channel"
    POLICE_LED = "police_led", "Held by police with partners"
    SIGNPOSTED = "signposted", "Signposted to other support"
    NO_FURTHER_ACTION = "no_further_action", "No further action"
    NOT_DISCLOSED = "not_disclosed", "Not disclosed"


class RegisterStatus(models.TextChoices):
    OPEN = "open", "Open now"
    KNOWN = "known", "Known before"


class QuestionState(models.TextChoices):
    """A question of the Strategic Safeguarding Unit to a referrer."""

    ASKED = "ASKED", "To be answered"
    ANSWERED = "ANSWERED", "Answered"
    TAKEN_BACK = "TAKEN_BACK", "No longer needed"


class ConcernStage(models.TextChoices):
    """Where a concern stands at the organisation (E4.12)."""

    WRITING = "WRITING", "Being written"
    WITH_LEAD = "WITH_LEAD", "With the safeguarding lead"
    WATCHING = "WATCHING", "Being watched"
    EXPLAINED = "EXPLAINED", "Explained"
    SENT = "SENT", "Sent"


class ConcernStepKind(models.TextChoices):
    HANDED = "HANDED", "handed it to the safeguarding lead"
    HANDED_BACK = "HANDED_BACK", "handed it back to its writer"
    REFER = "REFER", "decided to refer"
    WATCH = "WATCH", "decided to keep watching"
    EXPLAIN = "EXPLAIN", "decided that it is explained"
    TAKEN_UP_AGAIN = "TAKEN_UP_AGAIN", "took it up again"
    POLICE_CALLED = "POLICE_CALLED", "called the police"
    NOT_URGENT = "NOT_URGENT", "said that nobody is in immediate danger and no crime is suspected"
    WITHOUT_TRAINING = "WITHOUT_TRAINING", "went on without the training, because it could not wait"
    SENT = "SENT", "sent it"


class AdviceRung(models.TextChoices):
    """The advice ladder (D2.1 to D2.3, E4.11, E4.30)."""

    SAFEGUARDING_LEAD = "SAFEGUARDING_LEAD", "Safeguarding lead"
    LINE_MANAGER = "LINE_MANAGER", "Line manager"
    PREVENT_LEAD = "PREVENT_LEAD", "Prevent lead"
    POLICE_PREVENT = "POLICE_PREVENT", "Police Prevent team"
    INFORMATION_GOVERNANCE = "INFORMATION_GOVERNANCE", "Information governance"


class Transport(models.TextChoices):
    """How a form went to police, where the authority's route is by other means (E4.35 to E4.37)."""

    HERE = "HERE", "In this service"
    WEBSITE = "WEBSITE", "The police website form"
    SECURE_EMAIL = "SECURE_EMAIL", "Secure email"
    PASSWORD = "PASSWORD", "A file with a password, the password by telephone"
