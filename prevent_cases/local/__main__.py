"""``python -m prevent_cases.local``: the demo, or parts of it. See ``--help``."""

import argparse
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack

from prevent_cases.local import postgres, supervise
from prevent_cases.local.claim import claimed
from prevent_cases.local.environment import ROOT, secret_key
from prevent_cases.local.leftovers import stop_leftovers
from prevent_cases.local.places import Places, places_under
from prevent_cases.local.problem import Problem
from prevent_cases.local.servers import DATABASE, local_servers


def main() -> int:
    arguments = _parser().parse_args()
    try:
        if arguments.command == "run":
            supervise.run(arguments.data_dir, host=arguments.host, port=arguments.port)
        elif arguments.command == "servers":
            _servers(arguments.data_dir)
        elif arguments.command == "shell-env":
            _shell_env(places_under(arguments.data_dir))
        elif arguments.command == "reset":
            _reset(places_under(arguments.data_dir))
        else:
            return _beside_throwaway_servers(arguments.program)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m prevent_cases.local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="the demo: servers, migrations, web, worker and beat, until Ctrl-C")
    run.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    run.add_argument("--port", default=os.environ.get("PORT") or "8000")
    servers = commands.add_parser("servers", help="only PostgreSQL and Redis, until Ctrl-C")
    shell = commands.add_parser("shell-env", help='export lines for manage.py beside a running copy: eval "$(…)"')
    reset = commands.add_parser("reset", help="forget the demo's database and files; the next run loads it anew")
    for command in (run, servers, shell, reset):
        command.add_argument("--data-dir", default=os.environ.get("DATA_DIR") or "var")
    throwaway = commands.add_parser("throwaway", help="run one program beside servers that are thrown away after it")
    throwaway.add_argument("program", nargs=argparse.REMAINDER)
    return parser


def _servers(data_dir: str) -> None:
    with supervise.stoppable():
        try:
            with local_servers(data_dir) as servers:
                supervise.say(f"DATABASE_URL={servers.database_url}")
                supervise.say(f"DATABASE_OWNER_URL={servers.owner_url}")
                supervise.say(f"REDIS_URL={servers.redis_url}")
                signal.pause()
        except supervise.Stopped:
            supervise.say("Stopped: nothing is left running.")


def _shell_env(places: Places) -> None:
    """Raises ``Problem`` where no servers run on this ``DATA_DIR``."""
    sockets = places.sockets
    if not (sockets / ".s.PGSQL.5432").exists():
        raise Problem(f"Nothing is running on {places.data_dir}: start it with `make run` first.")
    values = {
        "MODE": "demo",
        "SECRET_KEY": secret_key(places),
        "DATA_DIR": str(places.data_dir),
        "DATABASE_URL": postgres.url(sockets, role=postgres.RUNTIME, database=DATABASE),
        "DATABASE_OWNER_URL": postgres.url(sockets, role=postgres.OWNER, database=DATABASE),
        "REDIS_URL": f"redis+socket://{sockets / 'redis.sock'}",
    }
    for name, value in values.items():
        print(f"export {name}={shlex.quote(value)}")


def _reset(places: Places) -> None:
    """Raises ``Problem`` where a copy is running."""
    with claimed(places):
        stop_leftovers(places)
        for directory in (places.cluster, places.data_dir / "files", places.data_dir / "outbox", places.beat):
            shutil.rmtree(directory, ignore_errors=True)
    print(f"The demo in {places.data_dir} is forgotten; the next `make run` loads it anew.")


def _beside_throwaway_servers(program: list[str]) -> int:
    """Run ``program`` in test mode with both roles' addresses; its exit code."""
    with ExitStack() as running:
        directory = running.enter_context(tempfile.TemporaryDirectory(prefix="prevent-cases-"))
        servers = running.enter_context(local_servers(directory, durable=False))
        environment = {
            **os.environ,
            "MODE": "test",
            "SECRET_KEY": "throwaway",
            "DATA_DIR": directory,
            "DATABASE_URL": servers.database_url,
            "DATABASE_OWNER_URL": servers.owner_url,
            "REDIS_URL": servers.redis_url,
        }
        return subprocess.run(program, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
