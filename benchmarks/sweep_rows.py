"""Rows for the sweep's benchmark: cases with two running clocks each, made by the database itself.

Due work lies in batches a minute apart, so that each round of the benchmark sweeps rows that nobody has touched.
"""

from __future__ import annotations

START = "timestamptz '2026-06-01 09:00+01'"
"""The moment of batch 0. Everything that is in no batch falls due a year later or more."""

PEOPLE = """
INSERT INTO accounts_organisation (id, name, kind, secure_domain)
VALUES ('00000000-0000-4000-8000-000000000001', 'Exampleshire', 'COUNCIL', '');
INSERT INTO auth_group (id, name) SELECT n, 'team ' || n FROM generate_series(1, 20) n;
INSERT INTO accounts_team (id, organisation_id, kind, name, email, group_id, list_version)
SELECT ('00000000-0000-4000-8001-' || lpad(n::text, 12, '0'))::uuid, '00000000-0000-4000-8000-000000000001', 'SSU',
       'Team ' || n, 'team' || n || '@council.example', n, 0 FROM generate_series(1, 20) n;
INSERT INTO accounts_user (id, password, email, name, job_title, telephone, is_active, suspended_why, digest, joined_at)
SELECT ('00000000-0000-4000-8002-' || lpad(n::text, 12, '0'))::uuid, '', 'person' || n || '@council.example',
       'Person ' || n, '', '', true, '', 'EACH', now() FROM generate_series(1, 100) n;
INSERT INTO accounts_membership (id, user_id, team_id, role, starts_on)
SELECT gen_random_uuid(), ('00000000-0000-4000-8002-' || lpad(n::text, 12, '0'))::uuid,
       ('00000000-0000-4000-8001-' || lpad(((n - 1) % 20 + 1)::text, 12, '0'))::uuid, 'MEMBER', '2020-01-01'
  FROM generate_series(1, 100) n;
"""

CASES = """
INSERT INTO casework_case (id, reference, procedure_key, version, opened_at, stage, queue, sensitivity, owner_team_id,
                           holder_team_id, assignee_id, next_due_at, next_due_clock)
SELECT gen_random_uuid(), 'BENCH-' || n, 'england-2023', 1, {start} - interval '5 days', 'CHECKING', 'TRIAGE', 0, team,
       team, CASE WHEN n % 5 < 2 THEN ('00000000-0000-4000-8002-' || lpad((n % 100 + 1)::text, 12, '0'))::uuid END,
       {start}, 'referral.reply'
  FROM (SELECT n, ('00000000-0000-4000-8001-' || lpad((n % 20 + 1)::text, 12, '0'))::uuid AS team
          FROM generate_series(1, {cases}) n) AS made;
"""

RUNS = """
INSERT INTO casework_clockrun (id, case_id, subject, clock, state, started_at, due_at, warn_at, promised, rule_version,
                               calendar_version, chase_address, team_id)
SELECT gen_random_uuid(), c.id, 'referrals.referral:' || c.id, clock, 'RUNNING', c.opened_at,
       {start} + interval '1 year', {start} + interval '1 year', '10 working days', 'england-2023', 'england-and-wales',
       '', c.holder_team_id
  FROM casework_case c, unnest(ARRAY['referral.triage', 'referral.reply']) clock;
"""

# A minute's batch comes from cases opened over some weeks: each case's place is blurred by as many cases as {blur}.
ACTIONS = """
INSERT INTO casework_dueaction (run_id, case_id, clock, kind, rung, post, fire_at, team_id, is_live)
SELECT run_id, case_id, clock, kind, rung, post,
       CASE WHEN place < {batches} * {cases_each}
            THEN {start} + floor(place / {cases_each}) * interval '1 minute' + random() * interval '10 seconds'
            ELSE {start} + interval '1 year' + random() * interval '1 year' END, team_id, true
  FROM (SELECT r.id AS run_id, r.case_id, r.clock, k.kind, k.rung, k.post, r.team_id,
               substr(c.reference, 7)::int - 1 + random() * {blur} - {blur} / 2 AS place
          FROM casework_clockrun r JOIN casework_case c ON c.id = r.case_id,
               (VALUES ('WARN', 0, ''), ('LATE', 0, ''), ('ESCALATE', 1, 'ssu_lead')) AS k (kind, rung, post)) AS made;
"""

ACTIONS_OF_A_CASE = 6


def filling(*, runs: int, each: int, batches: int) -> list[str]:
    """Statements that make ``runs`` running clocks, with ``batches`` of about ``each`` due actions soon to fall due."""
    cases = runs // 2
    cases_each = max(each // ACTIONS_OF_A_CASE, 1)
    blur = min(max(cases // 10, 1), 50_000)
    values = {"start": START, "cases": cases, "cases_each": cases_each, "batches": batches, "blur": blur}
    return [statement.format(**values) for statement in (PEOPLE, CASES, RUNS, ACTIONS)]
