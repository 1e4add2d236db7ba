"""The first page of a case: what is new, what may be done next, what is due, what happened last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import queries
from prevent_cases.casework.access import Looked
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import Case
from prevent_cases.casework.queries import Deadline, Happening
from prevent_cases.casework.wording import date_and_time
from referrals.models import Referral
from referrals.queries.earlier import MOST, other_episodes
from referrals.queries.frame import Frame
from referrals.queries.steps import next_steps, waiting_for
from referrals.states import Known, Outcome

LATEST = 3
NEWS = 6
DEADLINES = 8
CAME = (
    "referral.send_to_area", "referral.send_to_locality", "referral.send_to_children", "referral.reroute",
    "referral.forward",
)  # fmt: skip


def summary(actor: Actor, head: Frame, looked: Looked, at: datetime) -> dict[str, Any]:
    """The context of templates/case/summary.html: three statements."""
    case = head.case
    happened = queries.timeline(case, may_open=looked.may_open, looked=looked.before, viewer=actor.user_id, limit=NEWS)
    running = queries.deadlines(case, at, DEADLINES + 1)
    steps, turns = next_steps(head)
    episodes = other_episodes(actor, head.referral, civil_date(at))
    return {
        "news": news(happened.rows, looked),
        "latest": happened.rows[:LATEST],
        "steps": [asdict(step) for step in steps[:1]],
        "other_steps": steps[1:] + turns,
        "waiting": waiting_for(actor, head.referral),
        "deadlines": clocks_shown(case, running[:DEADLINES]),
        "more_deadlines": len(running) > DEADLINES,
        "episodes": episodes[:MOST],
        "more_episodes": len(episodes) > MOST,
        "facts": facts_of(head.referral),
    }


def news(rows: Sequence[Happening], looked: Looked) -> dict[str, Any]:
    """What happened since the reader last looked, as components/alert.html takes it."""
    if looked.before is None:
        came = [f"{row.title}, {date_and_time(row.at)}" for row in rows if row.kind in CAME][:1]
        return {"title": "You have not opened this case before", "lines": came}
    title = f"Since you last looked ({date_and_time(looked.before)})"
    lines = [f"{row.title}. {row.by}, {date_and_time(row.at)}" for row in rows if row.is_new]
    if len(lines) == NEWS:
        lines[-1] = "And more: see the history"
    return {"title": title, "lines": lines} if lines else {"title": title, "text": "Nothing new has happened."}


def clocks_shown(case: Case, rows: Sequence[Deadline]) -> list[dict[str, Any]]:
    """Deadlines as components/clock.html takes them, each with whose duty it is."""
    return [
        {
            "clock": {
                "label": row.label, "due": row.due, "words": row.words, "standing": row.standing,
                "why_url": reverse("clock-why", args=[case.pk, row.run_id]),
            },
            "duty": row.duty,
        }
        for row in rows
    ]  # fmt: skip


def facts_of(referral: Referral) -> list[dict[str, Any]]:
    """What the referral says of itself, as components/summary_list.html takes it."""
    rows = (
        ("Received", date_and_time(referral.received_at)),
        ("From", ", ".join(part for part in (referral.sender_name, referral.policing_team.name) if part)),
        ("Their reference", referral.policing_reference),
        ("Reply to", referral.reply_address),
        ("First raised by", referral.get_source_display()),
        ("Known to adult social care", _known(referral)),
        ("Named worker", referral.named_worker_name or (referral.named_worker.name if referral.named_worker else "")),
        ("Outcome from CT policing", Outcome(referral.outcome).label if referral.outcome else ""),
    )
    return [{"key": key, "value": value} for key, value in rows if value]


def _known(referral: Referral) -> str:
    """What adult social care knows; of a child with children's duty nobody asks that."""
    if referral.known:
        return str(Known(referral.known).label)
    return "" if referral.is_child else "Not decided yet"
