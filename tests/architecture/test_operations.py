"""Writes have one shape: named arguments, the last of them ``by`` and ``at``; the world outside is handed in.

The rule, as the code follows it: a public function of an operations module that takes the moment ``at`` takes it by
name; ``by`` stands right before it (a job of the service itself has no ``by``); after it come only arguments with a
default, and ``version``, the version the person saw. An act in a transaction of its own takes nothing by position.
"""

import ast

import pytest

from tests.architecture.source import (
    Function,
    Module,
    called,
    calls,
    decorators,
    dotted,
    functions,
    imports,
    only_excepted,
    operations,
    product,
)

AFTER_AT = {"version"}

TELLS_THE_TIME = {
    "timezone.now", "timezone.localdate", "timezone.localtime", "datetime.now", "datetime.utcnow", "datetime.today",
    "date.today", "time.time", "time.time_ns", "time.localtime", "time.gmtime",
}  # fmt: skip

READS_THE_CLOCK = {
    "prevent_cases.casework.now: timezone.now": "the one place that reads the clock",
    "prevent_cases.casework.now: timezone.localdate": "the one place that reads the clock",
    "prevent_cases.accounts.backends: timezone.localdate": "accounts lie below casework; tests freeze both at once",
    "prevent_cases.accounts.histories: time.time_ns": "ids of history rows in the order they were made; no date",
    "prevent_cases.middleware: time.time": "an idle session is counted in seconds, not in days of the calendar",
}

WITHOUT_BY_AND_AT = {
    "prevent_cases.accounts.operations.own.choose_digest": "one's own preference; no deadline and no case turns on it",
}


def public(module: Module) -> list[Function]:
    """Functions at the top of a module whose name does not begin with an underscore."""
    return [n for n in module.tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]


def takes(function: Function) -> list[str]:
    return [a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]


ACTS = [
    pytest.param(m, function, id=f"{m.name}.{function.name}")
    for m in operations()
    for function in public(m)
    if "at" in takes(function)
]


def test_there_are_acts_to_look_at():
    assert len(ACTS) >= 40


@pytest.mark.parametrize(("module", "act"), ACTS)
def test_an_act_is_told_by_whom_and_when_last_and_by_name(module, act):
    named = act.args.kwonlyargs
    names = [a.arg for a in named]
    assert "at" in names, "the moment is given by name"
    place = names.index("at")
    assert "by" not in takes(act) or names[place - 1] == "by", "by stands right before at"
    late = [a.arg for a, default in zip(named, act.args.kw_defaults, strict=True) if default is None]
    assert set(names[place + 1 :]) & set(late) <= AFTER_AT


def test_an_act_takes_nothing_by_position():
    found = [
        m.at(function)
        for m in operations()
        for function in public(m)
        if "transaction.atomic" in decorators(function) and (function.args.args or function.args.posonlyargs)
    ]
    assert found == []


def test_an_act_says_by_whom_and_when():
    found = {
        f"{m.name}.{function.name}": m.at(function)
        for m in operations()
        for function in public(m)
        if "transaction.atomic" in decorators(function) and "at" not in takes(function)
    }
    only_excepted(found, WITHOUT_BY_AND_AT)


def test_operations_are_handed_the_moment():
    now = "prevent_cases.casework.now"
    found = [f"{m.at(node)} {name}" for m in operations() for node, name in imports(m.tree) if name.startswith(now)]
    assert found == []


def test_the_clock_is_read_in_one_place():
    found = {
        f"{m.name}: {dotted(call.func)}": m.at(call)
        for m in product()
        for call in calls(m.tree)
        if dotted(call.func) in TELLS_THE_TIME
    }
    only_excepted(found, READS_THE_CLOCK)


def test_forms_neither_save_nor_judge():
    writes = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "advance", "keep", "allows"}
    forms = [m for m in product() if (m.lies_in("forms") and ".views." not in m.name) or m.last == "sign_in"]
    assert len(forms) >= 3
    found = [m.at(call) for m in forms for call in calls(m.tree) if called(call) in writes]
    found += [m.at(function) for m in forms for function in functions(m.tree) if function.name == "save"]
    assert found == []
