"""Who may do what to protect somebody. Rules judge the person and the record they are handed; they never query."""

from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.casework.policy import has_the_duty, may_place_hold
from prevent_cases.casework.rules import Rule

__all__ = ["has_the_duty", "may_answer_check", "may_ask_check", "may_hear_why", "the_policing_team"]

# Police checks

may_ask_check = may_place_hold
the_policing_team = Rule(
    "a member of the policing team that was asked",
    lambda actor, check: any(s.kind == TeamKind.POLICING and s.team_id == check.policing_team_id for s in actor.seats),
)
may_answer_check = the_policing_team | Rule(
    "an officer of the Strategic Safeguarding Unit that coordinates the case, on their behalf",
    lambda actor, check: any(s.kind == TeamKind.SSU and s.team_id == check.case.owner_team_id for s in actor.seats),
)
may_hear_why = the_policing_team | Rule(
    "the lead of the Strategic Safeguarding Unit that coordinates the case",
    lambda actor, check: any(
        s.kind == TeamKind.SSU and s.team_id == check.case.owner_team_id and s.role == SeatRole.MANAGER
        for s in actor.seats
    ),
)
