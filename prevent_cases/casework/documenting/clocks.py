"""clocks.md: every deadline, whose it is, what turns it, and who hears when it is missed."""

from __future__ import annotations

from collections import defaultdict

from prevent_cases.casework import clocks, procedure
from prevent_cases.casework.clocks import Clock
from prevent_cases.casework.documenting.markdown import code, table
from prevent_cases.casework.documenting.markdown import page as whole_page
from prevent_cases.casework.documenting.workflows import stateful_models

HEADS = ("Clock", "Length", "Warned", "Owed by", "Ladder", "Started by", "Stopped by", "Source")


def page() -> str:
    ours = [clock for clock in clocks.every() if clock.is_ours]
    outside = [clock for clock in clocks.every() if not clock.is_ours]
    turned = _turned()
    return whole_page(
        "Clocks",
        "A length counts from the day of receipt, which is day 0. Working days follow the procedure's calendar.\n",
        "## Our own promises\n",
        table(HEADS, (_row(clock, turned) for clock in ours)),
        "## What outside bodies owe us\n",
        "They are chased. Their lateness is never counted as ours.\n",
        table(HEADS, (_row(clock, turned) for clock in outside)),
    )


def _turned() -> dict[tuple[str, str], list[str]]:
    """The steps that start and stop each clock."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for model in stateful_models():
        for row in model.workflow:
            for verb in ("starts", "stops"):
                for clock in getattr(row, verb):
                    found[verb, clock.key].append(row.key)
    return found


def _row(clock: Clock, turned: dict[tuple[str, str], list[str]]) -> list[str]:
    lengths = [f"{clock.length}" if clock.length else "the date asked for"]
    lengths += [
        f"{code(kept.key)}: {kept.lengths[clock.key]}"
        for kept in procedure.every()
        if clock.key in kept.lengths and kept.lengths[clock.key] != clock.length
    ]
    if clock.cut_off:
        lengths.append(f"from {clock.cut_off:%H:%M} counts as the next working day")
    lengths += [
        f"{code(kept.key)}: from {hour:%H:%M} counts as the next working day"
        for kept in procedure.every()
        if (hour := kept.cut_off_of(clock)) and hour != clock.cut_off
    ]
    if clock.hours_of_team:
        lengths.append("due when the team closes")
    return [
        f"{clock.label}<br>{code(clock.key)}{'' if clock.shown_in_lists else '<br>not in lists'}",
        "<br>".join(lengths),
        f"{clock.warn_before} before" if clock.warn_before.count else "not beforehand",
        clock.owner,
        "<br>".join(f"{rung.after} after: {code(rung.post)}" for rung in clock.ladder),
        code(*turned["starts", clock.key]) or "an operation",
        code(*turned["stops", clock.key]) or "an operation",
        ", ".join(clock.source),
    ]
