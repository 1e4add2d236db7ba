"""The floor: the least a signed-in Django page with 25 rows costs in this very server."""

from django.http import HttpResponse
from django.shortcuts import render

from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.models import Case
from prevent_cases.casework.rules import anyone_signed_in


@open_to(anyone_signed_in)
def floor(request: Request) -> HttpResponse:
    """Session, account, one indexed query, 25 rows through a Django template, and nothing else."""
    rows = list(
        Case.objects.order_by("pk").values(
            "id", "reference", "stage", "queue", "opened_at", "next_due_at", "next_due_clock", "version"
        )[:25]
    )
    return render(request, "benchmarks/floor.html", {"rows": rows})
