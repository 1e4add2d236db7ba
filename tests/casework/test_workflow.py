"""What a table says of itself, and which of its rows it opens to whom."""

from types import SimpleNamespace

from django.db import models

from prevent_cases.accounts.actors import Actor, Seat
from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.rules import Rule, anyone_signed_in, seat, the_system
from prevent_cases.casework.workflow import Transition, Workflow


class Light(models.TextChoices):
    RED = "RED", "Red"
    AMBER = "AMBER", "Amber"
    GREEN = "GREEN", "Green"


ANYBODY = Rule("anybody", lambda actor, subject: True)
NOBODY = Rule("nobody", lambda actor, subject: False)
QUEUES = dict.fromkeys(Light, Queue.WAITING)
PERSON = SimpleNamespace(pk="7d", is_active=True, name="Anwen Pell")


def row(key: str, sources: tuple[Light, ...], target: Light, may: Rule = ANYBODY, **more: object) -> Transition:
    return Transition(key=key, label="Turn", says="turned it", sources=sources, target=target, may=may, **more)


GO = row("light.go", (Light.RED,), Light.GREEN)
WARN = row("light.warn", (Light.GREEN,), Light.AMBER)
STOP = row("light.stop", (Light.AMBER,), Light.RED)


def table(*rows: Transition, ends: tuple[Light, ...] = (), queues: dict = QUEUES) -> Workflow:
    return Workflow("Light", Light, Light.RED, ends, queues, *rows)


def at(state: Light) -> SimpleNamespace:
    return SimpleNamespace(state=state)


def a_seat(kind: TeamKind, role: SeatRole = SeatRole.MEMBER) -> Actor:
    return Actor(PERSON, (Seat("t1", "A team", kind, role),))


def test_a_whole_table_has_no_problems():
    assert table(GO, WARN, STOP).problems() == []


def test_a_state_that_nothing_leads_to_is_reported():
    assert table(GO, ends=(Light.GREEN,)).problems() == [
        "Light: nothing leads to Amber",
        "Light: Amber is a dead end that is not declared an end",
    ]


def test_a_dead_end_is_reported_unless_it_is_declared_an_end():
    assert table(GO, WARN).problems() == ["Light: Amber is a dead end that is not declared an end"]
    assert table(GO, WARN, ends=(Light.AMBER,)).problems() == []


def test_two_rows_of_one_key_are_reported():
    assert table(GO, WARN, STOP, row("light.go", (Light.AMBER,), Light.GREEN)).problems() == [
        "Light: two transitions share a key"
    ]


def test_a_state_that_waits_in_no_inbox_tab_is_reported():
    queues = {Light.RED: Queue.TRIAGE, Light.GREEN: Queue.CLOSED}
    assert table(GO, WARN, STOP, queues=queues).problems() == ["Light: Amber waits in no queue"]


def test_only_the_rows_from_the_records_state_are_open():
    whole = table(GO, WARN, STOP)
    assert whole.open_to(Actor(), at(Light.RED)) == [GO]
    assert whole.open_to(Actor(), at(Light.AMBER)) == [STOP]


def test_a_row_is_open_only_to_whom_its_rule_allows():
    assert table(row("light.go", (Light.RED,), Light.GREEN, NOBODY)).open_to(Actor(), at(Light.RED)) == []


def test_a_row_of_an_optional_step_is_open_only_where_the_procedure_has_it():
    whole = table(row("light.flash", (Light.RED,), Light.AMBER, procedure="flashing"), GO)
    assert [r.key for r in whole.open_to(Actor(), at(Light.RED), steps=("flashing",))] == ["light.flash", "light.go"]
    assert [r.key for r in whole.open_to(Actor(), at(Light.RED), steps=())] == ["light.go"]


def test_the_diagram_names_every_state_and_row():
    drawn = table(GO, WARN, STOP).diagram()
    assert drawn.startswith("stateDiagram-v2\n    [*] --> RED")
    assert drawn.count("-->") == 4


def test_facts_are_what_is_required_and_then_what_is_recorded():
    turned = row("light.go", (Light.RED,), Light.GREEN, requires=("by_whom",), records=("weather",))
    assert turned.facts == ("by_whom", "weather")


def test_rules_join_and_say_so():
    both, either = anyone_signed_in & NOBODY, anyone_signed_in | NOBODY
    actor = Actor(PERSON)
    assert not both.allows(actor, None)
    assert either.allows(actor, None)
    assert both.says == "anyone signed in and nobody"
    assert either.says == "anyone signed in or nobody"


def test_a_seat_counts_by_the_kind_of_team_and_the_role():
    manager = seat(TeamKind.SSU, roles=(SeatRole.MANAGER,))
    assert manager.says == "manager of the Strategic Safeguarding Unit"
    assert manager.allows(a_seat(TeamKind.SSU, SeatRole.MANAGER), None)
    assert not manager.allows(a_seat(TeamKind.SSU), None)
    assert not manager.allows(a_seat(TeamKind.AREA, SeatRole.MANAGER), None)


def test_an_account_that_is_not_active_is_not_signed_in_and_the_service_is_nobody():
    asleep = SimpleNamespace(pk="7d", is_active=False, name="Anwen Pell")
    assert not anyone_signed_in.allows(Actor(asleep), None)
    assert not anyone_signed_in.allows(Actor(system="sweep"), None)
    assert the_system.allows(Actor(system="sweep"), None)
    assert not the_system.allows(Actor(PERSON), None)
