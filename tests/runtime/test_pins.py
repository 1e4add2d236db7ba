"""Every dependency is pinned, hashed and has its reason; production gets none that only developers need."""

import ast
import importlib.metadata
import re

import pytest

from scripts import dependencies
from tests.runtime.machine import ROOT

ENTRY = re.compile(r"^(?P<pin>[A-Za-z0-9._-]+==\S+)(?P<rest>(?: *\\\n    --hash=sha256:[0-9a-f]{64})*)", re.MULTILINE)
BOTH = pytest.mark.parametrize("stem", ["requirements", "requirements-dev"])


@BOTH
def test_every_direct_dependency_has_its_reason_beside_it_and_a_pin(stem: str) -> None:
    direct = dependencies.direct_dependencies(stem)
    assert [one.name for one in direct if len(one.reason) < 15 or not one.version] == []
    assert len(direct) > 20


@BOTH
def test_every_pinned_line_has_a_hash_and_nothing_else_stands_there(stem: str) -> None:
    text = (ROOT / f"{stem}.txt").read_text()
    entries = list(ENTRY.finditer(text))
    assert [entry["pin"] for entry in entries if not entry["rest"]] == []
    unread = re.sub(r"^ *#.*$", "", ENTRY.sub("", text), flags=re.MULTILINE)
    assert unread.strip() == ""


@BOTH
def test_no_line_names_a_registry_or_a_place_on_somebodys_machine(stem: str) -> None:
    for kind in ("in", "txt"):
        text = (ROOT / f"{stem}.{kind}").read_text()
        assert re.search(r"https?:|file:/|--index|--find-links|(^|\s)/\w+/", text) is None


def test_developers_have_exactly_productions_versions_and_more() -> None:
    production = dependencies.pins(ROOT / "requirements.txt")
    development = dependencies.pins(ROOT / "requirements-dev.txt")
    assert production.items() < development.items()


def test_production_has_no_package_that_only_developers_name() -> None:
    production = set(dependencies.pins(ROOT / "requirements.txt"))
    named = {dependencies.canonical(one.name) for one in dependencies.direct_dependencies("requirements-dev")}
    assert production & named == set()


def test_what_production_runs_imports_nothing_that_only_developers_have() -> None:
    folders = [ROOT / name for name in ("prevent_cases", "referrals", "safeguarding", "channel_panel")]
    files = [file for folder in folders for file in folder.rglob("*.py") if "local" not in file.parts]
    trees = [ast.walk(ast.parse(file.read_text())) for file in files]
    imports = {name.split(".")[0] for tree in trees for node in tree for name in imported(node)}
    homes = importlib.metadata.packages_distributions()
    production = set(dependencies.pins(ROOT / "requirements.txt"))
    strangers = {
        name for name in imports if name in homes and not production & set(map(dependencies.canonical, homes[name]))
    }
    assert strangers == set()


def imported(node: ast.AST) -> list[str]:
    """The absolute module names that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module]
    return []


def test_the_page_of_dependencies_says_what_the_files_say() -> None:
    assert dependencies.PAGE.read_text() == dependencies.page()
