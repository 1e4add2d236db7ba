"""One copy at a time on each ``DATA_DIR``."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from prevent_cases.local.places import Places
from prevent_cases.local.problem import Problem


@contextmanager
def claimed(places: Places) -> Iterator[None]:
    """Hold ``DATA_DIR`` for as long as the block runs.

    The kernel holds the lock and drops it with the process, however that ends, so a lock file left by a killed run
    is simply taken over. Record locks are used because a forked child does not inherit them.

    Raises ``Problem`` where another copy is running.
    """
    with places.lock.open("a+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise Problem(
                f"Prevent Cases is already running on {places.data_dir} (process {holder}): "
                "stop that copy or choose another DATA_DIR."
            ) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)
