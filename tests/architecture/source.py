"""The product's own source as syntax trees, read once. Tests walk whatever exists; nothing here is a list of files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("prevent_cases", "referrals", "safeguarding", "channel_panel")
TEMPLATES = ROOT / "templates"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file. ``name`` is dotted, and a package is named without its ``__init__``."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    @property
    def last(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def is_migration(self) -> bool:
        return ".migrations" in self.name

    def lies_in(self, part: str) -> bool:
        """Whether a part of the dotted name is this: ``operations`` for the module and for all in the package."""
        return part in self.name.split(".")

    def at(self, node: ast.AST) -> str:
        return f"{self.path.relative_to(ROOT)}:{node.lineno}"


@cache
def everything() -> tuple[Module, ...]:
    """Every Python file of the product."""
    return tuple(_read(path) for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))


@cache
def product() -> tuple[Module, ...]:
    """The product without its migrations, and without the runner, which starts before Django does."""
    return tuple(m for m in everything() if not m.is_migration and not m.name.startswith("prevent_cases.local"))


@cache
def written_tests() -> tuple[Module, ...]:
    return tuple(_read(path) for path in sorted((ROOT / "tests").rglob("*.py")) if "standin" not in path.parts)


def _read(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    text = path.read_text(encoding="utf-8")
    return Module(path, name, text, ast.parse(text, filename=str(path)))


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """The last name of what is called: ``save`` for ``row.save()``, ``keep`` for ``engine.keep()``."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def dotted(node: ast.AST) -> str:
    """``timezone.now`` for that expression; an empty string for anything that is not a dotted name."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{dotted(value)}.{name}" if dotted(value) else name
    return ""


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((each.value for each in call.keywords if each.arg == name), None)


def strings(tree: ast.AST) -> Iterator[ast.Constant]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Each imported thing by its dotted name: ``from a import b`` gives ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module or ''}.{alias.name}") for alias in node.names)


def decorators(function: Function | ast.ClassDef) -> list[str]:
    return [dotted(d.func if isinstance(d, ast.Call) else d) for d in function.decorator_list]


@cache
def operations() -> tuple[Module, ...]:
    """Where acts are written: every ``operations`` module, and whatever else turns the engine."""
    turns = "prevent_cases.casework.engine"
    return tuple(
        m for m in product()
        if m.lies_in("operations") or any(name.startswith(turns) for _, name in imports(m.tree))
    )  # fmt: skip


@cache
def views() -> tuple[tuple[Module, Function], ...]:
    """Every function that declares who may ask for it."""
    declaring = {"open_to", "open_to_all"}
    return tuple(
        (m, function)
        for m in product()
        for function in functions(m.tree)
        if declaring & {name.rpartition(".")[2] for name in decorators(function)}
    )


def lines_of_work(function: Function) -> int:
    """The lines of a function from its ``def`` to its end, without its docstring."""
    begins = function.body[0]
    docstring = begins.end_lineno - begins.lineno + 1 if ast.get_docstring(function) else 0
    return function.end_lineno - function.lineno + 1 - docstring


def only_excepted(found: dict[str, str], excepted: dict[str, str]) -> None:
    """What was found is what is excepted, each with its reason: nothing new, and no exception that nobody needs.

    :param found: what, by a short stable name, and where
    :param excepted: the same names, and why each is right
    """
    new = {what: where for what, where in found.items() if what not in excepted}
    assert new == {}, "write it the house's way, or give the exception its reason"
    stale = sorted(set(excepted) - set(found))
    assert stale == [], "these exceptions are no longer needed: take them out"
    assert all(len(reason) > 20 for reason in excepted.values())
