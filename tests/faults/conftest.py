"""One installation for all the faults tests of a run, emptied after each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.database import Emptying
from tests.faults.stage import Stage, seen_from_here, standing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.faults)


@pytest.fixture(scope="session")
def standing_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stage, Emptying]]:
    with standing(tmp_path_factory.mktemp("stage")) as stood:
        yield stood


@pytest.fixture
def stage(standing_stage: tuple[Stage, Emptying], django_db_blocker: Any) -> Iterator[Stage]:
    """The installation, empty, and this process's Django looking at it."""
    stage, emptying = standing_stage
    with django_db_blocker.unblock(), seen_from_here(stage):
        yield stage
        for program in stage.programs:
            program.kill()
    emptying()
    shutil.rmtree(stage.outbox, ignore_errors=True)
