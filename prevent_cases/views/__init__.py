"""The screens that may see every app: the pages of a case. And what is answered when there is no page to show."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prevent_cases.casework.access import open_to_all
from prevent_cases.keeping import address_of, is_own_page, keep_typing

NO_FORMS = {"names_url": "", "sign_out_url": "", "search_url": "", "session_timeout": None}
"""Every form carries a token that differs from page to page; without forms, "not found" is always the same bytes."""


@open_to_all("It says only that a form was open too long.")
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Nothing was done. What was typed on a page of ours is kept, and the page it was typed on can be opened anew."""
    draft = keep_typing(request) if is_own_page(request) else None
    return render(request, "403_csrf.html", {"page": address_of(draft) if draft else ""}, status=403)


@open_to_all("It says that there is nothing, whether that is so or the reader may not know (T06).")
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", NO_FORMS, status=404)
