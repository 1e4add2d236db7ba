"""Home, the case page, my work, the style guide, health: the only screens that may see every app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prevent_cases.casework.access import open_to_all


@open_to_all("It says only that a form was open too long.")
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
