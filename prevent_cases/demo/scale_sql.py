"""The statements that make many cases at once, from small temporary tables and one series of numbers.

``u(n, salt)`` is a number from 0 to 1 that depends on n alone, so that the same county comes out each time. What each
statement leaves satisfies every constraint, and is what the product's own operations would have left.
"""

TABLES = """
CREATE FUNCTION pg_temp.u(n bigint, salt bigint) RETURNS float8 LANGUAGE sql IMMUTABLE AS
$$ SELECT (hashint8extended(n, salt) & 16777215)::float8 / 16777216 $$;
CREATE TEMP TABLE demo_day (ago int, day date) ON COMMIT DROP;
CREATE TEMP TABLE demo_run (clock text, day date, due_at timestamptz, warn_at timestamptz, promised text, rule text)
    ON COMMIT DROP;
CREATE TEMP TABLE demo_action (clock text, day date, kind text, rung int, post text, fire_at timestamptz)
    ON COMMIT DROP;
CREATE TEMP TABLE demo_stage (stage int, name text, queue text, is_open bool, low float8, high float8, holder text,
    days int, lag int, from_start bool, known text, restricted bool, events int) ON COMMIT DROP;
CREATE TEMP TABLE demo_happened (stage int, place int, kind text, old text, new text, by text, facts jsonb)
    ON COMMIT DROP;
CREATE TEMP TABLE demo_clock (stage int, clock text, state text, from_start bool, team text, shown bool)
    ON COMMIT DROP;
CREATE TEMP TABLE demo_desk (low float8, high float8, locality_id uuid, locality_team uuid, area_team uuid,
    locality_workers uuid[], area_workers uuid[], manager_id uuid) ON COMMIT DROP;
"""

CASES = """
CREATE TEMP TABLE demo_drawn ON COMMIT DROP AS
SELECT n, s.*, k.locality_id, k.manager_id, d.officer_id,
       CASE s.holder WHEN 'area' THEN k.area_team WHEN 'locality' THEN k.locality_team
            WHEN 'children' THEN %(children)s ELSE %(ssu)s END AS team_id,
       w.workers[1 + floor(d.k * cardinality(w.workers))::int] AS worker_id, d.a, d.b, d.limited, d.assigned,
       b.began + CASE WHEN s.from_start THEN 0 ELSE s.lag END AS opened_ago,
       CASE WHEN s.from_start THEN greatest(b.began - s.lag, 0) ELSE b.began END AS reached_ago
  FROM generate_series(1, %(count)s) n
 CROSS JOIN LATERAL (SELECT pg_temp.u(n, 1) < %(open)s AS is_open, pg_temp.u(n, 2) AS stage, pg_temp.u(n, 3) AS desk,
       pg_temp.u(n, 4) AS began, pg_temp.u(n, 5) AS a, pg_temp.u(n, 6) AS b, pg_temp.u(n, 7) < %(assigned)s AS assigned,
       pg_temp.u(n, 8) < %(limited)s AS limited, pg_temp.u(n, 9) < %(overdue)s AS overdue, pg_temp.u(n, 12) AS k,
       (%(officers)s::uuid[])[1 + floor(pg_temp.u(n, 10) * cardinality(%(officers)s))::int] AS officer_id) d
  JOIN demo_stage s ON s.is_open = d.is_open AND d.stage >= s.low AND d.stage < s.high
  JOIN demo_desk k ON d.desk >= k.low AND d.desk < k.high
 CROSS JOIN LATERAL (SELECT CASE s.holder WHEN 'area' THEN k.area_workers ELSE k.locality_workers END AS workers) w
 CROSS JOIN LATERAL (SELECT CASE WHEN NOT s.is_open THEN 35 + (d.began * %(back)s)::int
       WHEN d.overdue THEN s.days + (d.began * 8)::int ELSE floor(d.began * s.days)::int END AS began) b;

CREATE TEMP TABLE demo_case ON COMMIT DROP AS
SELECT n, md5(%(seed)s || 'case' || n)::uuid AS id, md5(%(seed)s || 'referral' || n)::uuid AS referral_id,
       md5(%(seed)s || 'person' || CASE WHEN n <= %(people)s THEN n
           ELSE 1 + (pg_temp.u(n, 11) * (%(people)s - 1))::bigint END)::uuid AS person_id,
       c.stage, c.name, c.queue, c.is_open, c.known, c.restricted, c.events, c.team_id, t.name AS team_name, t.group_id,
       CASE WHEN c.holder = 'locality' THEN c.locality_id END AS locality_id, o.day AS opened_on, r.day AS reached_on,
       (o.day + time '09:05' + c.a * interval '3 hours') AT TIME ZONE 'Europe/London' AS opened_at,
       (r.day + time '13:00' + c.b * interval '3 hours') AT TIME ZONE 'Europe/London' AS reached_at,
       c.officer_id, c.worker_id, c.manager_id,
       CASE WHEN c.is_open AND c.assigned THEN CASE WHEN c.holder IN ('area', 'locality') THEN c.worker_id
            WHEN c.holder = 'ssu' THEN c.officer_id END END AS assignee_id,
       CASE WHEN c.limited THEN 1 ELSE 0 END AS sensitivity
  FROM demo_drawn c JOIN accounts_team t ON t.id = c.team_id
  JOIN demo_day o ON o.ago = c.opened_ago JOIN demo_day r ON r.ago = c.reached_ago
"""

RUNS = """
CREATE TEMP TABLE demo_started ON COMMIT DROP AS
SELECT md5(%(seed)s || 'run' || c.n || k.clock)::uuid AS id, c.n, c.id AS case_id, c.officer_id,
       'referrals.referral:' || c.referral_id AS subject, k.clock, k.state, k.shown,
       CASE WHEN k.from_start THEN c.opened_at ELSE c.reached_at END AS started_at,
       CASE WHEN k.from_start THEN c.opened_on ELSE c.reached_on END AS day,
       CASE k.team WHEN 'policing' THEN %(policing)s WHEN 'ssu' THEN %(ssu)s ELSE c.team_id END AS team_id
  FROM demo_case c JOIN demo_clock k ON k.stage = c.stage;

INSERT INTO casework_clockrun (id, case_id, subject, clock, state, started_at, due_at, warn_at, promised, rule_version,
                               calendar_version, team_id, chase_address)
SELECT s.id, s.case_id, s.subject, s.clock, s.state, s.started_at, r.due_at, r.warn_at, r.promised, r.rule,
       %(calendar)s, s.team_id, CASE WHEN s.team_id = %(policing)s THEN 'desk@ctp.example' ELSE '' END
  FROM demo_started s JOIN demo_run r USING (clock, day);

INSERT INTO casework_clockentry (run_id, kind, at, by_id, reason)
SELECT id, 'STARTED', started_at, officer_id, '' FROM demo_started
 UNION ALL
SELECT s.id, 'PAUSED', c.reached_at, s.officer_id, 'Ask CT policing a question'
  FROM demo_started s JOIN demo_case c USING (n) WHERE s.state = 'PAUSED';

INSERT INTO casework_dueaction (run_id, case_id, clock, kind, rung, post, fire_at, team_id, fired_at, is_live)
SELECT s.id, s.case_id, s.clock, a.kind, a.rung, a.post, a.fire_at, s.team_id,
       CASE WHEN a.fire_at <= %(at)s AND s.state = 'RUNNING' THEN a.fire_at END, s.state = 'RUNNING'
  FROM demo_started s JOIN demo_action a USING (clock, day)
"""

SPINE = """
INSERT INTO casework_case (id, reference, procedure_key, version, opened_at, closed_at, stage, queue, sensitivity,
                           owner_team_id, holder_team_id, locality_id, assignee_id, next_due_at, next_due_clock,
                           restricted_at)
SELECT c.id, r.reference, %(procedure)s, c.events, c.opened_at, CASE WHEN NOT c.is_open THEN c.reached_at END, c.name,
       c.queue, c.sensitivity, %(ssu)s, c.team_id, c.locality_id, c.assignee_id,
       coalesce(d.due_at, '9999-12-31T00:00:00Z'), coalesce(d.clock, ''),
       CASE WHEN c.restricted THEN c.reached_at END
  FROM demo_case c
  JOIN demo_reference r USING (n)
  LEFT JOIN (SELECT DISTINCT ON (n) n, due_at, clock FROM demo_started JOIN demo_run USING (clock, day)
              WHERE shown AND state = 'RUNNING' ORDER BY n, due_at, clock) d USING (n);

INSERT INTO casework_casegroupobjectpermission (content_object_id, group_id, permission_id)
SELECT c.id, c.group_id, p.id FROM demo_case c, auth_permission p
 WHERE c.restricted AND p.codename = 'enter_restricted_area'
"""

REFERRALS = """
INSERT INTO referrals_referral (id, case_id, state, received_at, policing_team_id, policing_reference, sender_name,
    reply_address, source, form_version, age_group, person_id, person_as_received_id, known, named_worker_name, outcome,
    answer_author_id, note_added_by_id, note_added_at, document_placed_by_id, document_placed_at,
    given_name, family_name, other_names, born_on, address, postcode, nhs_number, phone, mosaic_id)
SELECT c.referral_id, c.id, c.name, c.opened_at, %(policing)s, 'CTP/' || to_char(c.opened_at, 'YY') || '/' || c.n,
       'Prevent desk', 'desk@ctp.example',
       (ARRAY['POLICE', 'EDUCATION', 'HEALTH', 'COUNCIL', 'PRISON', 'COMMUNITY', 'FAMILY', 'UNKNOWN'])
           [1 + floor(power(pg_temp.u(c.n, 13), 2) * 8)::int],
       %(form)s, CASE WHEN c.name = 'WITH_CHILDREN' OR p.born_on IS NULL THEN 'UNKNOWN' ELSE 'ADULT' END,
       p.id, p.id, c.known, '',
       CASE WHEN c.name = 'OUTCOME_KNOWN' OR c.name = 'CLOSED' AND c.restricted THEN 'no_further_action' ELSE '' END,
       CASE WHEN c.restricted AND c.name NOT IN ('AREA_RECORDED', 'PREPARING') THEN c.worker_id END,
       CASE WHEN c.restricted THEN c.worker_id END, CASE WHEN c.restricted THEN c.reached_at END,
       CASE WHEN c.restricted THEN c.worker_id END, CASE WHEN c.restricted THEN c.reached_at END,
       p.given_name, p.family_name, p.other_names, CASE WHEN c.name <> 'WITH_CHILDREN' THEN p.born_on END, p.address,
       p.postcode, p.nhs_number, p.phone, ''
  FROM demo_case c JOIN referrals_person p ON p.id = c.person_id
"""

EVENTS = """
INSERT INTO casework_event (case_id, subject, kind, old, new, by_id, at, facts)
SELECT c.id,
       CASE WHEN h.kind LIKE 'case.%%' THEN 'casework.case:' || c.id ELSE 'referrals.referral:' || c.referral_id END,
       h.kind, h.old, h.new,
       CASE h.by WHEN 'worker' THEN c.worker_id WHEN 'manager' THEN c.manager_id WHEN 'liaison' THEN %(liaison)s
                 ELSE c.officer_id END,
       c.opened_at + (c.reached_at - c.opened_at) * (h.place::float8 / greatest(c.events - 1, 1)),
       CASE WHEN h.facts ? 'team' THEN h.facts || jsonb_build_object('team', c.team_name) ELSE h.facts END
  FROM demo_case c JOIN demo_happened h ON h.stage = c.stage
"""

LONG_AND_SHORT = """
SELECT n FROM demo_case WHERE name = 'PREPARING' AND team_id = %(team)s ORDER BY n LIMIT 2
"""

MORE_EVENTS = """
INSERT INTO casework_event (case_id, subject, kind, old, new, by_id, at, facts)
SELECT c.id, 'casework.case:' || c.id, (ARRAY['case.assigned', 'note.written', 'case.unassigned'])[1 + place %% 3],
       '', '', c.worker_id, c.reached_at + (%(at)s - c.reached_at) * (place::float8 / (%(more)s + 1)),
       CASE place %% 3 WHEN 0 THEN '{"to": "Lowri Denmere"}'::jsonb ELSE '{}'::jsonb END
  FROM demo_case c, generate_series(1, %(more)s) place WHERE c.n = %(n)s;
UPDATE casework_case SET version = version + %(more)s WHERE id = (SELECT id FROM demo_case WHERE n = %(n)s)
RETURNING reference
"""
