"""Who may do what to protect somebody. Rules judge the person and the record they are handed; they never query."""

from prevent_cases.casework.policy import has_the_duty
from prevent_cases.casework.rules import Rule
from safeguarding.states import ProtectionKind

__all__ = ["has_the_duty", "owes_the_feedback", "under_section_17", "under_section_42", "under_section_47"]

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
