"""What a page was sent."""

from __future__ import annotations

from django.http import QueryDict

from prevent_cases.casework.access import Request


def posted(request: Request) -> QueryDict | None:
    """What was sent, even where every box was empty; None where nothing was."""
    return request.POST if request.method == "POST" else None
