"""workflows.md: every workflow as a diagram and as the table its app declares."""

from __future__ import annotations

from django.apps import apps

from prevent_cases.casework.documenting.markdown import code, table
from prevent_cases.casework.documenting.markdown import page as whole_page
from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.models import Stateful
from prevent_cases.casework.workflow import Transition

HEADS = ("Step", "From", "To", "Who", "Needs", "Also keeps", "Clocks", "Tells", "Source")


def stateful_models() -> list[type[Stateful]]:
    """Every kind of record that moves through a workflow, those that lead a case first."""
    found = [model for model in apps.get_models() if issubclass(model, Stateful)]
    return sorted(found, key=lambda model: (not model.leads, model._meta.label))  # noqa: SLF001


def page() -> str:
    return whole_page("Workflows", *(_workflow(model) for model in stateful_models()))


def _workflow(model: type[Stateful]) -> str:
    workflow = model.workflow
    states = table(
        ("State", "Words", "Inbox tab"),
        ([code(state.value), state.label, Queue(workflow.queue(state)).label] for state in workflow.states),
    )
    leads = "The state of this record is the stage of its case." if model.leads else "Belongs to a case."
    return "\n".join(
        [
            f"## {workflow.name}\n",
            f"{code(model._meta.label)}. {leads}\n",  # noqa: SLF001
            f"```mermaid\n{workflow.diagram()}\n```\n",
            states,
            table(HEADS, (_row(row) for row in workflow)),
        ]
    )


def _row(row: Transition) -> list[str]:
    turns = [("starts", row.starts), ("stops", row.stops), ("pauses", row.pauses), ("resumes", row.resumes)]
    step = f"{row.label}<br>{code(row.key)}"
    if row.procedure:
        step += f"<br>only with the step {code(row.procedure)}"
    if row.shares:
        step += "<br>refused while a hold stands"
    return [
        step,
        ", ".join(state.label for state in row.sources),
        row.target.label,
        row.may.says,
        code(*row.requires),
        code(*row.records),
        "; ".join(f"{verb} {code(*(clock.key for clock in clocks))}" for verb, clocks in turns if clocks),
        ", ".join(row.tells),
        ", ".join(row.source),
    ]
