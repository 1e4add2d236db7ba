"""A view fetches, binds a form, makes its one call and redirects. It writes nothing itself, and it is short."""

import ast

import pytest

from tests.architecture.source import (
    Module,
    called,
    calls,
    decorators,
    functions,
    keyword,
    lines_of_work,
    product,
    views,
)

CAP = 30
WRITES = {
    "save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "advance", "keep",
    "settle", "select_for_update", "execute",
}  # fmt: skip


def files_with_views() -> list[Module]:
    return [m for m in product() if m.last == "views" or m.lies_in("views") or m in {module for module, _ in views()}]


def test_there_are_views_to_look_at():
    assert len(views()) >= 15


@pytest.mark.parametrize(("module", "view"), [pytest.param(m, f, id=f"{m.name}.{f.name}") for m, f in views()])
def test_a_view_is_short(module, view):
    assert lines_of_work(view) <= CAP, module.at(view)


def test_most_views_are_shorter_still():
    long = [module.at(view) for module, view in views() if lines_of_work(view) > 20]
    assert len(long) <= len(views()) * 0.25, long


def test_views_write_nothing_to_the_database():
    found = [
        m.at(call)
        for m in files_with_views()
        for call in calls(m.tree)
        if called(call) in WRITES and not only_reads(call)
    ]
    assert found == []


def only_reads(call: ast.Call) -> bool:
    """Reading by one's own statement is a query's work, yet a page of figures may hold its SELECT beside it."""
    first = call.args[0] if call.args else None
    if called(call) != "execute" or first is None:
        return False
    said = "".join(n.value for n in ast.walk(first) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return said.lstrip().upper().startswith(("SELECT", "WITH"))


def test_a_view_makes_one_call_that_changes_something():
    """An operation is told ``by`` and ``at``."""
    found = []
    for module, view in views():
        acts = [c for c in calls(view) if keyword(c, "by") is not None and keyword(c, "at") is not None]
        if len(acts) > 1:
            found.append(f"{module.at(view)} makes {len(acts)}")
    assert found == []


def test_rules_are_declared_and_not_spelled_out_in_views():
    """Who may is a Rule's to say: a view asks it by name and never compares a role or the kind of a team."""
    told = {"SeatRole", "is_superuser", "is_staff", "has_perm"}
    found = [
        m.at(node)
        for m in files_with_views()
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Compare) and told & {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    ]
    assert found == []


def test_properties_never_query():
    asks = {"filter", "exclude", "exists", "count", "first", "last", "aggregate", "values_list", "order_by", "save"}
    found = []
    for m in product():
        if m.name.startswith("prevent_cases.demo"):
            continue
        for function in functions(m.tree):
            if not {"property", "cached_property"} & {d.rpartition(".")[2] for d in decorators(function)}:
                continue
            nodes = list(ast.walk(function))
            if any(isinstance(n, ast.Attribute) and n.attr in ("objects", "history") for n in nodes):
                found.append(m.at(function))
            if m.lies_in("models") and any(isinstance(n, ast.Call) and called(n) in asks for n in nodes):
                found.append(m.at(function))
    assert found == []


def test_a_property_that_answers_yes_or_no_is_named_as_a_question():
    found = [
        f"{m.at(function)} {function.name}"
        for m in product()
        if m.lies_in("models")
        for function in functions(m.tree)
        if "property" in decorators(function)
        and ast.unparse(function.returns or ast.Constant("")) == "bool"
        and not function.name.startswith(("is_", "has_"))
    ]
    assert found == []


def test_models_validate_by_constraint_and_not_in_save():
    found = [
        m.at(function)
        for m in product()
        if m.lies_in("models")
        for function in functions(m.tree)
        if function.name in ("save", "clean", "full_clean", "delete")
    ]
    assert found == []
