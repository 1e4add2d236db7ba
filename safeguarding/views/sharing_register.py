"""The register of what was shared, for the unit's lead and for auditors: filters, gaps, and a file."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.downloads import table
from prevent_cases.casework.kinds import Basis, Look
from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.now import now, today
from prevent_cases.casework.wording import day
from safeguarding.forms.sharing_register import WantedForm
from safeguarding.policy import sees_the_register
from safeguarding.queries import sharing_register as queries

LABELS = {"delivery": "How it went", "consent": "Consent", "standing": "Standing"}


@require_GET
@open_to(sees_the_register)
def register(request: Request) -> HttpResponse:
    """What was shared, newest first; each case on the page is in its access log."""
    form = WantedForm(request.GET)
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    with transaction.atomic():
        rows, older = queries.page_of(request.actor, form.wanted, request.GET.get("after", ""))
        _log(request, {row.case_id for row in rows}, "register")
        gaps = queries.gaps(request.actor)
    return render(request, "safeguarding/register.html", {
        "form": form,
        "selects": [_select(form, name) for name in ("delivery", "consent", "standing")],
        "columns": queries.COLUMNS,
        "rows": [_row(row, is_theirs=_leads(request)) for row in rows],
        "gaps": gaps,
        "is_filtered": bool(asked),
        "file_url": f"{reverse('sharing:file')}?{urlencode(asked)}" if asked else reverse("sharing:file"),
        "older_url": f"?{urlencode({**asked, 'after': older})}" if older else "",
        "newer_url": f"?{urlencode(asked)}" if request.GET.get("after") else "",
    })  # fmt: skip


@require_GET
@open_to(sees_the_register)
def as_file(request: Request) -> HttpResponse:
    """The same rows as comma-separated values. The looks are written first: without them nothing is sent."""
    with transaction.atomic():
        cases, rows = queries.for_a_file(request.actor, WantedForm(request.GET).wanted)
        _log(request, set(cases), "register as a file")
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(queries.IN_A_FILE)
    writer.writerows(rows)
    name = f"what-was-shared-{today().isoformat()}.csv"
    return table(out.getvalue(), name)


def _select(form: WantedForm, name: str) -> dict[str, Any]:
    field: Any = form.fields[name]
    return {"name": name, "label": LABELS[name], "choices": field.choices, "value": form[name].value() or ""}


def _log(request: Request, cases: set[Any], record: str) -> None:
    if cases:
        basis = Basis.OWNER if _leads(request) else Basis.AUDIT
        access.log_looks(
            request.actor, sorted(cases), Look.SHARED, at=now(), source=access.source_of(request), record=record,
            basis=basis,
        )  # fmt: skip


def _leads(request: Request) -> bool:
    return not request.actor.sits_in(TeamKind.AUDIT)


def _row(row: Disclosure, *, is_theirs: bool) -> list[dict[str, str]]:
    standing, tone = queries.standing_in_words(row)
    url = reverse("referrals:disclosures", args=[row.case_id]) if is_theirs else ""
    team = row.recipient_team.name if row.recipient_team else ""
    return [
        {"text": row.title, "url": url, "detail": row.case.reference},
        {"text": row.recipient_agency or team, "detail": team if row.recipient_agency else ""},
        {"text": day(row.decided_at)},
        {"text": queries.POSITIONS[row.consent]},
        {"text": queries.WAYS[row.delivery]},
        {"text": standing, "tone": tone},
    ]
