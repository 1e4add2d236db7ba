"""A person asked what was shared about them: choose what they are told of, and take the list away as a file."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.downloads import rendered
from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.now import now, today
from prevent_cases.casework.wording import day
from referrals.policy import ssu_staff, the_ssu_lead
from referrals.queries.frame import Frame
from referrals.views.acting import carried_out, head_of, not_now
from safeguarding.forms.own_list import OwnListForm
from safeguarding.operations.own_list import give_own_list
from safeguarding.queries.own_list import shared_about


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def own_list(request: Request, case_id: UUID) -> HttpResponse:
    """What was shared about this person, over all of their cases that the lead sees."""
    head: Frame = head_of(request, case_id, "own list")
    if not the_ssu_lead.allows(request.actor, head.referral):
        return not_now(request, head)
    shared = shared_about(request.actor, head.referral, today())
    back = reverse("referrals:disclosures", args=[case_id])
    choices = [(str(row.pk), _named(row)) for row in shared]
    form = OwnListForm(request.POST or None, case=head.case, shared=choices, cancel_url=back)
    done: list[bytes] = []
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if carried_out(form, lambda: done.append(give_own_list(
            referral=head.referral, told={UUID(key) for key in typed["told"]}, why_withheld=typed["why_withheld"],
            consulted=typed["consulted"], council=settings.COUNCIL_NAME, by=request.actor, at=now(),
            version=typed["version"],
        ))):  # fmt: skip
            return rendered(done[0], f"{head.case.reference}-what-was-shared.pdf")
    page = {"form": form, "shared": shared, "back_url": back, "back_text": "What was shared"}
    return render(request, "safeguarding/own_list.html", head.context() | page)


def _named(row: Disclosure) -> str:
    to = row.recipient_team.name if row.recipient_team else row.recipient_agency
    return f"{row.title}, {to}, {day(row.decided_at)} ({row.case.reference})"
