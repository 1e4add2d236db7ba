"""Only the engine moves a state, nothing listens behind anybody's back, and case tables are saved row by row."""

import ast
import re

from django.apps import apps

from prevent_cases.casework.models import Stateful
from tests.architecture.source import Module, called, calls, imports, keyword, only_excepted, product, strings

ENGINE = "prevent_cases.casework.engine"
MOVED = {"state", "stage", "queue"}
MAKES = {"create", "acreate", "update", "aupdate", "get_or_create", "update_or_create"}

ASSIGNS = {
    "referrals.operations.concern_steps: stage": "a concern at an organisation is no case and no record of a workflow",
    "referrals.operations.concerns: stage": "the same; sending it makes the case, and the engine opens that",
    "prevent_cases.casework.timing: state": "a clock's run is no record of a workflow: its ledger moves it",
}

SHORTCUTS = {
    "prevent_cases.accounts.operations.keeping: update": "a list's version grows by one; who is on it has the history",
    "prevent_cases.accounts.operations.uploads: bulk_create": "2,000 rows, each with its history, in few statements",
    "prevent_cases.casework.outbox: bulk_create": "ON CONFLICT DO NOTHING: the same notice twice is one notice",
    "prevent_cases.casework.editions: bulk_create": "the row that editors lock; what they publish is written once",
    "prevent_cases.casework.timing: bulk_create": "due actions of one run are one statement; they keep no history",
    "referrals.operations.people: bulk_create": "keys a person is found by, made anew each time; they keep no history",
    "referrals.operations.register: bulk_create": "a copy of the case system, 20,000 rows a night; it keeps no history",
    "referrals.operations.register: update": "the same; an entry says which import ended it",
    "prevent_cases.casework.sending.sender: update": "attempts at sending are counted at once; notices keep no history",
}

STATEMENTS = {
    "prevent_cases.casework.access: INSERT INTO casework_accesslog": "logs the look and asks in one statement",
    "referrals.operations.register: INSERT INTO referrals_registerkey": "320,000 keys as two arrays in a statement",
    "prevent_cases.casework.sweep: UPDATE casework_dueaction": "the sweep is one statement; due work keeps no history",
    "prevent_cases.casework.sweep: INSERT INTO casework_event": "the sweep is one statement",
    "prevent_cases.casework.sweep: INSERT INTO casework_notice": "the sweep is one statement",
}

BY_NAME = {
    "prevent_cases.casework.directory_edits: setattr": "what an entry of the directory says; it has no state",
    "referrals.operations.referrers: setattr": "the person's details that a referrer put right, and no other column",
    "referrals.operations.triage: setattr": "the person's details that policing corrected, and no other column",
}


def beside_the_demo() -> list[Module]:
    """The product without its invented county, which is made in bulk and refused in production."""
    return [m for m in product() if not m.name.startswith("prevent_cases.demo")]


def stored(tree: ast.AST) -> list[ast.Attribute]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)]


def test_only_the_engine_assigns_a_state():
    found = {
        f"{m.name}: {node.attr}": m.at(node)
        for m in product()
        if m.name != ENGINE
        for node in stored(m.tree)
        if node.attr in MOVED
    }
    only_excepted(found, ASSIGNS)


def test_the_engine_assigns_it():
    assert {node.attr for m in product() if m.name == ENGINE for node in stored(m.tree)} >= MOVED


def test_no_state_is_set_by_name():
    found = {
        f"{m.name}: {called(call)}": m.at(call)
        for m in product()
        for call in calls(m.tree)
        if called(call) in ("setattr", "__setattr__")
    }
    only_excepted(found, BY_NAME)


def test_no_record_is_made_or_changed_with_a_state_of_the_callers_choice():
    stateful = {model.__name__ for model in apps.get_models() if issubclass(model, Stateful)}
    assert len(stateful) >= 4
    found = [
        m.at(call)
        for m in product()
        if m.name != ENGINE
        for call in calls(m.tree)
        if called(call) in MAKES | stateful and keyword(call, "state") is not None
    ]
    assert found == []


def test_nothing_listens_for_signals():
    found = [
        f"{m.at(node)} {name}"
        for m in product()
        for node, name in imports(m.tree)
        if "signals" in name.split(".") or name.startswith("django.dispatch")
    ]
    assert found == []


def shortcuts(module: Module) -> list[ast.Call]:
    """``.update(state=…)`` is a queryset's; ``.update(other)`` is a dictionary's."""
    found = []
    for call in calls(module.tree):
        name = called(call)
        if name in ("bulk_create", "bulk_update", "abulk_create", "abulk_update", "_raw_delete"):
            found.append(call)
        if name in ("update", "aupdate") and not call.args and isinstance(call.func, ast.Attribute):
            found.append(call)
    return found


def test_no_row_of_a_case_is_written_past_its_history():
    found = {f"{m.name}: {called(call)}": m.at(call) for m in beside_the_demo() for call in shortcuts(m)}
    only_excepted(found, SHORTCUTS)


def test_no_statement_writes_past_the_models():
    writes = re.compile(r"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE|COPY|MERGE\s+INTO)\s+([a-z]+_\w+)")
    found = {}
    for m in beside_the_demo():
        for text in strings(m.tree):
            for verb, table in writes.findall(text.value):
                found[f"{m.name}: {' '.join(verb.split())} {table}"] = m.at(text)
    only_excepted(found, STATEMENTS)
