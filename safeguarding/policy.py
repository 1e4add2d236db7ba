"""Who may do what to protect somebody. Rules judge the person and the record they are handed; they never query."""

from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.casework.policy import has_the_duty
from prevent_cases.casework.rules import seat

__all__ = ["has_the_duty", "sees_the_register"]

sees_the_register = seat(TeamKind.SSU, roles=(SeatRole.MANAGER,)) | seat(TeamKind.AUDIT)
