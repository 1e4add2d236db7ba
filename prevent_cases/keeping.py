"""Nothing typed is lost: a form sent after its session ended is kept for its writer and put back once they sign in.

A signed cookie says who last used this browser; only what that person typed is kept, under row security, for a day
(casework.clocks.DRAFT_KEPT). Whoever else signs in sees nothing of it. Files and passwords are never kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID, uuid4

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.backends import SeatedBackend, actor_for
from prevent_cases.casework.clocks import DRAFT_KEPT
from prevent_cases.casework.drafts import forget_draft, open_draft, save_draft
from prevent_cases.casework.models import Draft
from prevent_cases.casework.now import now
from prevent_cases.casework.workflow import Refused
from prevent_cases.refilling import keyed, refilled

KIND = "typed"
WRITER = "writer"
UNTOLD = re.compile(r"csrfmiddlewaretoken|kept|next|.*password.*", re.IGNORECASE)
NOT_WORDS = re.compile(r"[\d\s-]*|[0-9a-f-]{36}|(\w+:[0-9a-f]+,?)+", re.IGNORECASE)
"""Versions, days, ids and marks: never what somebody would miss."""
PUT_BACK = "What you typed and did not send is back in its boxes"
NOT_PUT_BACK = "This page has changed since you typed, and some of it has no box now"


class KeptTyping:
    """Remembers who uses this browser, fills the page that ``?kept=`` asks for, and forgets what was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        draft = _asked_for(request, actor)
        response = self.get_response(request)
        if draft is not None:
            response = _put_back(request, response, draft)
        if request.method == "POST" and actor.is_signed_in and kept_key(request.POST):
            response = _after_sending(request, response, actor)
        return _remember(request, response, actor)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there back to the page this came from, with what was typed on it.

    What a page saves by itself is not kept so: it stays on the page, which says so, and comes again when it is sent.
    """
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    page = came_from(request)
    draft = None if "x-autosave" in request.headers else keep_typing(request)
    return redirect_to_login(address_of(draft) if draft else page)


def keep_typing(request: HttpRequest, *, page: str = "", to: str = "") -> Draft | None:
    """Keep what this form holds for whoever typed it. None when nobody is known to have, or it holds nothing.

    :param page: where it was typed; by default what the browser says
    :param to: where it was to be posted; by default where it was
    """
    writer = _writer(request)
    fields = {
        name: [value.replace("\x00", "") for value in request.POST.getlist(name)]
        for name in request.POST
        if not UNTOLD.fullmatch(name)
    }
    if writer is None or not fields:
        return None
    key = kept_key(request.POST)
    earlier = open_draft(key=key, by=writer) if key else None
    if earlier is None or earlier.kind != KIND:
        key = uuid4()
    typed = {"page": page or came_from(request), "to": to or request.path, "fields": fields}
    try:
        return save_draft(key=key or uuid4(), kind=KIND, typed=typed, by=writer, at=now())
    except Refused:
        return None


def address_of(draft: Draft) -> str:
    """The page that somebody typed on, filled again."""
    return with_kept(draft.typed["page"], str(draft.pk))


def with_kept(page: str, key: str) -> str:
    parts = urlsplit(page)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "kept"]
    return f"{parts.path}?{urlencode([*query, ('kept', key)])}"


def came_from(request: HttpRequest) -> str:
    """The page of ours that a form was sent from, by what the browser says; else the address it was sent to."""
    said = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure()):
        return our_page(said) or request.get_full_path()
    return request.get_full_path()


def our_page(address: str) -> str:
    """The path and query of an address of ours; nothing for any other."""
    parts = urlsplit(address)
    try:
        resolve(parts.path)
    except Resolver404:
        return ""
    if parts.path == reverse("account_login"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def is_own_page(request: HttpRequest) -> bool:
    """Whether a browser vouches that this was sent from a page of ours, though its token is an old one."""
    site = request.headers.get("sec-fetch-site")
    origin = f"{request.scheme}://{request.get_host()}"
    return site == "same-origin" if site else request.headers.get("origin") == origin


def kept_key(given: Mapping[str, str]) -> UUID | None:
    try:
        return UUID(given.get("kept", ""))
    except ValueError:
        return None


def _asked_for(request: HttpRequest, actor: Actor) -> Draft | None:
    key = kept_key(request.GET) if request.method == "GET" and actor.is_signed_in else None
    draft = open_draft(key=key, by=actor) if key else None
    return draft if draft and draft.kind == KIND else None


def _put_back(request: HttpRequest, response: HttpResponse, draft: Draft) -> HttpResponse:
    if _is_elsewhere(response):
        response["Location"] = with_kept(response["Location"], str(draft.pk))
        return response
    if not _is_page(response):
        return response
    filled = refilled(
        response.content.decode(), path=request.path, posted_to=draft.typed["to"], fields=draft.typed["fields"],
        key=str(draft.pk),
    )  # fmt: skip
    unplaced = {name: _words(values) for name, values in filled.unplaced.items()}
    lost = [words for words in unplaced.values() if words]
    context = {"title": NOT_PUT_BACK if lost else PUT_BACK, "lost": lost, "until": draft.saved_at + DRAFT_KEPT}
    notice = render_to_string("work/kept_typing.html", context)
    response.content = re.sub(r"<main\b[^>]*>", lambda main: main[0] + notice, filled.page, count=1)
    return response


def _words(values: list[str]) -> str:
    return "\n".join(value for value in values if not NOT_WORDS.fullmatch(value))


def _after_sending(request: HttpRequest, response: HttpResponse, actor: Actor) -> HttpResponse:
    """What was kept is forgotten once it is sent; while it is refused, its form goes on saying where it is kept."""
    key = kept_key(request.POST)
    draft = open_draft(key=key, by=actor) if key else None
    if key is None or draft is None or draft.kind != KIND:
        return response
    if _is_elsewhere(response):
        forget_draft(key=key, by=actor)
    elif _is_page(response):
        page = response.content.decode()
        response.content = keyed(
            page, path=request.path, posted_to=request.path, fields=draft.typed["fields"], key=str(key)
        )
    return response


def _is_page(response: HttpResponse) -> bool:
    return response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")


def _is_elsewhere(response: HttpResponse) -> bool:
    """Whether it leads on to another page of ours."""
    return isinstance(response, HttpResponseRedirect) and response["Location"].startswith("/")


def _writer(request: Any) -> Actor | None:
    """Who is at this browser: whoever is signed in, else whoever was last, if their account is still open."""
    if request.actor.is_signed_in:
        return request.actor
    user_id = _remembered(request)
    user = SeatedBackend().get_user(user_id) if user_id else None
    return actor_for(user) if user else None


def _remember(request: HttpRequest, response: HttpResponse, actor: Actor) -> HttpResponse:
    """Say in a signed cookie who uses this browser, until they sign out of it."""
    if request.path == reverse("account_logout") and request.method == "POST":
        response.delete_cookie(WRITER, samesite="Lax")
    elif actor.is_signed_in and _remembered(request) != str(actor.user_id):
        response.set_signed_cookie(
            WRITER, str(actor.user_id), salt=WRITER, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response


def _remembered(request: HttpRequest) -> str:
    """The account of whoever was last signed in at this browser, a day ago at most."""
    return request.get_signed_cookie(WRITER, default="", salt=WRITER, max_age=DRAFT_KEPT) or ""
