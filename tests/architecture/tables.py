"""The declared tables, found wherever an app declares them: workflows, clocks, procedures, sayings."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from prevent_cases.casework.workflow import Transition, Workflow
from tests.architecture.source import PACKAGES

DECLARED_IN = ("workflow", "holds")


@cache
def workflows() -> tuple[Workflow, ...]:
    """Every table of every installed app of ours, in the order of its name."""
    ours = [config.name for config in apps.get_app_configs() if config.name.split(".")[0] in PACKAGES]
    modules = [f"{name}.{module}" for name in ours for module in DECLARED_IN]
    found = {
        id(value): value
        for name in modules
        if find_spec(name)
        for value in vars(import_module(name)).values()
        if isinstance(value, Workflow)
    }
    return tuple(sorted(found.values(), key=lambda workflow: workflow.name))


def transitions() -> list[Transition]:
    return [row for workflow in workflows() for row in workflow]
