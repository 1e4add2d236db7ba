"""Who may do what to any case: move a deadline, let somebody in, keep somebody out, say that a day is a holiday."""

from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.casework.rules import Rule, seat

may_extend = Rule(
    "a manager of the team whose deadline it is, or of the team that coordinates the case",
    lambda actor, run: (
        actor.is_member(run.team_id, SeatRole.MANAGER) or actor.is_member(run.case.owner_team_id, SeatRole.MANAGER)
    ),
)
may_proclaim = seat(TeamKind.LISTS) | seat(TeamKind.SSU, roles=(SeatRole.MANAGER,))
may_see_reference = seat(TeamKind.LISTS) | seat(TeamKind.SSU)
may_edit_directory = seat(TeamKind.LISTS) | seat(TeamKind.SSU, roles=(SeatRole.MANAGER,))
refers_in_their_work = seat(TeamKind.PRACTITIONER)
may_prepare_edition = may_edit_directory
may_publish_edition = seat(TeamKind.LISTS, TeamKind.SSU, roles=(SeatRole.MANAGER,))
has_the_duty = seat(TeamKind.SSU, TeamKind.AREA, TeamKind.LOCALITY, TeamKind.CHILDREN)
"""Those who must be able to protect somebody, whatever else is so. Asked of whoever sees the case."""
may_place_hold = Rule(
    "a member of the team that holds or coordinates the case",
    lambda actor, hold: actor.is_member(hold.case.holder_team_id) or actor.is_member(hold.case.owner_team_id),
)
may_end_hold = Rule(
    "the lead of the Strategic Safeguarding Unit or a manager of the children's duty team that holds the case",
    lambda actor, hold: any(
        (s.kind == TeamKind.SSU and s.team_id == hold.case.owner_team_id and s.role == SeatRole.MANAGER)
        or (s.kind == TeamKind.CHILDREN and s.team_id == hold.case.holder_team_id and s.role == SeatRole.MANAGER)
        for s in actor.seats
    ),
)
may_answer_hold = seat(TeamKind.POLICING) | Rule(
    "an officer of the Strategic Safeguarding Unit on their behalf",
    lambda actor, hold: actor.is_member(hold.case.owner_team_id),
)
may_let_in = Rule(
    "a nominated worker or manager of the team that holds the case",
    lambda actor, case: (
        actor.is_nominated(case.holder_team_id) or actor.is_member(case.holder_team_id, SeatRole.MANAGER)
    ),
)
may_manage_conflicts = Rule(
    "a manager of the team that holds or coordinates the case",
    lambda actor, case: (
        actor.is_member(case.holder_team_id, SeatRole.MANAGER) or actor.is_member(case.owner_team_id, SeatRole.MANAGER)
    ),
)
