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
INSERT INTO accounts_team (id, organisation_id, kind, name, email, group_id)
SELECT ('00000000-0000-4000-8001-' || lpad(n::text, 12, '0'))::uuid, '00000000-0000-4000-8000-000000000001', 'SSU',
       'Team ' || n, 'team' || n || '@council.example', n FROM generate_series(1, 20) n;
INSERT INTO accounts_user (id, password, email, name, job_title, telephone, is_active, digest, joined_at)
SELECT ('00000000-0000-4000-8002-' || lpad(n::text, 12, '0'))::uuid, '', 'person' || n || '@council.example',
       'Person ' || n, '', '', true, 'EACH', now() FROM generate_series(1, 100) n;
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

ACTIONS = """
INSERT INTO casework_dueaction (run_id, case_id, clock, kind, rung, post, fire_at, team_id, is_live)
SELECT r.id, r.case_id, r.clock, k.kind, k.rung, k.post, {start} + interval '1 year' + random() * interval '1 year',
       r.team_id, true
  FROM casework_clockrun r,
       (VALUES ('WARN', 0, ''), ('LATE', 0, ''), ('ESCALATE', 1, 'ssu_lead')) AS k (kind, rung, post)
 ORDER BY random();
"""

BATCHES = """
UPDATE casework_dueaction action SET fire_at = {start} + (chosen.place / {each}) * interval '1 minute'
                                             + (chosen.place %% {each}) * interval '1 millisecond'
  FROM (SELECT id, row_number() OVER () - 1 AS place
          FROM (SELECT id FROM casework_dueaction ORDER BY random() LIMIT {each} * {batches}) AS drawn) AS chosen
 WHERE action.id = chosen.id;
"""


def filling(*, runs: int, each: int, batches: int) -> list[str]:
    """Statements that make ``runs`` running clocks, with ``batches`` of ``each`` due actions about to fall due."""
    made = [PEOPLE, CASES, RUNS, ACTIONS]
    if batches:
        made.append(BATCHES.replace("%%", "%"))
    return [statement.format(start=START, cases=runs // 2, each=each, batches=batches) for statement in made]
