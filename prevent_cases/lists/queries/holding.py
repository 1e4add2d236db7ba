"""What a person who leaves still works on, as counts: whoever keeps the lists sees no case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from prevent_cases.accounts.kinds import NOMINATING
from prevent_cases.accounts.models import Membership, Nomination, Team, User
from prevent_cases.casework.models import Case, ClockRun
from referrals.models import Contribution, InformationForm
from referrals.states import ContributionState, FormState


@dataclass(frozen=True)
class Held:
    """How much open work of one team a person has."""

    cases: int
    forms: int
    questions: int
    deadlines: int

    @property
    def is_nothing(self) -> bool:
        return not (self.cases or self.forms or self.questions or self.deadlines)

    @property
    def in_words(self) -> list[str]:
        counted = (
            (self.cases, "open case given to them", "open cases given to them"),
            (self.forms, "information gathering form to answer", "information gathering forms to answer"),
            (self.questions, "question from a colleague", "questions from colleagues"),
            (self.deadlines, "deadline that is theirs alone", "deadlines that are theirs alone"),
        )
        return [f"{count:,} {one if count == 1 else many}" for count, one, many in counted if count]


@dataclass(frozen=True)
class Work:
    """The rows themselves, for the act that hands them over. Never shown."""

    cases: QuerySet[Case]
    forms: QuerySet[InformationForm]
    questions: QuerySet[Contribution]
    runs: QuerySet[ClockRun]

    def case_ids(self) -> list[UUID]:
        """The cases that any of it belongs to, in the order in which they are locked."""
        found = set(self.cases.values_list("pk", flat=True))
        for rows in (self.forms, self.questions, self.runs):
            found |= set(rows.values_list("case_id", flat=True))
        return sorted(found)


def work_of(user: User, team: Team) -> Work:
    """A person's open work in a team: of cases that it holds or coordinates."""
    theirs = Q(holder_team=team) | Q(owner_team=team)
    of_case = Q(case__holder_team=team) | Q(case__owner_team=team)
    return Work(
        Case.objects.open().filter(theirs, assignee=user),
        InformationForm.objects.filter(of_case, worker=user, state=FormState.OPEN),
        Contribution.objects.filter(of_case, colleague=user, state=ContributionState.ASKED),
        ClockRun.objects.unfinished().filter(of_case, person=user),
    )


def held(user: User, team: Team) -> Held:
    """The same, counted: four statements."""
    work = work_of(user, team)
    return Held(work.cases.count(), work.forms.count(), work.questions.count(), work.runs.count())


def successors(team: Team, leaver: User, after: date) -> QuerySet[User]:
    """Who could take a person's work over: seated in the team beyond a day, and nominated where the team nominates."""
    seats = Membership.objects.filter(team=team, starts_on__lte=after).exclude(ends_on__lte=after)
    people = User.objects.filter(is_active=True, pk__in=seats.values("user")).exclude(pk=leaver.pk)
    if team.kind in NOMINATING:
        lists = Nomination.objects.filter(team=team, starts_on__lte=after).exclude(ends_on__lte=after)
        people = people.filter(pk__in=lists.values("user"))
    return people.order_by("name")


def stays_on(user: User, team: Team, after: date, *, beside: Membership | Nomination) -> bool:
    """Whether somebody can still do their work in a team after a day, without this seat or nomination."""
    seats = Membership.objects.filter(user=user, team=team).exclude(ends_on__lte=after)
    nominations = Nomination.objects.filter(user=user, team=team).exclude(ends_on__lte=after)
    if isinstance(beside, Membership):
        seats = seats.exclude(pk=beside.pk)
    else:
        nominations = nominations.exclude(pk=beside.pk)
    return seats.exists() and (team.kind not in NOMINATING or nominations.exists())


def in_teams(user: User, teams: Iterable[Team]) -> list[tuple[Team, Held]]:
    """A person's open work, team by team, where there is any."""
    return [(team, found) for team in teams if not (found := held(user, team)).is_nothing]
