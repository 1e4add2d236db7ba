"""The small tables from which many cases are made: days, due dates, stages, clocks, desks and seats."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import accumulate

from prevent_cases.casework.clocks import OURS, declared
from prevent_cases.casework.days import WorkingDays
from prevent_cases.casework.procedure import Procedure, published
from prevent_cases.demo import places, scale_days
from prevent_cases.demo.copying import line
from prevent_cases.demo.county import County
from prevent_cases.demo.scale_plan import ENDED, LOCALITY_WEIGHTS, STAGES, YEARS_BACK, Stage
from prevent_cases.demo.walk import World
from referrals import clocks

EVERY_STAGE = (*STAGES, *ENDED)
FROM_START = (clocks.TRIAGE.key, clocks.REPLY.key)


def texts(world: World) -> dict[str, str]:
    """The rows of every small table, for COPY. Reads the county, so it comes before any table is set aside."""
    office, procedure = world.office, published(world.procedure)
    days = scale_days.working_days(office.day(1), YEARS_BACK * 366, office.calendar)
    rows: dict[str, Iterable[str]] = {
        "demo_day": (line(row) for row in enumerate(days)),
        "demo_run": scale_days.run_lines(days, procedure, office.calendar),
        "demo_action": scale_days.action_lines(days, procedure, office.calendar),
        "demo_stage": _stages(procedure),
        "demo_happened": _happened(),
        "demo_clock": _clocks(),
        "demo_desk": _desks(world),
    }
    return {table: "".join(lines) for table, lines in rows.items()}


def _stages(procedure: Procedure) -> Iterable[str]:
    number = 0
    for kind, is_open in ((STAGES, "t"), (ENDED, "f")):
        for stage, (low, high) in zip(kind, _spread([stage.share for stage in kind]), strict=True):
            yield line((
                number, stage.name, stage.queue, is_open, low, high, stage.holder, _working_days(stage, procedure),
                stage.lag, "t" if stage.from_start else "f", stage.known, "t" if stage.restricted else "f",
                len(stage.before),
            ))  # fmt: skip
            number += 1


def _working_days(stage: Stage, procedure: Procedure) -> int:
    """How many working days the stage's clock gives; five sevenths of its calendar days."""
    length = procedure.length_of(declared(stage.clock))
    if length is None:
        raise ValueError(f"{stage.clock} has no length of its own")
    return length.count if isinstance(length, WorkingDays) else length.count * 5 // 7


def _happened() -> Iterable[str]:
    for number, stage in enumerate(EVERY_STAGE):
        for place, event in enumerate(stage.before):
            facts = json.dumps(dict(event.facts))
            yield line((number, place, event.kind, event.old, event.new, event.by, facts))


def _clocks() -> Iterable[str]:
    for number, stage in enumerate(EVERY_STAGE):
        for state, keys in (("RUNNING", stage.running), ("PAUSED", stage.paused)):
            for key in keys:
                clock = declared(key)
                team = "policing" if clock.duty != OURS else "ssu" if key == clocks.RETENTION.key else "holder"
                yield line((
                    number, key, state, "t" if key in FROM_START else "f", team, "t" if clock.shown_in_lists else "f"
                ))  # fmt: skip


def _desks(world: World) -> Iterable[str]:
    county, at = world.county, world.office.loaded_at - timedelta(minutes=1)
    for name, (low, high) in zip(places.AREA_OF, _spread(LOCALITY_WEIGHTS), strict=True):
        team, service = county.team_of(name), county.service_of(name)
        workers, area_workers = (_people(county, county.nominated(each, at)) for each in (team, service))
        manager = county.people[county.manager(team, at)].pk
        yield line((
            low, high, str(county.localities[name].pk), str(team.pk), str(service.pk), workers, area_workers,
            str(manager),
        ))  # fmt: skip


def _people(county: County, keys: Sequence[str]) -> str:
    """An array of people, as COPY takes it."""
    return "{" + ",".join(str(county.people[key].pk) for key in keys) + "}"


def _spread(weights: Sequence[int]) -> list[tuple[float, float]]:
    """Parts of 0 to 1, each as wide as its weight's share."""
    ends = [end / sum(weights) for end in accumulate(weights)]
    return list(zip([0.0, *ends[:-1]], ends, strict=True))
