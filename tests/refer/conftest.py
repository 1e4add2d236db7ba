"""A county, and its practitioner signed in."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def place(db: None) -> Any:
    from tests.factories import county  # noqa: PLC0415 -- models load after this file does

    return county()


@pytest.fixture
def pia(place: Any, client: Any) -> Any:
    from tests.factories import sign_in  # noqa: PLC0415 -- the same

    return sign_in(client, place.practitioner)
