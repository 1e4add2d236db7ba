"""How many statements the pages cost on one database; print a page and a number a line. Run by pages.py.

python -m benchmarks.statements SESSION CASE
"""

from __future__ import annotations

import re
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 -- after setup
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

KEEPING = re.compile(r"SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT")
LOGGED = "INSERT INTO casework_accesslog"
PAGES = ("/referrals/?tab=open", "/referrals/?tab=mine", "/work/", "/cases/{case}/", "/cases/{case}/history/")


def main() -> None:
    session, case = sys.argv[1:]
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    for page in PAGES:
        address = page.format(case=case)
        client.get(address, secure=True)
        with CaptureQueriesContext(connection) as caught:
            if client.get(address, secure=True).status_code != 200:
                raise SystemExit(f"{page} did not answer")
        asked = [query["sql"] for query in caught if not KEEPING.match(query["sql"])]
        print(f"{page}\t{sum(LOGGED not in sql for sql in asked)}")


if __name__ == "__main__":
    main()
