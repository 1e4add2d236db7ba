"""Time two pages in turn, request by request, and say how sure the ratio is."""

from __future__ import annotations

import http.client
import random
import statistics
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page as one signed-in person asks for it, over one kept connection."""

    name: str
    port: int
    path: str
    cookie: str

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def fetch(self, connection: http.client.HTTPConnection) -> float:
        """Seconds from asking to the last byte. :raises RuntimeError: for anything but 200"""
        began = time.perf_counter()
        connection.request("GET", self.path, headers={"Cookie": f"sessionid={self.cookie}"})
        answer = connection.getresponse()
        answer.read()
        took = time.perf_counter() - began
        if answer.status != 200:
            raise RuntimeError(f"{self.name}: {self.path} answered {answer.status}")
        return took


@dataclass(frozen=True)
class Ratio:
    """The ratio of two medians, with a 95% interval by resampling the pairs."""

    a: str
    b: str
    a_ms: float
    b_ms: float
    ratio: float
    low: float
    high: float
    p95: float

    def __str__(self) -> str:
        return (
            f"{self.a} / {self.b}: {self.ratio:.2f} [{self.low:.2f} to {self.high:.2f}]"
            f" ({self.a_ms:.1f} ms / {self.b_ms:.1f} ms; 95th percentiles {self.p95:.2f})"
        )


def paired(a: Page, b: Page, pairs: int = 300, warm: int = 20) -> Ratio:
    """Ask for the two pages in turn, ``pairs`` times."""
    first, second = a.connect(), b.connect()
    for _ in range(warm):
        a.fetch(first)
        b.fetch(second)
    times = []
    for place in range(pairs):
        if place % 2:
            slow = b.fetch(second)
            times.append((a.fetch(first), slow))
        else:
            times.append((a.fetch(first), b.fetch(second)))
    first.close()
    second.close()
    return _ratio(a.name, b.name, times)


def _ratio(a: str, b: str, times: list[tuple[float, float]]) -> Ratio:
    dice = random.Random(1)
    resampled = sorted(_of_medians(dice.choices(times, k=len(times))) for _ in range(1000))
    ones, others = [x for x, _ in times], [y for _, y in times]
    return Ratio(
        a, b, statistics.median(ones) * 1000, statistics.median(others) * 1000,
        _of_medians(times), resampled[25], resampled[974], _at_95(ones) / _at_95(others),
    )  # fmt: skip


def _of_medians(times: list[tuple[float, float]]) -> float:
    return statistics.median(x for x, _ in times) / statistics.median(y for _, y in times)


def _at_95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
