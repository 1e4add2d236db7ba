"""Where everything lies under ``DATA_DIR``, and who owns it."""

import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from prevent_cases.local.problem import Problem

# A unix socket's path holds 107 bytes on Linux and 103 on macOS.
SOCKET_PATH_BYTES = 103
LONGEST_SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Account:
    """The operating-system user that PostgreSQL runs as; ``None`` where that is simply the present user."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Places:
    """Every path that a local run writes to."""

    data_dir: Path

    @property
    def cluster(self) -> Path:
        return self.data_dir / "postgres"

    @property
    def logs(self) -> Path:
        return self.data_dir / "log"

    @property
    def temporary(self) -> Path:
        return self.data_dir / "tmp"

    @property
    def beat(self) -> Path:
        """Where beat keeps when each job last ran (``CELERY_BEAT_SCHEDULE_FILENAME``)."""
        return self.data_dir / "beat"

    @property
    def lock(self) -> Path:
        return self.data_dir / "run.lock"

    @property
    def secret_key(self) -> Path:
        return self.data_dir / "secret-key"

    @property
    def sockets(self) -> Path:
        """``DATA_DIR/run``; a private short directory where that path is too long for a socket."""
        inside = self.data_dir / "run"
        if len(os.fsencode(inside / LONGEST_SOCKET_NAME)) <= SOCKET_PATH_BYTES:
            return inside
        digest = sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"prevent-cases-{os.getuid()}-{digest}"

    def remove_short_sockets(self) -> None:
        """Leave nothing behind outside ``DATA_DIR``."""
        if not self.sockets.is_relative_to(self.data_dir):
            shutil.rmtree(self.sockets, ignore_errors=True)


def places_under(data_dir: Path | str) -> Places:
    """The places under ``data_dir``, made where missing and private to this user.

    Raises ``Problem`` where the directory cannot be made or written.
    """
    root = Path(data_dir).expanduser()
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        places = Places(root.resolve())
        for directory in (places.logs, places.temporary, places.beat):
            directory.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=places.data_dir):
            pass
    except OSError as error:
        reason = error.strerror or str(error)
        raise Problem(f"DATA_DIR {root} cannot be written ({reason}): choose another with DATA_DIR=…") from error
    return places


def make_socket_directory(places: Places, account: Account | None) -> Path:
    """Make the sockets' directory, open to PostgreSQL's user and to nobody else.

    Raises ``Problem`` where somebody else has taken the short path.
    """
    directory = places.sockets
    directory.mkdir(mode=0o700, exist_ok=True)
    found = directory.lstat()
    owners = {os.getuid()} | ({account.uid} if account else set())
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
        raise Problem(f"{directory} belongs to somebody else: remove it or choose a shorter DATA_DIR.")
    directory.chmod(0o700)
    if account:
        os.chown(directory, account.uid, account.gid)
    return directory


def postgres_account() -> Account | None:
    """The user for PostgreSQL, which refuses to run as root; ``None`` for an ordinary user, who runs it himself.

    Raises ``Problem`` where root has no unprivileged user to hand over to.
    """
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise Problem("PostgreSQL refuses to run as root and there is no user postgres or nobody: run as another user.")


def let_through(path: Path) -> None:
    """Let PostgreSQL's user pass (not list) the directories that lead to ``path``, where they stop it."""
    for directory in path.resolve().parents:
        mode = directory.stat().st_mode
        if not mode & stat.S_IXOTH:
            directory.chmod(mode | stat.S_IXOTH)
