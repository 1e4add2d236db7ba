"""Who may act. A Rule is a named predicate, so that it can be run, joined and printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import SeatRole, TeamKind


@dataclass(frozen=True)
class Rule:
    """A question about a person and a record, with the words that name it.

    ``says`` finishes the sentence "This may be done by …". The test never queries: it judges what it is handed.
    """

    says: str
    test: Callable[[Actor, Any], bool]

    def allows(self, actor: Actor, subject: Any) -> bool:
        return bool(self.test(actor, subject))

    def __and__(self, other: Rule) -> Rule:
        return Rule(f"{self.says} and {other.says}", lambda a, s: self.test(a, s) and other.test(a, s))

    def __or__(self, other: Rule) -> Rule:
        return Rule(f"{self.says} or {other.says}", lambda a, s: self.test(a, s) or other.test(a, s))


def seat(*kinds: TeamKind, roles: tuple[SeatRole, ...] = ()) -> Rule:
    """Someone with a current seat in a team of one of these kinds (and in one of these roles, if given)."""
    where = " or ".join(str(kind.label) for kind in kinds)
    who = " or ".join(str(role.label).lower() for role in roles) if roles else "a member"
    return Rule(f"{who} of the {where}", lambda actor, _: actor.sits_in(*kinds, roles=roles))


anyone_signed_in = Rule("anyone signed in", lambda actor, _: actor.is_signed_in)
the_system = Rule("the service itself", lambda actor, _: actor.is_system)
