"""The sixty tales told together, in the order of time, with each evening's deadlines and notices between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from prevent_cases.casework import jobs
from prevent_cases.casework.days import moment
from prevent_cases.casework.now import held_at
from prevent_cases.demo import acts, acts_of_answering, acts_of_checks, acts_of_consent, acts_of_duty
from prevent_cases.demo.office import Office
from prevent_cases.demo.tales import Tale
from prevent_cases.demo.walk import Walk, World
from prevent_cases.lists.jobs import JOBS as LISTS

EVENING = time(17, 2)
ACTS = (acts, acts_of_duty, acts_of_checks, acts_of_consent, acts_of_answering)
LATELY = timedelta(days=8)
NAMED_OTHERWISE = {"return": "send_back"}


class CannotTell(Exception):
    """A tale holds an act that the product refuses; the message names the tale and the act."""


@dataclass(frozen=True, order=True)
class Happening:
    """Something that happens at a moment; ``place`` keeps the order of those that happen together."""

    at: datetime
    place: int
    what: Callable[[datetime], None]


def tell(world: World, seed: int) -> int:
    """Let everything happen, first to last; how many acts there were."""
    happenings: list[Happening] = []
    for tale in world.tales:
        walk = Walk(world, tale, Random(f"{seed}:{tale.key}"))  # noqa: S311 - repeatable on purpose
        for at, act in steps(tale, walk, world.office):
            happenings.append(Happening(at, len(happenings), act))
    told = len(happenings)
    first = min((happening.at for happening in happenings), default=world.office.loaded_at)
    for evening in evenings(first.date(), world.office):
        lately = world.office.loaded_at - evening < LATELY
        happenings.append(Happening(evening, len(happenings), _as_evening_falls if lately else _on_a_past_evening))
    for happening in sorted(happenings):
        with held_at(happening.at):
            happening.what(happening.at)
    return told


def steps(tale: Tale, walk: Walk, office: Office) -> list[tuple[datetime, Callable[[datetime], None]]]:
    """A tale's acts with their moments."""
    written = [step.split() for step in tale.steps.split(";")]
    moments = office.moments([int(days) for _, days, *_ in written], walk.source)
    return [(at, _acting(walk, name, tuple(rest))) for at, (name, _, *rest) in zip(moments, written, strict=True)]


def _acting(walk: Walk, name: str, rest: tuple[str, ...]) -> Callable[[datetime], None]:
    act = act_called(name)

    def happen(at: datetime) -> None:
        try:
            act(walk, at, *rest)
        except Exception as error:
            raise CannotTell(f"{walk.tale.key}, {name} on {at:%d %B}: {error}") from error

    return happen


def act_called(name: str) -> acts.Act:
    """The function of an act. :raises StopIteration: when there is none."""
    name = NAMED_OTHERWISE.get(name, name)
    return next(found for m in ACTS if (found := getattr(m, name, None)))


def evenings(first: date, office: Office) -> list[datetime]:
    """A little after the close of each day since the first, up to now."""
    days = (office.loaded_at.date() - first).days + 1
    every = (moment(first + timedelta(days=n), EVENING) for n in range(days))
    return [evening for evening in every if evening < office.loaded_at]


def _as_evening_falls(at: datetime) -> None:
    for job in jobs.every():
        jobs.run(job, at)


def _on_a_past_evening(at: datetime) -> None:
    """The staff lists were in order then: nobody was reminded of them."""
    for job in jobs.every():
        if job not in LISTS:
            jobs.run(job, at)
