"""Every template keeps the rules of the house: no raw markup, nothing inline, inputs said first."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
SCREENS = [
    path
    for path in sorted(TEMPLATES.rglob("*"))
    if path.suffix in (".html", ".jinja") and path.relative_to(TEMPLATES).parts[0] not in ("emails", "documents")
]
NAMES = [str(path.relative_to(TEMPLATES)) for path in SCREENS]
every_screen = pytest.mark.parametrize("path", SCREENS, ids=NAMES)


def code(path):
    """The template without its comments."""
    return re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text(), flags=re.DOTALL)


@every_screen
def test_no_macro_is_handed_markup(path):
    for tag in re.findall(r"\{%\s*(?:govuk|component|govuk_field)\s.*?%\}", code(path), re.DOTALL):
        assert not re.search(r"html\w*\s*=", tag, re.IGNORECASE), f"pass text, not html: {tag}"


@every_screen
def test_nothing_is_marked_safe(path):
    assert not re.search(r"\|\s*safe\b|\{%\s*autoescape off|Markup\(", code(path))


@every_screen
def test_nothing_is_inline(path):
    text = code(path)
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text, re.IGNORECASE)
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script, f"inline script: {script}"


@every_screen
def test_no_link_is_dead(path):
    assert not re.search(r"href=[\"'](#|)[\"']", code(path))


@every_screen
def test_nothing_comes_from_another_host(path):
    addresses = re.findall(r"(?:src|href|action)=[\"'](https?:[^\"']+)", code(path))
    assert addresses == []


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").iterdir()), ids=lambda path: path.name)
def test_a_component_opens_with_its_inputs(path):
    first = path.read_text().splitlines()[0]
    assert first.startswith("{# ")
    assert first.endswith(" #}")


@every_screen
def test_a_page_title_never_holds_a_name(path):
    title = re.search(r"\{% block title %\}(.*?)\{% endblock", code(path), re.DOTALL)
    assert not title or not re.search(r"\{\{[^}]*\b(full_)?name\b", title.group(1))
