"""The parts of a draft as the task list and the page that checks it show them. No statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from referrals.models import Concern
from referrals.national_form.editions import edition
from referrals.national_form.said import SaidPage

DONE, BEGUN, NOT_BEGUN = "Completed", "In progress", "Not started"


def parts_of(concern: Concern, pages: Sequence[SaidPage]) -> list[dict[str, Any]]:
    """Groups of tasks: a page each, the files, and the last one, which sends."""
    said = {page.slug: page for page in pages}
    groups: dict[str, list[dict[str, Any]]] = {}
    for page in edition(concern.form_version).pages:
        task = {"title": page.title, "url": reverse("refer:page", args=[concern.pk, page.slug])}
        if page.slug in said:
            task |= {"title": said[page.slug].title, **_standing(said[page.slug])}
        else:
            task |= _files(concern, page.slug)
        groups.setdefault(page.group, []).append(task)
    last = {"title": "Check your answers and send", "url": reverse("refer:check", args=[concern.pk]), "status": ""}
    groups[list(groups)[-1]].append(last)
    return [{"title": title, "tasks": tasks, "id": f"part-{n}"} for n, (title, tasks) in enumerate(groups.items(), 1)]


def cards_of(concern: Concern, pages: Sequence[SaidPage], *, may_change: bool = True) -> list[dict[str, Any]]:
    """A summary card a page, a row an answer, each with its way back to the box. What few can
    answer is left out where it is empty."""
    cards = []
    for page in pages:
        url = reverse("refer:page", args=[concern.pk, page.slug]) + "?to=check"
        rows = [
            {
                "key": row.title,
                "lines": row.words.split("\n") if "\n" in row.words else None,
                "value": row.words,
                "is_name": row.column in ("given_name", "family_name", "other_names"),
                "change_url": f"{url}#id_{row.key}" if may_change else "",
            }
            for row in page.rows
            if row.words or not row.is_folded
        ]
        cards.append({"title": page.title, "rows": rows})
    return cards


def _standing(page: SaidPage) -> dict[str, str]:
    if page.is_done:
        return {"status": DONE, "tone": ""}
    return {"status": BEGUN, "tone": "progress"} if page.is_begun else {"status": NOT_BEGUN, "tone": "new"}


def _files(concern: Concern, slug: str) -> dict[str, str]:
    count = len(concern.files)
    if count:
        return {"status": "1 file" if count == 1 else f"{count} files", "tone": ""}
    done = slug in concern.answers.get("journey", {}).get("done", [])
    return {"status": DONE, "tone": ""} if done else {"status": "Optional", "tone": ""}
