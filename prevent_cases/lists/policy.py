"""Who may ask for the pages of the lists. What they may then do is said once, in accounts/granting.py."""

from prevent_cases.accounts.granting import grants_of
from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.casework.rules import Rule, seat

lists_admin = seat(TeamKind.LISTS)
keeps_a_list = Rule(
    "somebody whose seat lets them give seats (accounts/granting.py)", lambda actor, _: bool(grants_of(actor))
)
may_ask = lists_admin | seat(TeamKind.SSU, roles=(SeatRole.MANAGER,))
