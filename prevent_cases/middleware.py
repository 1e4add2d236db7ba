"""What every request passes through: who acts, whether the view declared its policy, and quiet errors."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from prevent_cases.accounts.actors import VISITOR
from prevent_cases.accounts.backends import actor_for
from prevent_cases.keeping import to_sign_in

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("prevent_cases.errors")

FROM_LIBRARIES = ("allauth.",)
"""Packages whose sign-in views declare no policy of ours: they are for people who are not signed in yet, or are
about one's own account."""


class QuietErrors:
    """Nothing is stored by browsers; a database that cannot be reached is said in words, without its own."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            add_never_cache_headers(response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DatabaseError):
            return None
        incident = uuid.uuid4().hex[:8]
        log.error("database", extra={"incident": incident}, exc_info=exception)
        return render(request, "503.html", {"incident": incident}, status=503)


class IdleSession:
    """Ends a session that has not been used for a while, on the server. Written at most once a minute."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        used, now = request.session.get("used"), int(time.time())
        if used is not None and now - used > settings.IDLE_SECONDS:
            logout(request)
        elif "_auth_user_id" in request.session and (used is None or now - used > 60):
            request.session["used"] = now
        return self.get_response(request)


class ActingPerson:
    """Puts the acting person on the request: their account and the seats they hold today, with no further query."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.actor = actor_for(user) if user.is_authenticated else VISITOR  # type: ignore[attr-defined]
        return self.get_response(request)


class DeclaredPolicy:
    """Refuses any view that has not declared who it is for (D6); hides the rest from whoever it is not for."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if view.__module__.startswith(FROM_LIBRARIES):
            return None
        policy = getattr(view, "policy", None)
        if policy is None:
            raise ImproperlyConfigured(f"{view.__module__}.{view.__qualname__} declares no policy")
        if policy.rule is None:
            return None
        actor = request.actor  # type: ignore[attr-defined]
        if not actor.is_signed_in:
            return to_sign_in(request)
        if not policy.rule.allows(actor, None):
            raise Http404
        return None
