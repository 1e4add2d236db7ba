"""Who may move a deadline, and who may say that a day is a holiday."""

from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.casework.rules import Rule, seat

may_extend = Rule(
    "a manager of the team whose deadline it is, or of the team that coordinates the case",
    lambda actor, run: (
        actor.is_member(run.team_id, SeatRole.MANAGER) or actor.is_member(run.case.owner_team_id, SeatRole.MANAGER)
    ),
)
may_proclaim = seat(TeamKind.LISTS) | seat(TeamKind.SSU, roles=(SeatRole.MANAGER,))
