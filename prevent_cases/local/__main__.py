"""``python -m prevent_cases.local``: run everything, or only the servers, or print their addresses."""

import argparse
import os
import shlex
import signal
import sys

from prevent_cases.local import postgres, supervise
from prevent_cases.local.environment import secret_key
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
        else:
            print("\n".join(_exports(places_under(arguments.data_dir))))
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
    shell = commands.add_parser("shell-env", help="export lines for manage.py beside a running copy: eval \"$(…)\"")
    for command in (run, servers, shell):
        command.add_argument("--data-dir", default=os.environ.get("DATA_DIR") or "var")
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


def _exports(places: Places) -> list[str]:
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
    return [f"export {name}={shlex.quote(value)}" for name, value in values.items()]


if __name__ == "__main__":
    sys.exit(main())
