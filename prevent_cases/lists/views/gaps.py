"""Gaps in the lists, and who would get a referral."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import today
from prevent_cases.casework.procedure import published
from prevent_cases.lists.forms.places import WhoForm
from prevent_cases.lists.policy import lists_admin, may_ask
from prevent_cases.lists.queries.gaps import GapKind, find_gaps
from prevent_cases.lists.queries.tester import who_would_get
from prevent_cases.lists.views.acting import page

TONES = {GapKind.NOBODY: "late", GapKind.NO_TEAM: "late", GapKind.FEW: "attention"}
LABELS = {
    GapKind.NOBODY: "Nobody",
    GapKind.FEW: "Too few",
    GapKind.NO_COVER: "No cover",
    GapKind.NO_MAILBOX: "No mailbox",
    GapKind.NO_TEAM: "No team",
}


@require_GET
@open_to(lists_admin)
def gaps(request: Request) -> HttpResponse:
    """What is missing today or within thirty days, the worst first."""
    rows = [
        [
            {"text": gap.place, "url": reverse("lists:team", args=[gap.team.pk]) if gap.team else ""},
            {"text": LABELS[gap.kind], "tone": TONES.get(gap.kind, "waiting")},
            {"text": gap.words},
        ]
        for gap in find_gaps(today())
    ]
    return page(request, "lists/gaps.html", {"rows": rows, "columns": ("Where", "What", "In words")})


@require_http_methods(["GET", "POST"])
@open_to(may_ask)
def who(request: Request) -> HttpResponse:
    """Ask who would get a referral. Posted, so that no postcode stays in an address; nothing is kept."""
    form = WhoForm(request.POST or None)
    outcome = None
    if form.is_valid():
        outcome = who_would_get(**form.cleaned_data, procedure=published(settings.DEFAULT_PROCEDURE), on=today())
    return page(request, "lists/who.html", {"form": form, "outcome": outcome})
