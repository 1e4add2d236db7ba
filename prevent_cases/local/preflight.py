"""What must be true of the machine before anything starts; each check gives up with one sentence."""

import ctypes
import errno
import os
import shutil
import socket
from collections.abc import Sequence

from prevent_cases.local.places import Places
from prevent_cases.local.problem import Problem

FREE_MEGABYTES = 500
# The names under which WeasyPrint looks for what draws its text, on Linux and on macOS.
PANGO = (
    ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
)
PANGO_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def check_space(places: Places) -> None:
    """Raises ``Problem`` below ``LOCAL_FREE_MB`` (500) megabytes free, which PostgreSQL would find out half-way."""
    needed = int(os.environ.get("LOCAL_FREE_MB", FREE_MEGABYTES))
    free = shutil.disk_usage(places.data_dir).free // 1_000_000
    if free < needed:
        raise Problem(
            f"The disk of DATA_DIR {places.data_dir} has {free} MB free and {needed} MB are needed: "
            "make room or choose another DATA_DIR."
        )


def port_number(value: str) -> int:
    """``PORT`` as a number. Raises ``Problem`` where it is not a port."""
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        raise Problem(f"PORT is {value!r}, which is not a number from 1 to 65535.")
    return int(value)


def check_port(host: str, port: int) -> None:
    """Raises ``Problem`` where the web server could not listen on ``host`` and ``port``."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Problem(
                    f"Port {port} is in use by another program: stop it or choose another, "
                    f"for example PORT={port + 1 if port < 65535 else 8000}."
                ) from error
            raise Problem(f"Nothing can listen on {host} port {port}: {error.strerror or error}.") from error


def check_pango(libraries: Sequence[tuple[str, ...]] = PANGO) -> None:
    """Raises ``Problem`` where WeasyPrint, which makes the PDFs, would not find its libraries."""
    for names in libraries:
        if not any(map(_loads, names)):
            raise Problem(
                f"{names[0]} is missing, without which no PDF can be made: install it, "
                f"on Debian or Ubuntu with apt-get install {PANGO_PACKAGES}."
            )


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
