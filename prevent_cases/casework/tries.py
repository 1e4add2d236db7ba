"""How often one address may try a link. A link's secret cannot be guessed; this spares the service the guessing."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache

MOST = 30
SECONDS = 15 * 60


def may_try(what: str, source: str | None, at: datetime) -> bool:
    """Whether this address has tried this kind of link fewer than thirty times in its quarter of an hour, counted by
    each process."""
    key = f"{what}:{source}:{int(at.timestamp()) // SECONDS}"
    cache.add(key, 0, timeout=SECONDS)
    return cache.incr(key) <= MOST
