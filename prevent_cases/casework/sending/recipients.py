"""Who reads a notice, decided when it is sent: people leave, posts change hands, and nothing may go astray."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from prevent_cases.accounts.backends import actor_for, seated
from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import Digest, Membership, Team, User
from prevent_cases.casework.models import Case, Exclusion, Notice, Post
from prevent_cases.casework.querysets import HOLDING

YOU = "you"
MAILBOX = "whoever answers for this mailbox"
HOLDER = "you, as the holder of a post"
DEPUTY = "you, as the deputy of a post"
NEAREST = "you, because nobody nearer to it can be told"


class Place(StrEnum):
    """Where the link leads: somewhere that the reader may open."""

    CASE = "case"
    WORK = "work"
    HOME = "home"
    LINK = "link"
    """A page for somebody without an account, who answers one question there."""
    ASKED = "asked"
    """What somebody with an account outside the council was asked."""


@dataclass(frozen=True)
class Recipient:
    """Addresses (nearly always one), the words for who is meant, and whether it is the person the notice names."""

    emails: tuple[str, ...]
    whom: str
    leads_to: Place
    is_named_person: bool = False


def resolve(notice: Notice, on: date) -> Recipient | None:
    """Whoever is to read this notice on a day; None when nobody can be told.

    Somebody who left, or who is kept from the case by a conflict, is told nothing: their team is told instead.
    """
    if notice.address:
        return _of_address(notice, on)
    if notice.post:
        return _of_post(notice, on)
    if notice.user is not None and _may_be_told(notice.user, notice.case):
        return Recipient((notice.user.email,), YOU, _place_for(notice.user, notice.case, on), is_named_person=True)
    return _of_team(notice.team or _team_instead(notice, on), notice.case, on)


def _of_address(notice: Notice, on: date) -> Recipient | None:
    """A mailbox outside. What leads to a question goes only while that is open and no hold stands; else the team that
    has the case is told, for whom the same words are true."""
    link = notice.link
    if link is None:
        return Recipient((notice.address,), MAILBOX, Place.HOME)
    if notice.case is None or link.used_at or link.ended_at or notice.case.held_until is not None:
        return _of_team(notice.case.holder_team if notice.case else None, notice.case, on)
    return Recipient((notice.address,), MAILBOX, Place.ASKED if link.user_id else Place.LINK)


def has_daily_digest(user: User) -> bool:
    return user.is_active and user.digest == Digest.DAILY


def _may_be_told(user: User, case: Case | None) -> bool:
    if not user.is_active:
        return False
    return case is None or not Exclusion.objects.standing().filter(case=case, user=user).exists()


def _place_for(person: User, case: Case | None, on: date) -> Place:
    """The case for somebody who may know of it; else their own work, where what they were asked for is listed."""
    if case is None:
        return Place.HOME
    actor = actor_for(seated(on).get(pk=person.pk))
    if Case.objects.visible_to(actor, on).filter(pk=case.pk).exists():
        return Place.CASE
    return Place.WORK if actor.sits_in(*HOLDING) else Place.HOME


def _of_post(notice: Notice, on: date) -> Recipient | None:
    post = Post.objects.select_related("holder", "deputy").filter(pk=notice.post).first()
    if post is not None:
        told = [(post.holder, HOLDER), (post.deputy, DEPUTY)]
        for person, words in reversed(told) if post.is_deputised(on) else told:
            if person is not None and _may_be_told(person, notice.case):
                return Recipient((person.email,), words, _place_for(person, notice.case, on))
        if post.email:
            return Recipient((post.email,), MAILBOX, Place.HOME)
    return _of_team(notice.case.owner_team if notice.case else None, notice.case, on)


def _team_instead(notice: Notice, on: date) -> Team | None:
    """The team of somebody who cannot be told: the one of theirs that has to do with the case, or the case's own."""
    seats = Membership.objects.filter(user=notice.user).select_related("team").order_by("-starts_on", "team__name")
    case = notice.case
    if case is None:
        last = seats.first()
        return last.team if last else None
    near = seats.filter(team__in=[case.holder_team_id, case.owner_team_id]).first()
    return near.team if near else case.holder_team


def _place_of(team: Team, case: Case | None) -> Place:
    """The case for a team that holds or coordinates it; their own work for one that no longer does."""
    if case is None or team.kind not in HOLDING:
        return Place.HOME
    return Place.CASE if team.pk in (case.holder_team_id, case.owner_team_id) else Place.WORK


def _of_team(team: Team | None, case: Case | None, on: date) -> Recipient | None:
    """The team's mailbox; without one, its managers; without them, its members."""
    if team is None:
        return None
    place = _place_of(team, case)
    if team.email:
        return Recipient((team.email,), MAILBOX, place)
    current = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    seats = Membership.objects.filter(current, team=team, user__is_active=True).select_related("user")
    if case is not None:
        seats = seats.exclude(user__in=Exclusion.objects.standing().filter(case=case).values("user"))
    for rows in (seats.filter(role=SeatRole.MANAGER), seats):
        emails = tuple(rows.order_by("user__email").values_list("user__email", flat=True).distinct())
        if emails:
            return Recipient(emails, NEAREST, place)
    return None
