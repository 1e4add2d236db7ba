"""What a transition is. Apps declare theirs as a table in workflow.py; nothing here touches the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.refusals import NotAllowed, OnHold, Refused, StaleRecord
from prevent_cases.casework.clocks import Clock
from prevent_cases.casework.rules import Rule

__all__ = ["NotAllowed", "OnHold", "Refused", "StaleRecord", "Transition", "Workflow"]


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One row of a workflow table: what may follow what, by whom, needing and recording what.

    ``requires`` and ``records`` name facts; the event keeps those and no others. ``says`` is the timeline's
    sentence, formatted with the facts. ``tells`` names the kinds of recipient that the operation's notices go to.
    ``procedure`` names the step a procedure must have for this row to exist there. ``source`` holds the codes of
    the published sentence it comes from. ``shares`` is true of a row that tells or gives somebody outside the team that
    holds the case anything of it: the engine refuses it while a hold stands.
    """

    key: str
    label: str
    says: str
    sources: tuple[Any, ...]
    target: Any
    may: Rule
    requires: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    starts: tuple[Clock, ...] = ()
    stops: tuple[Clock, ...] = ()
    pauses: tuple[Clock, ...] = ()
    resumes: tuple[Clock, ...] = ()
    tells: tuple[str, ...] = ()
    procedure: str = ""
    shares: bool = False
    source: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        return self.requires + self.records


class Workflow:
    """A table of transitions over one set of states."""

    def __init__(
        self, name: str, states: Any, start: Any, ends: tuple[Any, ...], queues: dict[Any, str], *rows: Transition
    ):
        self.name, self.states, self.start, self.ends, self.queues = name, states, start, ends, queues
        self.rows = rows
        self.transitions = {row.key: row for row in rows}

    def __getitem__(self, key: str) -> Transition:
        return self.transitions[key]

    def __iter__(self) -> Iterator[Transition]:
        return iter(self.rows)

    def queue(self, state: str) -> str:
        """The inbox tab in which a record in this state waits."""
        return self.queues[state]

    def open_to(self, actor: Actor, subject: Any, steps: Iterable[str] | None = None) -> list[Transition]:
        """The rows this person may take on this record now. ``steps`` are those of the record's procedure."""
        known = None if steps is None else set(steps)
        return [
            row
            for row in self.rows
            if subject.state in row.sources
            and (known is None or not row.procedure or row.procedure in known)
            and row.may.allows(actor, subject)
        ]

    def problems(self) -> list[str]:
        """Sentences about what is wrong with the table itself: unreachable states, dead ends, duplicate keys."""
        found = []
        if len(self.transitions) != len(self.rows):
            found.append(f"{self.name}: two transitions share a key")
        reached = {self.start} | {row.target for row in self.rows}
        left = {state for row in self.rows for state in row.sources}
        for state in self.states:
            if state not in reached:
                found.append(f"{self.name}: nothing leads to {state.label}")
            if state not in left and state not in self.ends:
                found.append(f"{self.name}: {state.label} is a dead end that is not declared an end")
            if state not in self.queues:
                found.append(f"{self.name}: {state.label} waits in no queue")
        return found

    def diagram(self) -> str:
        """A Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start.value}"]
        for row in self.rows:
            marks = [f"+{c.key}" for c in row.starts] + [f"-{c.key}" for c in row.stops]
            marks += [f"pause {c.key}" for c in row.pauses] + [f"resume {c.key}" for c in row.resumes]
            tail = f" ({', '.join(marks)})" if marks else ""
            lines += [f"    {s.value} --> {row.target.value}: {row.label}{tail}" for s in row.sources]
        return "\n".join(lines)
