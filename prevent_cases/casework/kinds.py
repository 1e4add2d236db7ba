"""The fixed vocabularies of casework. Imports nothing of ours."""

from django.db import models


class Sensitivity(models.IntegerChoices):
    ORDINARY = 0, "Ordinary"
    LIMITED = 1, "Limited to its lead and the people working on it"


class Queue(models.TextChoices):
    """The inbox tab a case waits in."""

    ARRIVED = "ARRIVED", "Sent by a practitioner"
    TRIAGE = "TRIAGE", "To triage"
    WAITING = "WAITING", "Waiting for a reply"
    FINISHING = "FINISHING", "To finish"
    CLOSED = "CLOSED", "Closed"


class LedgerEntry(models.TextChoices):
    """What can happen to a clock."""

    STARTED = "STARTED", "Started"
    PAUSED = "PAUSED", "Paused"
    RESUMED = "RESUMED", "Resumed"
    EXTENDED = "EXTENDED", "Extended"
    CALENDAR = "CALENDAR", "Moved by a proclaimed holiday"
    STOPPED = "STOPPED", "Stopped"


class ClockState(models.TextChoices):
    RUNNING = "RUNNING", "Running"
    PAUSED = "PAUSED", "Paused"
    STOPPED = "STOPPED", "Stopped"


class DueKind(models.TextChoices):
    """What the sweep does when its moment comes."""

    WARN = "WARN", "Due soon"
    LATE = "LATE", "Late"
    ESCALATE = "ESCALATE", "Escalated"


class DocumentKind(models.TextChoices):
    REFERRAL = "REFERRAL", "Referral as received"
    ATTACHMENT = "ATTACHMENT", "Attachment"
    NIL_RETURN = "NIL_RETURN", "Nil return"
    ANSWER = "ANSWER", "Answer to policing"
    FORM = "FORM", "Information gathering form"
    FORM_ANSWER = "FORM_ANSWER", "Completed information gathering form"
    OTHER = "OTHER", "Other document"


class ScanState(models.TextChoices):
    WAITING = "WAITING", "Waiting to be checked"
    CLEAN = "CLEAN", "Checked"
    INFECTED = "INFECTED", "Withheld: harmful content found"
    NOT_SCANNED = "NOT_SCANNED", "No scanner is configured"


class Look(models.TextChoices):
    """What was looked at."""

    CASE = "CASE", "opened the case"
    MATERIAL = "MATERIAL", "opened the restricted area"
    DOCUMENT = "DOCUMENT", "downloaded a document"
    PRINTED = "PRINTED", "opened a printable view"
    SHARED = "SHARED", "opened what was shared"


class Basis(models.TextChoices):
    """By what right somebody looked, as the access log keeps it."""

    NOMINATED = "nominated", "as a nominated worker of the team that held it"
    KEPT = "kept", "as a nominated worker of the team that recorded in it"
    HOLDER = "holder", "as a member of the team that held it"
    OWNER = "owner", "as a member of the team that coordinates it"
    NAMED = "named", "as a named worker"
    SHARED = "shared", "as a member of the team it was shared with"
    AUDIT = "audit", "as an auditor, without what was shared"
    ASKED = "asked", "as a colleague who was asked one question"
    PARTNER = "partner", "as a partner who was asked a question"


class Delivery(models.TextChoices):
    IN_SERVICE = "IN_SERVICE", "In this service, with a message that it is there"
    SECURE_EMAIL = "SECURE_EMAIL", "Secure email, outside this service"
    PASSWORD = "PASSWORD", "Email with a password on the file, and the password another way"
    LINK = "LINK", "A link that opens once, in this service"
    SPOKEN = "SPOKEN", "By word of mouth"
    ON_PAPER = "ON_PAPER", "On paper"


SENT_BY_HAND = (Delivery.SECURE_EMAIL, Delivery.PASSWORD)
"""What a person sends from their own mailbox, and records here afterwards."""
WITHOUT_ADDRESS = (Delivery.SPOKEN, Delivery.ON_PAPER)


class PasswordChannel(models.TextChoices):
    """How the password of a file was given: never the way the file went (E4.35 to E4.37)."""

    TELEPHONE = "TELEPHONE", "By telephone"
    TEXT = "TEXT", "By text message"
    IN_PERSON = "IN_PERSON", "In person"


class AddressStanding(models.TextChoices):
    """What was known of an address when something was shared with it (K0.12)."""

    KNOWN = "KNOWN", "In the directory, and at a secure domain"
    SECURE = "SECURE", "At a secure domain, and not in the directory"
    LISTED = "LISTED", "In the directory, and not at a secure domain"
    UNKNOWN = "UNKNOWN", "Neither in the directory nor at a secure domain"
    NO_ADDRESS = "NO_ADDRESS", "No address was used"
    NOT_CHECKED = "NOT_CHECKED", "Not checked: shared before addresses were checked"


AT_A_SECURE_DOMAIN = (AddressStanding.KNOWN, AddressStanding.SECURE)


class ConsentPosition(models.TextChoices):
    """What the person had said about sharing when something was shared; every other than agreement says why."""

    GIVEN = "GIVEN", "They agreed to it"
    OVERRIDDEN = "OVERRIDDEN", "They did not agree, and it is shared all the same"
    NOT_SOUGHT = "NOT_SOUGHT", "They were not asked"
    NOT_ASKED = "NOT_ASKED", "Not recorded: shared before this was asked"


class AccessReason(models.TextChoices):
    TASK = "TASK", "To do one task"
    INVOLVED = "INVOLVED", "Involved with the person"


class HoldState(models.TextChoices):
    """A hold, and how it ended."""

    STANDING = "STANDING", "On hold"
    ANSWERED = "ANSWERED", "Ended by the answer from CT policing"
    ENDED = "ENDED", "Ended by a manager"
    LIFTED = "LIFTED", "Lifted for safety"


class DirectoryKind(models.TextChoices):
    """Who a worried person may need to reach (N3.39, E4.11, E4.71)."""

    EMERGENCY_LINE = "EMERGENCY_LINE", "Council emergency line"
    ADULT_FRONT_DOOR = "ADULT_FRONT_DOOR", "Adult social care front door"
    CHILDREN_FRONT_DOOR = "CHILDREN_FRONT_DOOR", "Children's social care front door"
    SAFEGUARDING_LEAD = "SAFEGUARDING_LEAD", "Safeguarding lead"
    PREVENT_LEAD = "PREVENT_LEAD", "Prevent lead"
    POLICE_PREVENT = "POLICE_PREVENT", "Police Prevent team"
    COORDINATOR = "COORDINATOR", "Prevent coordinator"
    ENGAGEMENT_OFFICER = "ENGAGEMENT_OFFICER", "Prevent engagement officer"
    INFORMATION_GOVERNANCE = "INFORMATION_GOVERNANCE", "Information governance"
    PANEL_CHAIR = "PANEL_CHAIR", "Channel Panel chair"
    PANEL_CO_CHAIR = "PANEL_CO_CHAIR", "Channel Panel co-chair"
    PANEL_VICE_CHAIR = "PANEL_VICE_CHAIR", "Channel Panel vice chair"
