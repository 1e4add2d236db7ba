"""What a large county looks like: how its cases are spread, which clocks run at each stage, what happened before. Data.

The clocks of each stage are those that the product's own operations leave running there; a test holds them equal.
"""

from __future__ import annotations

from dataclasses import dataclass

from referrals import clocks as c

SHARE_OPEN = 0.20
SHARE_OVERDUE = 0.06
SHARE_LIMITED = 0.02
SHARE_ASSIGNED = 0.6
SHARE_REPEAT = 0.12
LOCALITY_WEIGHTS = (26, 15, 11, 9, 8, 7, 6, 5, 5, 3, 3, 2)
"""How cases fall on the localities, in the order of places.AREA_OF: a few busy, most quiet."""
YEARS_BACK = 5


@dataclass(frozen=True)
class Happened:
    """An event on the way to a stage: its kind, the states it moved between, who did it and which facts it kept.

    ``by`` is officer, worker, manager or liaison; ``facts`` may hold "{team}", the team that has the case.
    """

    kind: str
    old: str = ""
    new: str = ""
    by: str = "officer"
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Stage:
    """A stage, its share among its kind (open or closed), the team that holds it and the clocks that run there.

    ``clock`` is the one by which it is due; it began with the case where ``from_start``. ``lag`` is how many working
    days after the start the stage was reached. ``holder`` is ssu, area, locality or children.
    """

    name: str
    queue: str
    share: int
    holder: str
    clock: str
    running: tuple[str, ...]
    paused: tuple[str, ...] = ()
    lag: int = 0
    from_start: bool = False
    known: str = ""
    restricted: bool = False
    before: tuple[Happened, ...] = ()


RECEIVED = Happened("referral.received", "", "RECEIVED")
ASSIGNED = Happened("case.assigned", facts=(("to", "Olive Tarnwick"),))
CHECKED = Happened("referral.open_checks", "RECEIVED", "CHECKING", facts=(("decided", "yes"),))
TO_TEAM = (("team", "{team}"), ("systems", "Mosaic"))
TO_AREA = Happened("referral.send_to_area", "CHECKING", "WITH_AREA", facts=TO_TEAM)
TO_LOCALITY = Happened("referral.send_to_locality", "CHECKING", "WITH_LOCALITY", facts=TO_TEAM)
NOTED, PLACED = Happened("record.note_added", by="worker"), Happened("record.document_placed", by="worker")
IN_AREA = Happened("referral.record_in_area", "WITH_AREA", "AREA_RECORDED", "worker")
IN_LOCALITY = Happened("referral.record_in_locality", "WITH_LOCALITY", "PREPARING", "worker")
SUBMITTED = Happened("referral.submit_answer", "PREPARING", "SIGN_OFF", "worker")
SIGNED = Happened("referral.sign_off_answer", "SIGN_OFF", "RESPONDED", "manager")
HEARD = Happened("referral.record_outcome", "RESPONDED", "OUTCOME_KNOWN", facts=(("outcome", "No further action"),))
NIL = Happened("referral.send_nil_return", "CHECKING", "NIL_RETURNED", facts=(("systems", "Mosaic"),))
SHARED = Happened("disclosure.made", by="manager", facts=(("what", "Answer to policing"),))
NIL_SHARED = Happened("disclosure.made", facts=(("what", "Nil return"),))
ACKNOWLEDGED = Happened("disclosure.acknowledged", by="liaison")
CLOSED, CLOSED_NIL = (
    Happened("referral.close", old, "CLOSED", facts=(("other_needs", "None found"),))
    for old in ("OUTCOME_KNOWN", "NIL_RETURNED")
)
PREPARED = (RECEIVED, ASSIGNED, CHECKED, TO_LOCALITY, NOTED, PLACED, IN_LOCALITY)
T, R, Q = c.TRIAGE.key, c.REPLY.key, c.QUERY.key

STAGES = (
    Stage("RECEIVED", "TRIAGE", 15, "ssu", T, (T, R), from_start=True, before=(RECEIVED, ASSIGNED)),
    Stage(
        "QUERIED", "WAITING", 4, "ssu", Q, (Q,), (T, R), lag=1,
        before=(RECEIVED, ASSIGNED, Happened("referral.query_back", "RECEIVED", "QUERIED",
                                             facts=(("reason", "Something needed is missing from the referral"),))),
    ),
    Stage("CHECKING", "TRIAGE", 10, "ssu", T, (T, R), lag=1, from_start=True, before=(RECEIVED, ASSIGNED, CHECKED)),
    Stage(
        "WITH_AREA", "WAITING", 8, "area", c.RECORD.key, (c.RECORD.key, R), lag=2, known="KNOWN",
        before=(RECEIVED, ASSIGNED, CHECKED, TO_AREA),
    ),
    Stage(
        "AREA_RECORDED", "WAITING", 4, "area", c.FORWARD.key, (c.FORWARD.key, R), lag=3, known="KNOWN",
        restricted=True, before=(RECEIVED, ASSIGNED, CHECKED, TO_AREA, NOTED, PLACED, IN_AREA),
    ),
    Stage(
        "WITH_LOCALITY", "WAITING", 10, "locality", c.RECORD.key, (c.RECORD.key, R), lag=2, known="OPEN",
        before=(RECEIVED, ASSIGNED, CHECKED, TO_LOCALITY),
    ),
    Stage(
        "PREPARING", "WAITING", 20, "locality", R, (R,), lag=4, from_start=True, known="OPEN", restricted=True,
        before=PREPARED,
    ),
    Stage(
        "SIGN_OFF", "WAITING", 6, "locality", c.SIGN_OFF.key, (c.SIGN_OFF.key, R), lag=7, known="OPEN",
        restricted=True, before=(*PREPARED, SUBMITTED),
    ),
    Stage(
        "RESPONDED", "WAITING", 14, "locality", c.OUTCOME.key, (c.OUTCOME.key,), lag=9, known="OPEN", restricted=True,
        before=(*PREPARED, SUBMITTED, SIGNED, SHARED, ACKNOWLEDGED),
    ),
    Stage(
        "OUTCOME_KNOWN", "FINISHING", 5, "locality", c.FINISH.key, (c.FINISH.key,), lag=25, known="OPEN",
        restricted=True, before=(*PREPARED, SUBMITTED, SIGNED, SHARED, ACKNOWLEDGED, HEARD),
    ),
    Stage(
        "WITH_CHILDREN", "WAITING", 4, "children", c.DECIDE.key, (c.ACKNOWLEDGE.key, c.DECIDE.key), lag=1,
        before=(RECEIVED, ASSIGNED, Happened("referral.send_to_children", "RECEIVED", "WITH_CHILDREN",
                                             facts=(("team", "{team}"),))),
    ),
)  # fmt: skip
ENDED = (
    Stage(
        "CLOSED", "CLOSED", 70, "ssu", c.RETENTION.key, (c.RETENTION.key,), lag=2, known="NEVER",
        before=(RECEIVED, CHECKED, NIL, NIL_SHARED, CLOSED_NIL),
    ),
    Stage(
        "CLOSED", "CLOSED", 30, "locality", c.RETENTION.key, (c.RETENTION.key,), lag=30, known="OPEN", restricted=True,
        before=(RECEIVED, CHECKED, TO_LOCALITY, IN_LOCALITY, SUBMITTED, SIGNED, SHARED, HEARD, CLOSED),
    ),
)  # fmt: skip
