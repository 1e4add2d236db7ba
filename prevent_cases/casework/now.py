"""The one place that reads the clock. Views, tasks and commands ask here; operations are handed the moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_held: ContextVar[datetime | None] = ContextVar("held_moment", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; or the moment held by :func:`held_at`."""
    return _held.get() or timezone.now()


def today() -> date:
    """Today's date in London."""
    return timezone.localdate(now())


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment for the length of a block (``run_due --now``, the demo county, tests)."""
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)
