"""The directory as its keepers see it: all posts, what each said before, and the posts that escalations go to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse

from prevent_cases.accounts.models import Area
from prevent_cases.casework import procedure
from prevent_cases.casework.directory import hours_words
from prevent_cases.casework.kinds import DirectoryKind
from prevent_cases.casework.models import DirectoryEntry, Post
from prevent_cases.casework.wording import day, time_words

LABELS = {
    "kind": "Kind", "title": "Title", "holder_name": "Holder", "area_id": "Area", "deputy_of_id": "Deputy of",
    "telephone": "Telephone", "opens_at": "Answered from", "closes_at": "Answered until",
    "out_of_hours": "Number at other times", "email": "Email address", "starts_on": "First day", "ends_on": "Last day",
}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """The entries of one area, or of everywhere, as rows of a table."""

    title: str
    rows: list[list[dict[str, str]]]
    columns: tuple[str, ...] = ("Post", "Held by", "Telephone", "At other times", "Dates")


POST_COLUMNS = ("Post", "Held by", "Deputy", "Mailbox")


def areas() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in Area.objects.order_by("name").values_list("pk", "name")]


def posts_to_deputise(entry: DirectoryEntry | None = None) -> list[tuple[str, str]]:
    """The posts that somebody may be deputy of: those that are nobody's deputy themselves."""
    rows = DirectoryEntry.objects.filter(deputy_of__isnull=True).select_related("area").order_by("title", "id")
    rows = rows.exclude(pk=entry.pk) if entry else rows
    return [(str(row.pk), f"{row.title}, {row.area.name if row.area else 'everywhere'}") for row in rows]


def groups(on: date) -> tuple[list[Group], list[Group]]:
    """Every entry that has not ended, and every one that has, area by area, everywhere first: one statement."""
    rows = DirectoryEntry.objects.select_related("area", "deputy_of").order_by(
        F("area__name").asc(nulls_first=True), "title", "id"
    )
    kept: list[DirectoryEntry] = []
    ended: list[DirectoryEntry] = []
    for row in rows:
        (ended if row.ends_on and row.ends_on < on else kept).append(row)
    return _grouped(kept, on), _grouped(ended, on)


def _grouped(rows: Iterable[DirectoryEntry], on: date) -> list[Group]:
    found: dict[str, list[DirectoryEntry]] = {}
    for row in rows:
        found.setdefault(row.area.name if row.area else "Everywhere", []).append(row)
    return [Group(title, [_cells(row, on) for row in entries]) for title, entries in found.items()]


def _cells(row: DirectoryEntry, on: date) -> list[dict[str, str]]:
    detail = f"Deputy of {row.deputy_of.title}" if row.deputy_of else str(DirectoryKind(row.kind).label)
    return [
        {"text": row.title, "url": reverse("reference:entry", args=[row.pk]), "detail": detail},
        {"text": row.holder_name or "Nobody named"},
        {"text": row.telephone or row.email, "detail": hours_words(row.opens_at, row.closes_at)},
        {"text": row.out_of_hours or ("The same" if row.opens_at is None and row.telephone else "None")},
        {"text": dates_words(row, on)},
    ]


def dates_words(row: DirectoryEntry, on: date) -> str:
    if row.starts_on > on:
        return f"From {day(row.starts_on)}"
    if row.ends_on is None:
        return "In force"
    return f"Until {day(row.ends_on)}" if row.ends_on >= on else f"Ended {day(row.ends_on)}"


def says_now(row: DirectoryEntry, names: dict[Any, str] | None = None) -> list[dict[str, str]]:
    """What an entry says, as questions and answers: two statements, none where the names are handed in."""
    names = names_of_places() if names is None else names
    return [{"key": label, "value": _worded(name, getattr(row, name), names)} for name, label in LABELS.items()]


def history(row: DirectoryEntry, names: dict[Any, str]) -> list[dict[str, Any]]:
    """What happened to an entry, newest first, in sentences: one statement."""
    rows = list(row.history.select_related("history_user").order_by("-history_date", "-history_id"))
    return [_told(new, old, names) for new, old in zip(rows, [*rows[1:], None], strict=True)]


def _told(new: Any, old: Any, names: dict[Any, str]) -> dict[str, Any]:
    title = "Added to the directory" if old is None else "Changed"
    changes = [
        {"label": label, "before": _worded(name, getattr(old, name), names) or "nothing",
         "after": _worded(name, getattr(new, name), names) or "nothing"}
        for name, label in LABELS.items() if old is not None and getattr(new, name) != getattr(old, name)
    ]  # fmt: skip
    by = new.history_user.name if new.history_user else "the service"
    return {"title": title, "at": new.history_date, "by": by, "changes": changes}


def names_of_places() -> dict[Any, str]:
    """The names of areas and titles of entries, by id: two statements."""
    entries: Iterable[tuple[Any, str]] = DirectoryEntry.objects.values_list("pk", "title")
    return dict(Area.objects.values_list("pk", "name")) | dict(entries)


def _worded(name: str, value: Any, names: dict[Any, str]) -> str:
    if name == "area_id":
        return names.get(value, "Everywhere")
    if value is None or value == "":
        return ""
    if name == "deputy_of_id":
        return names.get(value, "")
    if name == "kind":
        return str(DirectoryKind(value).label)
    if name in ("opens_at", "closes_at"):
        return time_words(value)
    return day(value) if isinstance(value, date) else str(value)


def post_titles() -> dict[str, str]:
    """The posts that some ladder of deadlines leads to, by key."""
    return {key: title for kept in procedure.every() for key, title in kept.posts.items()}


def find_post(key: str) -> Post:
    """The post of this key; not saved yet where nobody filled it. :raises KeyError: for a post there is not"""
    title = post_titles()[key]
    found = Post.objects.select_related("holder", "deputy").filter(pk=key).first()
    return found or Post(key=key, title=title)


def post_rows(on: date, *, may_edit: bool) -> list[list[dict[str, str]]]:
    """Every post with whoever is told today, with a link for whoever may change it: one statement."""
    held = {post.pk: post for post in Post.objects.select_related("holder", "deputy")}
    titles = sorted(post_titles().items(), key=_by_title)
    return [_post_cells(key, title, held.get(key), on, may_edit=may_edit) for key, title in titles]


def _by_title(item: tuple[str, str]) -> str:
    return item[1]


def _post_cells(key: str, title: str, post: Post | None, on: date, *, may_edit: bool) -> list[dict[str, str]]:
    holder = post.holder.name if post and post.holder else "Nobody"
    deputy = post.deputy.name if post and post.deputy else "Nobody"
    away = ""
    if post and post.deputy_from and post.deputy_until and post.deputy_until >= on:
        away = f"stands in from {day(post.deputy_from)} to {day(post.deputy_until)}"
    return [
        {"text": title, "url": reverse("reference:post", args=[key]) if may_edit else ""},
        {"text": holder},
        {"text": deputy, "detail": away},
        {"text": (post.email if post else "") or "None"},
    ]


def post_history(key: str) -> list[dict[str, Any]]:
    """Who held a post and when that was changed, newest first: one statement."""
    rows = list(
        Post.history.filter(key=key).select_related("history_user", "holder", "deputy")
        .order_by("-history_date", "-history_id")
    )  # fmt: skip
    return [
        {
            "title": "Filled" if number == len(rows) - 1 else "Changed", "at": row.history_date,
            "by": row.history_user.name if row.history_user else "the service", "lines": [_post_words(row)],
        }
        for number, row in enumerate(rows)
    ]  # fmt: skip


def _post_words(row: Any) -> str:
    said = (
        f"Held by {row.holder.name if row.holder else 'nobody'}, deputy {row.deputy.name if row.deputy else 'nobody'}"
    )
    if row.deputy_from and row.deputy_until:
        said += f", standing in from {day(row.deputy_from)} to {day(row.deputy_until)}"
    return f"{said}, mailbox {row.email or 'none'}."
