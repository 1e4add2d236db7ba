"""Who may do what to protect somebody. Rules judge the person and the record they are handed; they never query."""

from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.casework.policy import has_the_duty, may_place_hold
from prevent_cases.casework.rules import Rule, seat
from referrals.states import ReferralState as S
from safeguarding.states import ProtectionKind

__all__ = [
    "LOCKED",
    "answers_for_themselves",
    "has_the_duty",
    "keeps_the_question",
    "may_answer_check",
    "may_ask_check",
    "may_hear_why",
    "owes_the_feedback",
    "sees_the_register",
    "the_partner",
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
