"""Drafts of referrals, for whoever may read them: their writer, and the lead they were handed to (row security)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.procedure import Prompt, in_force
from referrals.models import Concern, PractitionerReferral
from referrals.national_form.editions import edition
from referrals.national_form.said import SaidPage, born_on, said
from referrals.states import ConcernStage


def concern_of(actor: Actor, concern_id: UUID) -> Concern:
    """A draft that this person may read. :raises Http404: the same for hidden and absent."""
    with access.oneself(actor):
        found = Concern.objects.select_related("organisation", "team").filter(pk=concern_id).first()
    if found is None:
        raise Http404
    return found


def my_concerns(actor: Actor) -> list[Concern]:
    """What this person is writing or was handed, newest first; what was sent is among their referrals."""
    with access.oneself(actor):
        rows = Concern.objects.filter(Q(writer=actor.user_id) | Q(lead=actor.user_id))
        return list(
            rows.exclude(stage=ConcernStage.SENT).select_related("writer", "lead").order_by("-saved_at", "-id")[:50]
        )


def prompts_of(concern: Concern, on: date) -> Sequence[Prompt]:
    """The prompts of the procedure that is in force on a day."""
    return in_force(concern.procedure_key, on).prompts


def said_in(concern: Concern, on: date) -> list[SaidPage]:
    """What a draft says, page by page, in words. No statement."""
    return said(edition(concern.form_version), concern.answers, prompts_of(concern, on), told=concern.on_behalf)


def own_earlier(actor: Actor, concern: Concern) -> list[PractitionerReferral]:
    """What this person themselves sent before about somebody of this name, newest first: theirs, and nobody else's.

    One statement whoever the person is; it reads no row that another sent.
    """
    answers = concern.answers
    family, given = answers.get("individual.family_name", "").strip(), answers.get("individual.given_name", "").strip()
    born = born_on(answers)
    same = Q(family_name__iexact=family) & (Q(given_name__iexact=given) | Q(born_on=born, born_on__isnull=False))
    rows = PractitionerReferral.objects.filter(same, Q(referrer=actor.user_id) | Q(entered_by=actor.user_id))
    return list(rows.exclude(family_name="", given_name="").select_related("case").order_by("-sent_at")[:5])
