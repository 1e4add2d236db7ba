"""The five consents and tellings of a case as its page shows them: what stands, what stood, whether to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from prevent_cases.casework.consent_kinds import ConsentGiver, ConsentKind, Seeking
from prevent_cases.casework.models import Case, ConsentRecord, SeekingDecision
from prevent_cases.casework.wording import day, lower_first

SLUGS = {kind.value.lower().replace("_", "-"): kind for kind in ConsentKind}
"""How an address names each of the five."""
SLUG_OF = {kind: slug for slug, kind in SLUGS.items()}
SOUGHT = tuple(kind for kind in ConsentKind if kind != ConsentKind.CAPACITY)
"""Those that a person may be told of or asked for. Whether somebody can decide is looked at, and not asked of them."""
NOTHING = "Nothing is recorded yet"


def five_of(case: Case) -> list[dict[str, Any]]:
    """A card for each of the five, in their order. Read it where the material is open. Two statements."""
    said: dict[str, list[ConsentRecord]] = defaultdict(list)
    for row in ConsentRecord.objects.filter(case=case).select_related("recorded_by").order_by("-recorded_at", "-id"):
        said[row.kind].append(row)
    decided: dict[str, list[SeekingDecision]] = defaultdict(list)
    decisions = SeekingDecision.objects.filter(case=case).select_related("decided_by").order_by("-decided_at", "-id")
    for one in decisions:
        decided[one.kind].append(one)
    return [_card(case, kind, said[kind], decided[kind]) for kind in ConsentKind]


def _card(
    case: Case, kind: ConsentKind, said: Sequence[ConsentRecord], decided: Sequence[SeekingDecision]
) -> dict[str, Any]:
    standing = [next(row for row in said if row.giver == giver) for giver in ConsentGiver if _has(said, giver)]
    before = [row for row in said if row not in standing]
    rows: list[dict[str, Any]] = [
        {"key": str(row.get_giver_display()), "lines": _in_lines(row)} for row in standing
    ] or [{"key": "What was said", "value": NOTHING}]
    is_sought, whether = kind in SOUGHT, "Whether to tell" if kind == ConsentKind.TOLD else "Whether to ask"
    if is_sought:
        rows.append({"key": whether, "lines": _decision(decided[0]) if decided else ["Not decided yet"]})
    older = [f"{row.get_giver_display()}: {'. '.join(_in_lines(row))}" for row in before]
    older += [" ".join(_decision(one)) for one in decided[1:]]
    if older:
        rows.append({"key": "Before", "lines": older})
    slug = SLUG_OF[kind]
    actions = [{"text": "Record", "url": reverse("consent-record", args=[case.pk, slug])}]
    if is_sought:
        url = reverse("consent-seek", args=[case.pk, slug])
        actions.append({"text": f"Decide {lower_first(whether)}", "url": url})
    return {"title": str(kind.label), "rows": rows, "actions": actions}


def _has(said: Sequence[ConsentRecord], giver: str) -> bool:
    return any(row.giver == giver for row in said)


def _in_lines(row: ConsentRecord) -> list[str]:
    """What was said and when; for capacity, of which decision, and how they were helped; why; who wrote it down."""
    lines = [f"{row.get_answer_display()}, {day(row.on)}"]
    if row.decision:
        lines += [f"The decision: {row.decision}", f"Support given: {row.support}"]
    if row.words:
        lines.append(row.words)
    return [*lines, f"Recorded by {_name(row.recorded_by)}, {day(row.recorded_at)}"]


def _decision(row: SeekingDecision) -> list[str]:
    by = f"Decided by {_name(row.decided_by)}, {day(row.decided_at)}"
    match row.decision:
        case Seeking.SEEK:
            verb = "tells them" if row.kind == ConsentKind.TOLD else "asks"
            said = f"{row.who} {verb} on {day(row.on)}"
            return [f"{said}. {row.why}" if row.why else said, by]
        case Seeking.DEFER:
            return [f"Not yet: decided again on {day(row.on)}. {row.why}", by]
    return [f"No. {row.why}", by]


def _name(user: Any) -> str:
    return user.name if user else "the service"
