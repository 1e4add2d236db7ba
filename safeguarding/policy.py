"""Who may do what to protect somebody. Rules judge the person and the record they are handed; they never query."""

from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.casework.policy import has_the_duty, may_place_hold
from prevent_cases.casework.rules import Rule, seat
from safeguarding.states import ProtectionKind

__all__ = [
    "has_the_duty",
    "may_answer_check",
    "may_ask_check",
    "may_hear_why",
    "owes_the_feedback",
    "sees_the_register",
    "the_policing_team",
    "under_section_17",
    "under_section_42",
    "under_section_47",
]

under_section_47 = has_the_duty & Rule(
    "only under section 47", lambda _, protection: protection.kind == ProtectionKind.SECTION_47
)
under_section_17 = has_the_duty & Rule(
    "only under section 17", lambda _, protection: protection.kind == ProtectionKind.SECTION_17
)
under_section_42 = has_the_duty & Rule(
    "only under section 42", lambda _, protection: protection.kind == ProtectionKind.SECTION_42
)
owes_the_feedback = Rule(
    "a member of the team that owes the feedback or of the team that coordinates the case",
    lambda actor, owed: actor.is_member(owed.team_id) or actor.is_member(owed.case.owner_team_id),
)

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

sees_the_register = seat(TeamKind.SSU, roles=(SeatRole.MANAGER,)) | seat(TeamKind.AUDIT)
