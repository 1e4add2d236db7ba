"""What the database and the static files need before the programs start; each step costs nothing when it is done."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from prevent_cases.local.environment import ROOT
from prevent_cases.local.places import Places
from prevent_cases.local.problem import Problem


def prepare(places: Places, environment: Mapping[str, str], owner: Mapping[str, str]) -> None:
    """Migrate, load the demo county into an empty database, collect the static files.

    Raises ``Problem`` where a step fails.
    """
    log = places.logs / "prepare.log"
    log.write_text("")
    said = _run([sys.executable, "-m", "prevent_cases.local.schema"], owner, log)
    if said is None:
        raise Problem(_last_line(log))
    if said == "empty":
        print("Loading the demo county; this happens once and takes a minute or two.", flush=True)
        if _run([sys.executable, "manage.py", "load_demo"], owner, log, aloud=True) is None:
            raise Problem(f"The demo county could not be loaded ({_last_line(log)}): all of it is in {log}.")
    stamp = places.data_dir / "static.stamp"
    print_now = _static_print(ROOT)
    if not stamp.exists() or stamp.read_text() != print_now:
        if _run([sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"], environment, log) is None:
            raise Problem(f"The static files could not be collected ({_last_line(log)}): all of it is in {log}.")
        stamp.write_text(print_now)


def _run(command: list[str], environment: Mapping[str, str], log: Path, *, aloud: bool = False) -> str | None:
    """Run one step, keeping what it says in ``log``; its last line, or ``None`` where it failed.

    ``aloud`` shows its output as it comes, too.
    """
    with log.open("ab") as output:
        shown = subprocess.PIPE if aloud else output
        with subprocess.Popen(command, cwd=ROOT, env=dict(environment), stdout=shown, stderr=output) as step:
            try:
                for line in step.stdout or ():
                    output.write(line)
                    print(" ", line.decode(errors="replace").rstrip(), flush=True)
                output.flush()
                failed = step.wait()
            except BaseException:
                step.kill()
                raise
    return None if failed else _last_line(log)


def _last_line(log: Path) -> str:
    return (log.read_text(errors="replace").strip().splitlines() or ["it said nothing"])[-1]


def _static_print(root: Path) -> str:
    """Changes whenever a static file of ours or an installed package does."""
    return sha256("\n".join(_static_facts(root)).encode()).hexdigest()


def _static_facts(root: Path) -> Iterator[str]:
    yield (root / "requirements.txt").read_text()
    for file in sorted((root / "static").rglob("*")):
        found = file.stat()
        yield f"{file.relative_to(root)} {found.st_size} {found.st_mtime_ns}"
