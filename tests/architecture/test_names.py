"""Files are short, and things are called what they are."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, Module, everything, product, written_tests

WALL = 400
VAGUE_FILES = {"common", "core", "util", "utils", "helper", "helpers", "service", "services", "misc", "base", "mixins"}
VAGUE_CLASSES = {"Manager", "Helper", "Handler", "Service", "Util", "Utils", "Base", "Mixin"}
OURS = ("prevent_cases", "referrals", "safeguarding", "channel_panel", "tests", "benchmarks", "scripts")
SPELLING = re.compile(
    r"\b(color|behavior|center|organiz|authoriz|recogniz|normaliz|canceled|favorite)\w*", re.IGNORECASE
)


def written() -> list[Path]:
    """What we write: Python, templates, our own style and script. Not what is vendored or generated."""
    endings = {".py", ".html", ".jinja", ".css", ".js", ".sql", ".sh"}
    places = [ROOT / name for name in (*OURS, "templates", "static")]
    found = (path for place in places for path in place.rglob("*") if path.suffix in endings)
    return sorted(path for path in found if "vendor" not in path.parts and "migrations" not in path.parts)


def test_no_file_is_longer_than_the_wall():
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in written()}
    assert len(lengths) >= 200
    assert {path: length for path, length in lengths.items() if length > WALL} == {}


def test_most_files_are_far_shorter():
    lengths = sorted(len(m.text.splitlines()) for m in product())
    assert lengths[len(lengths) * 8 // 10] <= 200


def test_no_file_is_called_by_a_vague_name():
    assert [str(path) for path in written() if path.stem in VAGUE_FILES and path.suffix == ".py"] == []
    folders = {part for path in written() for part in path.relative_to(ROOT).parts[:-1]}
    assert folders & VAGUE_FILES == set()


def classes(modules: tuple[Module, ...]) -> list[tuple[Module, ast.ClassDef]]:
    return [(m, node) for m in modules for node in ast.walk(m.tree) if isinstance(node, ast.ClassDef)]


def test_no_class_is_called_by_a_vague_name():
    words = re.compile(r"[A-Z][a-z0-9]+|[A-Z]+(?![a-z])")
    found = [
        f"{m.at(node)} {node.name}"
        for m, node in classes(everything() + written_tests())
        if set(words.findall(node.name)) & VAGUE_CLASSES
    ]
    assert found == []


def test_tests_are_not_gathered_in_classes_and_read_as_sentences():
    functions = [
        (m, node)
        for m in written_tests()
        if m.last.startswith("test_")
        for node in m.tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert len(functions) >= 200
    curt = [f"{m.at(node)} {node.name}" for m, node in functions if node.name.count("_") < 2]
    assert curt == []
    assert [m.at(node) for m, node in classes(written_tests()) if node.name.startswith("Test")] == []


def test_what_people_read_is_spelt_as_in_britain():
    """Words in strings and docstrings. Names that libraries give (``color``, ``normalize``) are not ours to spell."""
    found = []
    for m in product():
        for node in ast.walk(m.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
                found += [f"{m.at(node)} {word.group()}" for word in SPELLING.finditer(node.value)]
    assert found == []


@pytest.mark.parametrize("app", ["referrals"])
def test_each_app_has_the_same_files(app):
    wanted = {
        "states",
        "clocks",
        "policy",
        "workflow",
        "querysets",
        "models",
        "queries",
        "operations",
        "forms",
        "views",
    }
    here = {path.stem for path in (ROOT / app).iterdir() if path.suffix == ".py" or path.is_dir()}
    assert wanted <= here
