from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.machine import Machine


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A machine with the product on it and nothing running; whatever runs afterwards is killed."""
    machine = Machine(tmp_path)
    yield machine
    machine.end()
