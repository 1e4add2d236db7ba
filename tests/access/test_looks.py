"""Every page that shows a case writes a line in its access log, and the line has words for it (P7)."""

from __future__ import annotations

from collections import defaultdict

import pytest

from prevent_cases.casework.kinds import Look
from prevent_cases.casework.models import AccessLog
from prevent_cases.casework.queries import words_for
from tests.access.addresses import addresses
from tests.access.robot import Robot, Visit
from tests.access.situations import signed_in, situation

READERS = ("ssu_lead", "locality_worker")
RECORDS = ("casework.", "referrals.")
WITHOUT_A_NAME = {"case", "case-print", "referrals:triage"}
"""Their line is called by what was looked at: the case, its printed record, its material."""


def wordless(line: AccessLog) -> bool:
    """Whether "who looked" would call a page that is not the case's first by the words for that one."""
    return line.what == Look.CASE and not words_for(line.record) and not line.record.startswith(RECORDS)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("state", "enough"), [("CHECKING", 12), ("PREPARING", 30), ("CLOSED", 12)])
def test_whoever_is_shown_a_case_is_written_down(state: str, enough: int) -> None:
    here = situation(state)
    clients = {name: client for name, client in signed_in(here.people).items() if name in READERS}
    problems: dict[str, list[str]] = defaultdict(list)
    last: list[AccessLog | None] = []

    def note(visit: Visit) -> None:
        last.append(None if visit.response.streaming else AccessLog.objects.order_by("id").last())

    robot, shown = Robot(clients, note), 0
    for address in addresses():
        if "case_id" not in address.takes:
            continue
        for who in clients:
            visit = robot.visit(who, "get", address.path(here.ids))
            if visit.response.status_code != 200:
                continue
            shown += 1
            if "casework_accesslog" not in visit.wrote:
                problems["not written down"].append(f"{address.route} by {who}")
            elif address.name not in WITHOUT_A_NAME and last[-1] and wordless(last[-1]):
                problems["without words"].append(f"{address.route}: {last[-1].record!r}")
    assert dict(problems) == {}
    assert shown >= enough
