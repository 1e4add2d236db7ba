"""What the timeline says of each kind of event: a sentence somebody wrote, never the name of a column.

A transition says its own (``Transition.says``); other kinds are declared by the app that writes them. What is said
follows the person's name in thought: "sent a nil return" reads "Sent a nil return", by Olive Tarn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from string import Formatter
from typing import Any

from django.db.models import TextChoices

from prevent_cases.casework import clocks
from prevent_cases.casework.holds import HOLD
from prevent_cases.casework.kinds import Delivery
from prevent_cases.casework.procedure import Procedure
from prevent_cases.casework.wording import date_and_time, weekday
from prevent_cases.casework.workflow import Workflow

_declared: dict[str, Saying] = {}


class Subject(TextChoices):
    """What an event is about: the filter of the history."""

    STEPS = "steps", "Steps and decisions"
    DEADLINES = "deadlines", "Deadlines"
    PEOPLE = "people", "Who the person is"
    WORK = "work", "Who works on it"
    ACCESS = "access", "Who may look"
    MATERIAL = "material", "Documents and notes"
    SHARING = "sharing", "What was shared"
    FORMS = "forms", "Information gathering forms"


@dataclass(frozen=True)
class Saying:
    """One kind of event. ``says`` names facts in braces; ``is_material`` keeps it from whoever the restricted area
    is not open to; ``states`` are the words for the states it moves between, if it moves any."""

    kind: str
    says: str
    about: str
    is_material: bool = False
    states: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind in _declared:
            raise ValueError(f"Two kinds of event are called {self.kind}")
        _declared[self.kind] = self


@dataclass(frozen=True)
class Sentence:
    """An event in words. ``lines`` are the facts the sentence leaves out; ``moved`` is the state before and after."""

    text: str
    lines: tuple[str, ...] = ()
    moved: tuple[str, str] | None = None


def declare_workflow(workflow: Workflow, about: str = Subject.STEPS) -> None:
    """Each transition of a workflow is a kind of event, and says its own sentence."""
    states = {state.value: state.label for state in workflow.states}
    for row in workflow:
        Saying(row.key, row.says, about, states=states)


def declared(kind: str) -> Saying:
    """The saying of this kind. :raises KeyError: when nobody declared it."""
    return _declared[kind]


def every() -> list[Saying]:
    return sorted(_declared.values(), key=lambda saying: saying.kind)


def kinds_about(subject: str) -> list[str]:
    return [saying.kind for saying in every() if saying.about == subject]


def material_kinds() -> list[str]:
    return [saying.kind for saying in every() if saying.is_material]


def sentence(kind: str, facts: Mapping[str, Any], procedure: Procedure, *, old: str = "", new: str = "") -> Sentence:
    """What happened, in words. :raises KeyError: for a kind that nobody declared."""
    saying = declared(kind)
    worded = {name: _worded(name, value, facts, procedure) for name, value in facts.items()}
    text = saying.says.format_map(_Facts(worded))
    named = {name for _, name, _, _ in Formatter().parse(saying.says) if name}
    lines = tuple(_line(name, worded) for name in facts if name in FACTS and name not in named)
    moved = (saying.states[old], saying.states[new]) if old != new and {old, new} <= saying.states.keys() else None
    return Sentence(text[:1].upper() + text[1:], lines, moved)


def _line(name: str, worded: Mapping[str, str]) -> str:
    return FACTS[name].format_map(worded) if "{" in FACTS[name] else f"{FACTS[name]}: {worded[name]}"


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "not recorded"


def _worded(name: str, value: Any, facts: Mapping[str, Any], procedure: Procedure) -> str:
    if name == "clock":
        return clocks.declared(value).label
    if name == "rung":
        ladder = clocks.declared(facts["clock"]).ladder
        post = ladder[value - 1].post if 0 < value <= len(ladder) else ""
        return procedure.posts.get(post, "the next post on the ladder")
    if name == "delivery" and value in Delivery.values:
        return Delivery(value).label
    if isinstance(value, list):
        return _listed([f"{item}" for item in value])
    return _dated(name, value) if isinstance(value, str) else f"{value}"


def _dated(name: str, value: str) -> str:
    if name.endswith("_on") or name == "until":
        return weekday(date.fromisoformat(value))
    return date_and_time(datetime.fromisoformat(value)) if name.endswith("_at") else value


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else "nothing"


FACTS = {
    "address": "Sent to",
    "asked": "Asked",
    "compared": "Records compared",
    "consulted": "Consulted in CT policing",
    "crossed": "What changed",
    "delivery": "Sent by",
    "entered_at": "Received {received_at}; entered {entered_at}",
    "headings": "Headings answered",
    "lawful_basis": "Lawful basis",
    "logged_at": "Done {done_at}; written down {logged_at}",
    "named_worker": "Named worker",
    "necessity": "Why it was necessary",
    "other_needs": "Other needs",
    "password_by": "Password given",
    "password_told": "Password given by telephone to",
    "reason": "Reason",
    "searched_on": "Searched on",
    "systems": "Searched",
    "told_by": "Told by",
    "threshold": "Weighed against",
    "told_on": "Policing told us on",
}
"""Facts that are worth a line of their own where the sentence does not hold them: a label, or a whole line."""

Saying("case.assigned", "gave the case to {to}", Subject.WORK)
Saying("case.claimed", "took it on", Subject.WORK)
Saying("case.unassigned", "put the case back, to be given to somebody", Subject.WORK)
Saying("access.worker_named", "let {who} into the restricted area until {until}", Subject.ACCESS)
Saying("access.worker_ended", "ended {who}'s access to the restricted area", Subject.ACCESS)
Saying("conflict.declared", "declared a conflict of interest", Subject.ACCESS)
Saying("conflict.ended", "ended a conflict of interest", Subject.ACCESS)
Saying("note.written", "wrote a case note in the restricted area", Subject.MATERIAL, is_material=True)
Saying("document.added", "added a document to the restricted area", Subject.MATERIAL, is_material=True)
Saying("document.withheld", "withheld a document: the check for viruses found harmful content", Subject.MATERIAL,
       is_material=True)  # fmt: skip
Saying("disclosure.made", "shared with {to}: {what}", Subject.SHARING)
Saying("disclosure.emailed", "sent by secure email: {what}", Subject.SHARING)
Saying("disclosure.acknowledged", "confirmed that what was shared had arrived", Subject.SHARING)
Saying("consent.recorded", "recorded “{about}”: {answer}", Subject.SHARING, is_material=True)
Saying("consent.seeking_decided", "decided whether to ask, “{about}”: {decision}", Subject.SHARING, is_material=True)
Saying("clock.warned", "reminded whoever owes “{clock}” that it is due on {due_on}", Subject.DEADLINES)
Saying("clock.late", "marked “{clock}” as overdue: it was due on {due_on}", Subject.DEADLINES)
Saying("clock.escalated", "told the {rung} that “{clock}” is overdue", Subject.DEADLINES)
Saying("clock.reminded", "reminded the body that owes it of “{clock}”, due on {due_on}", Subject.DEADLINES)
Saying("clock.chased", "chased “{clock}”: the body that owes it was due to answer on {due_on}", Subject.DEADLINES)
Saying("clock.raised", "told the {rung} that “{clock}” is still owed to us", Subject.DEADLINES)
Saying("clock.extended", "extended “{clock}” from {was_due_on} to {due_on}: {reason}", Subject.DEADLINES)
Saying("clock.moved", "moved “{clock}” from {was_due_on} to {due_on}: {holiday} is a holiday", Subject.DEADLINES)

declare_workflow(HOLD)
Saying("hold.placed", "put the case on hold until {until_on}: nothing may be shared", Subject.STEPS)
