"""The pages of a case. Whoever may not know of it gets the same answer as for a case that is not there."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from prevent_cases.casepages.changes import with_changes
from prevent_cases.casepages.people import people as people_of
from prevent_cases.casepages.printed import record_of
from prevent_cases.casepages.summary import summary as summary_of
from prevent_cases.casepages.tasks import tasks as tasks_of
from prevent_cases.casework import access, queries
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.downloads import rendered
from prevent_cases.casework.kinds import Look
from prevent_cases.casework.now import now, today
from prevent_cases.casework.rendering.pdf import render_pdf
from prevent_cases.casework.sentences import Subject
from referrals.policy import case_staff
from referrals.queries.arrived import find as find_practitioners
from referrals.queries.frame import Frame, frame


@require_GET
@open_to(case_staff)
def summary(request: Request, case_id: UUID) -> HttpResponse:
    """What is new, what may be done next, what is due, what happened last. A practitioner's own has another page."""
    at = now()
    try:
        head, looked = _opened(request, case_id)
    except Http404:
        find_practitioners(request.actor, case_id, at)
        return redirect("referrals:practitioner", case_id)
    page = summary_of(request.actor, head, looked, at)
    return render(request, "case/summary.html", head.context("case") | page)


@require_GET
@open_to(case_staff)
def history(request: Request, case_id: UUID) -> HttpResponse:
    """Everything that happened, newest first, with what it changed; a filter; a mark where the reader last looked."""
    about, after = request.GET.get("about", ""), request.GET.get("after", "")
    with transaction.atomic():
        head, looked = _opened(request, case_id, "history")
        found = queries.timeline(
            head.case, may_open=looked.may_open, looked=looked.before, viewer=request.actor.user_id,
            about=about, after=after,
        )  # fmt: skip
        happened = with_changes(head.case, found.rows, may_open=looked.may_open)
    kept = {"about": about} if about in Subject.values else {}
    page = {
        "items": happened,
        "last_looked_at": looked.before,
        "about": about,
        "subjects": [(value, text) for value, text in Subject.choices if looked.may_open or value != Subject.MATERIAL],
        "older_url": f"?{urlencode({**kept, 'after': found.older})}" if found.older else "",
        "newest_url": f"?{urlencode(kept)}" if after else "",
    }
    return render(request, "case/history.html", head.context("case-history") | page)


@require_GET
@open_to(case_staff)
def people(request: Request, case_id: UUID) -> HttpResponse:
    """Who referred it, who it is about, who may open it."""
    head, _ = _opened(request, case_id, "people")
    return render(request, "case/people.html", head.context("case-people") | people_of(request.actor, head, now()))


@require_GET
@open_to(case_staff)
def tasks(request: Request, case_id: UUID) -> HttpResponse:
    """What is still to do and what was done."""
    head, looked = _opened(request, case_id, "tasks")
    page = tasks_of(head, now(), may_open=looked.may_open)
    return render(request, "case/tasks.html", head.context("case-tasks") | page)


@require_GET
@open_to(case_staff)
def looks(request: Request, case_id: UUID) -> HttpResponse:
    """Who looked at the case, newest first."""
    after = request.GET.get("after", "")
    head, looked = _opened(request, case_id, "looks")
    found = queries.looks(head.case, may_open=looked.may_open, after=after)
    page = {
        "items": found.rows,
        "older_url": f"?{urlencode({'after': found.older})}" if found.older else "",
        "newest_url": "?" if after else "",
    }
    return render(request, "case/looks.html", head.context("case-people") | page)


@require_GET
@open_to(case_staff)
def printed(request: Request, case_id: UUID) -> HttpResponse:
    """The record as a PDF: reference and page n of m on every page."""
    at = now()
    head, _ = _opened(request, case_id, what=Look.PRINTED)
    content = record_of(head, council=settings.COUNCIL_NAME, reader=request.actor.name, at=at)
    return rendered(render_pdf(content), content.file_name("pdf"))


def _opened(request: Request, case_id: UUID, page: str = "", what: Look = Look.CASE) -> tuple[Frame, access.Looked]:
    """The case, and the look at it written down. :raises Http404: the same for a hidden case and an absent one."""
    head = frame(request.actor, case_id, today())
    source = access.source_of(request)
    return head, access.look(request.actor, head.case, what, at=now(), source=source, record=page)
