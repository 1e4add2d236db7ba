"""Acts on people and places that write no notice and no case; the others are prevent_cases.lists.operations."""

from prevent_cases.accounts.operations.invitations import accept_invitation, withdraw_invitation
from prevent_cases.accounts.operations.nominations import change_nomination, end_nomination, nominate
from prevent_cases.accounts.operations.own import choose_digest
from prevent_cases.accounts.operations.places import keep_area, keep_locality, keep_organisation, keep_team
from prevent_cases.accounts.operations.seats import end_seat, seat
from prevent_cases.accounts.operations.standing import restore, suspend
from prevent_cases.accounts.operations.uploads import apply_list, undo_list
from prevent_cases.accounts.refusals import NotAllowed, Refused, StaleRecord

__all__ = [
    "NotAllowed",
    "Refused",
    "StaleRecord",
    "accept_invitation",
    "apply_list",
    "change_nomination",
    "choose_digest",
    "end_nomination",
    "end_seat",
    "keep_area",
    "keep_locality",
    "keep_organisation",
    "keep_team",
    "nominate",
    "restore",
    "seat",
    "suspend",
    "undo_list",
    "withdraw_invitation",
]
