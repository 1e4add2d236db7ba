"""How long is said in clocks.py, days.py and the procedures, and nowhere else."""

import ast

from tests.architecture.source import Module, called, calls, only_excepted, product

LENGTHS = {"timedelta", "relativedelta", "WorkingDays", "CalendarDays", "Years", "Months", "Hours"}
SAID_ELSEWHERE = {
    "prevent_cases.casework.calendars: timedelta(days=366)": "how long before the data ends somebody is told",
    "prevent_cases.casework.timing: timedelta(days=365)": "how far a due date may lie beyond the calendar; no deadline",
    "prevent_cases.health: timedelta(minutes=5)": "how late the beat may be before an operator is told; no promise",
    "prevent_cases.health: timedelta(minutes=15)": "how long a notice may wait before an operator is told; no promise",
    "referrals.queries.practitioners: timedelta(days=365)": "how far back a possible match is looked for; no deadline",
}


def may_say(module: Module) -> bool:
    """clocks, days and procedures say lengths. The demo county's past is made up: its lengths are data."""
    return module.last in ("clocks", "days") or module.lies_in("procedures") or module.lies_in("demo")


def said(module: Module) -> dict[str, str]:
    """Lengths with a number in them, as written. ``timedelta(days=1)`` is a step; so is a length of none or one."""
    found = {}
    for call in calls(module.tree):
        if called(call) not in LENGTHS:
            continue
        values = [*call.args, *(k.value for k in call.keywords)]
        numbers = {n.value for v in values for n in ast.walk(v) if isinstance(n, ast.Constant)}
        is_step = numbers <= {0, 1} and all(k.arg == "days" for k in call.keywords)
        if numbers and not is_step:
            found[f"{module.name}: {ast.unparse(call)}"] = module.at(call)
    return found


def test_no_length_of_time_is_said_elsewhere():
    found = {what: where for m in product() if not may_say(m) for what, where in said(m).items()}
    only_excepted(found, SAID_ELSEWHERE)


def test_the_test_can_see_a_length():
    clocks = [m for m in product() if m.name == "referrals.clocks"]
    assert len(said(clocks[0])) >= 8
