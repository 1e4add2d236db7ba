"""Who may do what to protect somebody. Rules judge the person and the record they are handed; they never query."""

from prevent_cases.casework.policy import has_the_duty
from prevent_cases.casework.rules import Rule

__all__ = ["has_the_duty", "owes_the_feedback"]

owes_the_feedback = Rule(
    "a member of the team that owes the feedback or of the team that coordinates the case",
    lambda actor, owed: actor.is_member(owed.team_id) or actor.is_member(owed.case.owner_team_id),
)
