"""Templates keep house: none unused, none unknown, each component in the style guide, nothing inline, all escaped."""

import ast
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

from prevent_cases.styleguide import styleguide_examples
from tests.architecture.source import TEMPLATES, called, calls, dotted, imports, only_excepted, product, strings

LIBRARIES = ("allauth", "crispy_forms", "django")
NAMED = re.compile(r"""["']([\w./-]+\.(?:html|jinja|txt|css))["']""")
INLINE = {
    "a script without a source": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address that is a script": re.compile(r"javascript:", re.IGNORECASE),
}

NOT_SHOWN = {
    "session_warning": "base.html puts it on every page of whoever is signed in, the style guide's too",
}

TRUSTED = {
    "prevent_cases.casework.macros: SafeString": "the official macros' markup, made by an engine that escapes",
    "prevent_cases.casework.form_layout: SafeString": "one space between two parts of a layout",
}


@cache
def ours() -> dict[str, str]:
    paths = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
    return {str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8") for path in paths}


@cache
def named_in_code() -> frozenset[str]:
    """Names as written; and those put together from parts, with a star for what is put in."""
    found = {s.value for m in product() for s in strings(m.tree) if s.value in ours()}
    for m in product():
        for node in ast.walk(m.tree):
            if isinstance(node, ast.JoinedStr):
                found.add("".join(p.value if isinstance(p, ast.Constant) else "*" for p in node.values))
    return frozenset(found)


@cache
def named_in_libraries() -> str:
    """The source of the libraries whose templates ours replace, in one string."""
    folders = [Path(find_spec(name).origin).parent for name in LIBRARIES]
    kept = [path for folder in folders[:2] for path in folder.rglob("*.py")]
    kept += list((folders[2] / "views").rglob("*.py"))
    return "\n".join(path.read_text(encoding="utf-8", errors="ignore") for path in kept)


def is_named(name: str) -> bool:
    if any(name in text for other, text in ours().items() if other != name):
        return True
    for each in named_in_code():
        if each == name or (
            "*" in each and len(each) > 4 and re.fullmatch(re.escape(each).replace(r"\*", "[^/]+"), name)
        ):
            return True
    return False


def replaces_a_librarys(name: str) -> bool:
    """Django's and allauth's by the same name, or an email's stem; crispy's by the name it gives after the pack's."""
    asked = named_in_libraries()
    stem = re.sub(r"_(?:subject|message)\.txt$", "", name)
    return any(each in asked for each in (name, name.replace(".html", "."), stem, name.removeprefix("govuk/")))


def test_no_template_is_unused():
    unused = [name for name in ours() if not is_named(name) and not replaces_a_librarys(name)]
    assert len(ours()) >= 60
    assert unused == []


def test_no_template_is_named_that_is_not_there():
    known = set(ours())
    found = []
    for where, text in ours().items():
        for tag in re.findall(r"{%-?\s*(?:extends|include|from|import)\s+(.*?)-?%}", text, re.DOTALL):
            found += [f"{where}: {name}" for name in NAMED.findall(tag) if name not in known and not in_libraries(name)]
    for m in product():
        for call in calls(m.tree):
            if called(call) in ("render", "get_template", "render_to_string", "select_template"):
                names = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                found += [f"{m.at(call)}: {name}" for name in names if "." in name and name not in known]
    assert found == []


def in_libraries(name: str) -> bool:
    return any((Path(find_spec(library).origin).parent / "templates" / name).exists() for library in LIBRARIES)


@pytest.mark.parametrize("name", [name for name in ours() if name.endswith((".html", ".txt"))])
def test_a_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", [name for name in ours() if name.startswith("components/")])
def test_a_component_opens_with_a_comment_that_names_its_inputs(name):
    first = ours()[name].lstrip()
    assert first.startswith("{#"), name
    assert len(first.split("#}")[0]) > 20


def test_every_component_is_in_the_style_guide_and_no_other():
    shown = {section.component for section in styleguide_examples()}
    components = {Path(name).stem for name in ours() if name.startswith("components/") and name.endswith(".html")}
    assert shown <= components
    only_excepted(dict.fromkeys(components - shown, "templates/components"), NOT_SHOWN)


@pytest.mark.parametrize("name", [n for n in ours() if n.endswith(".html") and "components/" in ours()[n]])
def test_a_component_is_given_its_inputs_and_nothing_else(name):
    loose = [
        tag
        for tag in re.findall(r"{%\s*include\s+\"components/.*?%}", ours()[name], re.DOTALL)
        if not re.search(r"\bonly\s*%}$", tag)
    ]
    assert loose == []


@pytest.mark.parametrize(
    "name", [n for n in ours() if n.endswith((".html", ".jinja")) and not n.startswith("documents/")]
)
def test_nothing_is_inline(name):
    text = re.sub(r"{#.*?#}", "", ours()[name], flags=re.DOTALL)
    assert [what for what, found in INLINE.items() if found.search(text)] == []


def test_the_search_for_inline_things_can_see_them():
    planted = '<script>x</script><style></style><p style="a"><a onclick="b" href="javascript:c">'
    assert all(found.search(planted) for found in INLINE.values())
    assert not any(found.search('<script src="/a.js" defer></script><p data-one="x">') for found in INLINE.values())


def test_nothing_is_let_through_unescaped():
    passes = re.compile(r"\|\s*safe\b|autoescape\s+(?:off|false)|\|\s*safeseq\b", re.IGNORECASE)
    found = [name for name, text in ours().items() if passes.search(text) and not name.endswith(".txt")]
    assert found == []


def test_markup_is_trusted_only_where_it_was_made():
    passes = {"mark_safe", "SafeString", "SafeText", "Markup"}
    found = {f"{m.name}: {called(c)}": m.at(c) for m in product() for c in calls(m.tree) if called(c) in passes}
    only_excepted(found, TRUSTED)
    assert all(engine.engine.autoescape for engine in engines.all() if hasattr(engine, "engine"))


def test_pages_name_nobody_in_their_title():
    """A title is kept in the browser's history and read out in the open office: constant words, never a record's."""
    title = re.compile(r"{%\s*block\s+title\s*%}(.*?){%\s*endblock", re.DOTALL)
    personal = re.compile(r"{{[^}]*(full_name|\.name|person|given|family|born|address|phone|nhs)[^}]*}}")
    titles = {name: found.group(1) for name, text in ours().items() if (found := title.search(text))}
    assert len(titles) >= 20
    found = [name for name, words in titles.items() if personal.search(words)]
    assert found == []


def test_there_is_no_admin_site():
    assert not [name for name in ours() if name.startswith("admin/")]
    assert not [
        m.name for m in product() for _, imported in imports(m.tree) if imported.startswith("django.contrib.admin")
    ]
    assert not [m.name for m in product() for c in calls(m.tree) if dotted(c.func) == "admin.site.register"]
