"""Advice taken before a referral and the steps of a concern, in the words that go with it. Read in access.oneself."""

from __future__ import annotations

from prevent_cases.casework.wording import date_and_time, day
from referrals.models import AdviceTaken, Concern, ConcernStep
from referrals.states import ConcernStepKind

URGENCY = (ConcernStepKind.POLICE_CALLED, ConcernStepKind.NOT_URGENT)
AT_THE_START = (*URGENCY, ConcernStepKind.WITHOUT_TRAINING)


def advice_of(concern: Concern) -> list[AdviceTaken]:
    """The rungs that were climbed, in the order of their days."""
    return list(AdviceTaken.objects.filter(concern=concern).order_by("taken_on", "at"))


def steps_of(concern: Concern) -> list[ConcernStep]:
    """What was done with a concern, newest first, with who did it."""
    return list(ConcernStep.objects.filter(concern=concern).select_related("by", "to").order_by("-at", "-id"))


def is_urgency_answered(concern: Concern) -> bool:
    """Whether somebody has said if the police must be called now (E4.10). Until then the form does not go on."""
    return ConcernStep.objects.filter(concern=concern, kind__in=URGENCY).exists()


def advice_in_words(concern: Concern) -> str:
    """The advice as it is carried into the case: a paragraph a rung; empty where none was taken."""
    return "\n\n".join(
        f"{row.get_rung_display()}, {row.whom}, on {day(row.taken_on)}:\n{row.advised}" for row in advice_of(concern)
    )


def steps_in_words(concern: Concern) -> str:
    """The organisation's own steps as they are carried into the case, first to last; empty where there were none."""
    return "\n\n".join(said(step) for step in reversed(steps_of(concern)))


def said(step: ConcernStep) -> str:
    """One step as a sentence, with its reason."""
    sentence = f"{date_and_time(step.at)}: {step.by.name} {step.get_kind_display()}"
    sentence += f", {step.to.name}." if step.to else "."
    return f"{sentence}\n{step.words}" if step.words else sentence
