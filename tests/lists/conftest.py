"""A county on a Monday, the manager of its staff lists, and an administrator of them signed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def place(db: Any) -> Iterator[Any]:
    """A county on that Monday, which stays the present for the length of the test."""
    from prevent_cases.casework.now import held_at  # noqa: PLC0415 -- models load after this file does
    from tests.factories import county  # noqa: PLC0415
    from tests.lists.typed import MONDAY  # noqa: PLC0415

    with held_at(MONDAY):
        yield county()


@pytest.fixture
def head(place: Any) -> Any:
    """The manager of the staff lists."""
    from prevent_cases.accounts.kinds import SeatRole  # noqa: PLC0415 -- as above
    from tests.factories import a_person, acting  # noqa: PLC0415

    return acting(a_person("Hester Lunn", place.lists_team, role=SeatRole.MANAGER))


@pytest.fixture
def admin(place: Any, client: Any) -> Any:
    """An administrator of staff lists at a browser."""
    from tests.factories import sign_in  # noqa: PLC0415 -- as above

    return sign_in(client, place.lists)
