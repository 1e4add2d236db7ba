"""Work shared out to other processes, its results in order, never far ahead of whoever takes them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Result = TypeVar("Result")
WORKERS = 2


def shared_out(function: Callable[..., Result], jobs: Iterable[tuple], ahead: int = 4) -> Iterator[Result]:
    """``function(*job)`` for each job, in two processes. At most ``ahead`` results wait, so that memory stays flat."""
    waiting: deque[Future[Result]] = deque()
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as processes:
        for job in jobs:
            waiting.append(processes.submit(function, *job))
            if len(waiting) > ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
