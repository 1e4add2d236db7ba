"""Do what has fallen due on every clock there is: warn, mark late, escalate. One statement, safe to repeat.

The rows of DueAction decide, never the caller: each fires once, in the order it fell due, and its event carries the
moment it fell due, however late the sweep comes. An outside body's clock is chased; its lateness is never ours.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, transaction

from prevent_cases.casework import clocks
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import DueKind

CHUNK = 10_000

OURS = {DueKind.WARN: "clock.warned", DueKind.LATE: "clock.late", DueKind.ESCALATE: "clock.escalated"}
OUTSIDE = {DueKind.WARN: "clock.reminded", DueKind.LATE: "clock.chased", DueKind.ESCALATE: "clock.raised"}
"""The kind of event and of notice for each kind of due work, by whose promise it is."""

# Who is told. A rung of the ladder: its post. A warning: the person who owes it while they sit in any team; where no
# one person does, whoever has the case, if they sit in the team that owes it; else that team's mailbox. Lateness: both.
# An outside body's clock: the body, where it is to be chased; by the last link to what it was asked, if there is one.
# The day in a notice's key lets a clock that was extended tell again; the letter at its end is the person's copy.
# Rows are reached by their place in the table (ctid): they are locked, so nothing moves them, and what moved just
# before is due at the next sweep. Ids in order of time (uuidv7) keep a long table's index warm. Both are measured:
# benchmarks/sweep.py.
SWEEP = """
WITH alone AS MATERIALIZED (
    SELECT pg_try_advisory_xact_lock(hashtext('casework.sweep_clocks')) AS yes
), due AS MATERIALIZED (
    SELECT ctid FROM casework_dueaction
     WHERE fired_at IS NULL AND is_live AND fire_at <= %(at)s AND (SELECT yes FROM alone)
     ORDER BY fire_at, id LIMIT %(chunk)s
       FOR UPDATE SKIP LOCKED
), fired AS (
    UPDATE casework_dueaction action SET fired_at = %(at)s WHERE action.ctid = ANY (ARRAY(SELECT ctid FROM due))
    RETURNING action.id, action.run_id, action.case_id, action.clock, action.kind, action.rung, action.post,
              action.team_id, action.fire_at
), told AS MATERIALIZED (
    SELECT fired.id, fired.case_id, fired.clock, fired.kind, fired.rung, fired.post, run.subject,
           greatest(fired.fire_at, run.started_at) AS at,
           (run.due_at AT TIME ZONE 'Europe/London')::date AS due_on,
           %(kinds)s::jsonb -> (fired.clock = ANY (%(outside)s))::text ->> fired.kind AS says,
           'due:' || fired.id || ':' || to_char(fired.fire_at, 'YYYYMMDD') AS key,
           coalesce(fired.team_id, spine.holder_team_id) AS team_id,
           CASE WHEN fired.clock = ANY (%(outside)s) AND fired.kind <> 'ESCALATE' THEN run.chase_address ELSE '' END
               AS address,
           CASE WHEN fired.clock = ANY (%(outside)s) AND fired.kind <> 'ESCALATE' THEN
                (SELECT link.id FROM casework_answerlink link WHERE link.subject = run.subject
                  ORDER BY link.sent_at DESC, link.id DESC LIMIT 1) END AS link_id,
           CASE WHEN coalesce(run.person_id, spine.assignee_id) IS NOT NULL
                 AND fired.kind <> 'ESCALATE' AND fired.clock <> ALL (%(outside)s)
                 AND EXISTS (SELECT FROM accounts_membership seat
                              WHERE seat.user_id = coalesce(run.person_id, spine.assignee_id)
                                AND (run.person_id IS NOT NULL OR seat.team_id = fired.team_id)
                                AND seat.starts_on <= %(today)s AND coalesce(seat.ends_on, 'infinity') >= %(today)s)
                THEN coalesce(run.person_id, spine.assignee_id) END AS person_id
      FROM fired
      JOIN casework_clockrun run ON run.id = fired.run_id
      LEFT JOIN casework_case spine ON spine.id = fired.case_id AND fired.kind <> 'ESCALATE'
     ORDER BY fired.fire_at, fired.id
), written AS (
    INSERT INTO casework_event (case_id, subject, kind, old, new, at, facts)
    SELECT case_id, subject, says, '', '', at, jsonb_build_object('clock', clock, 'due_on', due_on, 'rung', rung)
      FROM told
), noticed AS (
    INSERT INTO casework_notice
           (id, key, kind, case_id, user_id, team_id, post, address, link_id, written_at, not_before, attempts,
            last_problem)
    SELECT uuidv7(), key, says, case_id, NULL, CASE WHEN post = '' AND address = '' THEN team_id END,
           post, address, link_id, %(at)s, %(at)s, 0, ''
      FROM told WHERE kind <> 'WARN' OR person_id IS NULL
     UNION ALL
    SELECT uuidv7(), key || ':p', says, case_id, person_id, NULL, '', '', NULL, %(at)s, %(at)s, 0, ''
      FROM told WHERE person_id IS NOT NULL
        ON CONFLICT (key) DO NOTHING
)
SELECT says, count(*) FROM told GROUP BY says
"""


def sweep_clocks(*, at: datetime) -> Counter[str]:
    """Fire everything due by ``at``, in chunks of one transaction each; how many of each kind of event were written.

    A second sweep at the same time does nothing. Killed anywhere, it leaves whole chunks behind it.
    """
    fired: Counter[str] = Counter()
    while True:
        chunk = _fire(at)
        fired += chunk
        if chunk.total() < CHUNK:
            return fired


def _fire(at: datetime) -> Counter[str]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SWEEP, {"at": at, "today": civil_date(at), "chunk": CHUNK, **_declared()})
        return Counter(dict(cursor.fetchall()))


@cache
def _declared() -> dict[str, Any]:
    """What the statement needs to know of the declared clocks."""
    return {
        "kinds": json.dumps({"false": OURS, "true": OUTSIDE}),
        "outside": [clock.key for clock in clocks.every() if not clock.is_ours],
    }
