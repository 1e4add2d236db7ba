"""What a person can see of referrals: what they can see of the cases they lead, and nothing else."""

from __future__ import annotations

from datetime import date

from django.db import models

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.models import Case


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor, on: date) -> ReferralQuerySet:
        return self.filter(case__in=Case.objects.visible_to(actor, on))
