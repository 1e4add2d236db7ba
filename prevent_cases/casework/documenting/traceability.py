"""traceability.md: every sentence of a published source that the code names, and where it is named."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

from prevent_cases.casework import clocks, procedure
from prevent_cases.casework.documenting.markdown import code, table
from prevent_cases.casework.documenting.markdown import page as whole_page
from prevent_cases.casework.documenting.workflows import stateful_models

CODE = re.compile(r"\b(?:[A-Z]\d\.\d+[a-z]?|A\d{1,2})\b")
"""A sentence of a source (K0.5, D2.16, E4.67) or a row of the adult pathway (A7)."""

LEFT_OUT = {"migrations", "documenting", "demo", "rendering"}
"""Folders whose docstrings are not read: rendering speaks of sheets of A4."""


def page() -> str:
    found: dict[str, set[str]] = defaultdict(set)
    for name, where in [*_declared(), *_in_docstrings()]:
        found[name].add(where)
    rows = ([name, "<br>".join(sorted(found[name]))] for name in sorted(found, key=_natural))
    return whole_page(
        "Traceability",
        "Codes are those of the domain notes: K, D, C, E and N are sentences of published sources, A rows of the adult "
        "pathway.\n",
        table(("Code", "Where"), rows),
    )


def _declared() -> Iterator[tuple[str, str]]:
    for model in stateful_models():
        for row in model.workflow:
            yield from ((name, f"step {code(row.key)}") for name in row.source)
    for clock in clocks.every():
        yield from ((name, f"clock {code(clock.key)}") for name in clock.source)
    for kept in procedure.every():
        yield from ((name, f"procedure {code(kept.key)}") for name in kept.source)


def _in_docstrings() -> Iterator[tuple[str, str]]:
    """Codes in the docstrings of our own modules, their functions and classes."""
    for file in _sources():
        module = ".".join(file.relative_to(settings.BASE_DIR).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
                name = f".{node.name}" if not isinstance(node, ast.Module) else ""
                for found in CODE.findall(ast.get_docstring(node, clean=False) or ""):
                    yield found, code(f"{module}{name}")


def _sources() -> list[Path]:
    roots = {Path(config.path) for config in apps.get_app_configs()}
    ours = {root for root in roots if root.is_relative_to(settings.BASE_DIR) and ".venv" not in root.parts}
    files = {file for root in ours for file in root.rglob("*.py")} | set(_procedures())
    return sorted(file for file in files if not LEFT_OUT & set(file.parts))


def _procedures() -> Iterator[Path]:
    for module in settings.PROCEDURES:
        yield (settings.BASE_DIR / Path(*module.split("."))).with_suffix(".py")


def _natural(name: str) -> list[object]:
    """A sort key by which K0.5 comes before K0.12."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", name)]
