"""What can be true of what is done to protect somebody. Imports nothing of ours."""

from django.db import models

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
