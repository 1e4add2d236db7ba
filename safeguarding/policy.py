"""Who may do what to protect somebody. Rules judge the person and the record they are handed; they never query."""

from prevent_cases.casework.policy import has_the_duty

__all__ = ["has_the_duty"]
