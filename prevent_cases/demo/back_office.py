"""What the keepers of the lists did: a list uploaded, invitations that wait, reviews signed and one still to sign."""

from __future__ import annotations

from datetime import datetime, timedelta

from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import AccessReview, Nomination
from prevent_cases.accounts.operations import apply_list, suspend
from prevent_cases.casework.days import civil_date
from prevent_cases.demo import places
from prevent_cases.demo.county import County
from prevent_cases.lists.operations.inviting import invite
from prevent_cases.lists.operations.reviewing import KEEP, review_access, seats_to_review, sign_review

KEPT_OPEN = "Ambersand"
INVITED = (
    ("Thea Marlowood", "thea.marlowood@exampleshire.example", "Gullmouth", True),
    ("Idris Fallowmere", "idris.fallowmere@exampleshire.example", "Hexcombe", True),
)


def keep_the_lists(county: County, at: datetime) -> None:
    """Write it as it stands at a moment: everything through the product's own acts."""
    by, on = county.actor("lists", at), civil_date(at)
    _upload(county, at)
    for name, email, locality, is_nominated in INVITED:
        invite(
            email=email, name=name, team=county.team_of(locality), role=SeatRole.MEMBER, job_title="Social worker",
            is_nominated=is_nominated, starts_on=on, by=by, at=at - timedelta(minutes=10),
        )  # fmt: skip
    _review(county, at)
    away = county.people["miles"]
    suspend(user=away, why="On long leave, agreed with the manager", by=by, at=at - timedelta(days=9))


def _upload(county: County, at: datetime) -> None:
    """A short list, uploaded last week: one worker of Saltby Sands leaves it in three weeks."""
    team, user = county.team_of("Saltby Sands"), county.people["piers"]
    held = Nomination.objects.get(user=user, team=team)
    last = civil_date(at) + timedelta(days=21)
    rows = f"{user.email},{team.name},{held.starts_on},{last},"
    data = f"email,team,starts_on,ends_on,covers\r\n{rows}\r\n".encode()
    by = county.actor("lists", at)
    apply_list(data=data, file_name="saltby-sands-workers.csv", by=by, at=at - timedelta(days=6))


def _review(county: County, at: datetime) -> None:
    """All reviews of the quarter are signed but that of one locality and of the staff lists."""
    review_access(at=at)
    by, left = county.actor("lists", at), {places.locality_team(KEPT_OPEN)}
    for row in AccessReview.objects.filter(signed_at=None).select_related("team").order_by("due_on", "team__name"):
        seats = seats_to_review(row.team, civil_date(at))
        if row.team.name in left or row.team.kind in ("LISTS", "AUDIT") or not seats:
            continue
        decisions = {str(seat.pk): KEEP for seat in seats}
        row.team.refresh_from_db()
        sign_review(review=row, decisions=decisions, version=row.team.list_version, by=by, at=at - timedelta(days=4))
