"""Who may do what to protect somebody. Rules judge the person and the record they are handed; they never query."""

from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.casework.policy import has_the_duty
from prevent_cases.casework.rules import Rule, seat
from referrals.states import ReferralState as S

__all__ = [
    "LOCKED",
    "answers_for_themselves",
    "has_the_duty",
    "keeps_the_question",
    "sees_the_register",
    "the_partner",
]

sees_the_register = seat(TeamKind.SSU, roles=(SeatRole.MANAGER,)) | seat(TeamKind.AUDIT)

LOCKED: dict[str, str] = {
    S.RECEIVED: "Settle who this is first. Until then a partner could be told of the wrong person.",
    S.QUERIED: "Wait for CT policing’s reply first.",
    S.NIL_RETURNED: "A nil return was sent, so there is nothing to ask for.",
    S.WITH_AREA: "Record the referral first.",
    S.AREA_RECORDED: "Forward it to the locality team first: they ask.",
    S.WITH_LOCALITY: "Record the referral first.",
    S.WITH_CHILDREN: "Acknowledge and decide first.",
    S.CLOSED: "The case is closed. Reopen it first.",
}
"""Stages at which no partner is asked yet, or any more, and what is to be done first (D2.11, N3.10)."""

answers_for_themselves = seat(TeamKind.PRACTITIONER, TeamKind.POLICING, TeamKind.PREVENT_LEAD, TeamKind.PANEL)
"""Whose accounts lie outside the council's case teams: asked a question, they answer it signed in."""
the_partner = Rule(
    "the partner who was asked",
    lambda actor, request: actor.is_system or (actor.user_id is not None and actor.user_id == request.partner_id),
)
keeps_the_question = Rule(
    "whoever asked, or somebody to whom the team that holds the case opens it",
    lambda actor, request: (
        (actor.user_id is not None and actor.user_id == request.asked_by_id)
        or actor.opens_material_of(request.case.holder_team_id)
    ),
)
