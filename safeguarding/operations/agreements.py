"""Keep the register of agreements: what was agreed, which posts sign it, and when it is looked at again (C1.30)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Organisation, Team
from prevent_cases.casework import outbox
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import keep
from prevent_cases.casework.models import Post
from prevent_cases.casework.policy import may_edit_directory
from prevent_cases.casework.wording import day
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from safeguarding.clocks import AGREEMENT_REMINDER
from safeguarding.models import Agreement, AgreementParty, AgreementReview
from safeguarding.states import AgreementKind

ANOTHER = "Somebody else has changed this agreement since you opened it. Look at it again."
REVIEW_DUE, REVIEW_LATE = "agreement.review_due", "agreement.review_late"


@dataclass(frozen=True, kw_only=True)
class Written:
    """What is said of an agreement. ``keeper`` is the key of the post that is reminded."""

    kind: str
    title: str
    covers: str
    edition: str = ""
    kept_at: str = ""
    keeper: str
    starts_on: date
    review_on: date


@transaction.atomic
def add_agreement(*, written: Written, by: Actor, at: datetime) -> Agreement:
    """Enter an agreement, old or new.

    :raises NotAllowed: unless a keeper of reference data enters it
    :raises Refused: for a review before its first day, or another of the same title and edition
    """
    _allow(by)
    return _keep(Agreement(), written, by, at)


@transaction.atomic
def change_agreement(*, agreement: Agreement, written: Written, by: Actor, at: datetime, version: int) -> Agreement:
    """Put right what is said of an agreement. What it said is in its history.

    :raises StaleRecord: if another changed it since :raises Refused: as for :func:`add_agreement`, or once it ended
    """
    return _keep(_locked(agreement.pk, version, by), written, by, at)


@transaction.atomic
def end_agreement(*, agreement: Agreement, ends_on: date, by: Actor, at: datetime, version: int) -> Agreement:
    """Give an agreement its last day; nobody is reminded of it any more.

    :raises StaleRecord: if another changed it since :raises Refused: for a day before its first
    """
    row = _locked(agreement.pk, version, by)
    if ends_on < row.starts_on:
        raise Refused(f"The last day must be {day(row.starts_on)} or later, when it begins.", field="ends_on")
    row.ends_on = ends_on
    return _grown(row, by, at)


@transaction.atomic
def review_agreement(
    *, agreement: Agreement, reviewed_on: date, found: str, next_on: date, by: Actor, at: datetime, version: int
) -> AgreementReview:
    """Write down that an agreement was looked at, what was found, and when it is due again.

    :raises StaleRecord: if another changed it since :raises Refused: for a day to come, or a next review before it
    """
    row = _locked(agreement.pk, version, by)
    if reviewed_on > civil_date(at):
        raise Refused("The day of the review must be today or in the past.", field="reviewed_on")
    if reviewed_on < row.starts_on:
        raise Refused(f"The agreement begins on {day(row.starts_on)}.", field="reviewed_on")
    if next_on <= max(reviewed_on, civil_date(at)):
        raise Refused("The next review must be in the future, after this one.", field="next_on")
    review = AgreementReview(
        agreement=row, was_due_on=row.review_on, reviewed_on=reviewed_on, next_on=next_on, found=found.strip(),
        by=by.user, at=at,
    )  # fmt: skip
    review.save(force_insert=True)
    row.review_on = next_on
    _grown(row, by, at)
    return review


@transaction.atomic
def add_party(
    *, agreement: Agreement, body: str, post: str, organisation: Organisation | None = None,
    signed_on: date | None = None, by: Actor, at: datetime, version: int,
) -> AgreementParty:  # fmt: skip
    """Name a body that is party to it, and the post that signs for it (C1.30).

    :raises StaleRecord: if another changed it since :raises Refused: for one that is named already, or a day to come
    """
    row = _locked(agreement.pk, version, by)
    party = AgreementParty(agreement=row, organisation=organisation, body=body.strip(), post=post.strip())
    party.signed_on = _signed(signed_on, at)
    standing = row.parties.filter(body__iexact=party.body, post__iexact=party.post, left_on=None)
    if standing.exists():
        raise Refused("This post signs for this body already.", field="post")
    keep(party, by=by, at=at)
    _grown(row, by, at)
    return party


@transaction.atomic
def sign(*, party: AgreementParty, signed_on: date, by: Actor, at: datetime) -> AgreementParty:
    """Write down the day on which a post signed. :raises Refused: for a day to come, or once it signed or left"""
    row = _locked(party.agreement_id, None, by)
    fresh = AgreementParty.objects.get(pk=party.pk)
    if fresh.signed_on is not None or fresh.left_on is not None:
        raise Refused("This post has signed already, or has left the agreement.", field="signed_on")
    fresh.signed_on = _signed(signed_on, at)
    keep(fresh, by=by, at=at)
    _grown(row, by, at)
    return fresh


@transaction.atomic
def leave(*, party: AgreementParty, left_on: date, by: Actor, at: datetime) -> AgreementParty:
    """Write down the day on which a body left, or another post began to sign for it.

    :raises Refused: for a day to come or before it signed, or once it left
    """
    row = _locked(party.agreement_id, None, by)
    fresh = AgreementParty.objects.get(pk=party.pk)
    if fresh.left_on is not None:
        raise Refused("This party has left already.", field="left_on")
    if left_on > civil_date(at):
        raise Refused("The day must be today or in the past.", field="left_on")
    if fresh.signed_on is not None and left_on < fresh.signed_on:
        raise Refused(f"It signed on {day(fresh.signed_on)}, so it cannot have left before.", field="left_on")
    fresh.left_on = left_on
    keep(fresh, by=by, at=at)
    _grown(row, by, at)
    return fresh


def remind_of_agreements(*, at: datetime) -> int:
    """Tell the post that keeps an agreement once, 28 days before it must be reviewed, and once a week when that day is
    past; the coordinating units where nobody holds that post. How many were told."""
    today = civil_date(at)
    due = Agreement.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), review_on__lte=today + AGREEMENT_REMINDER)
    return sum(_remind(agreement, today, at) for agreement in due.order_by("review_on", "pk"))


def _remind(agreement: Agreement, today: date, at: datetime) -> int:
    year, week, _ = today.isocalendar()
    kind, when = (REVIEW_LATE, f":{year}-{week}") if agreement.review_on < today else (REVIEW_DUE, "")
    key = f"{kind}:{agreement.pk}:{agreement.review_on}{when}"
    return sum(
        outbox.write_once(key=f"{key}:{number}", kind=kind, to=whom, at=at)
        for number, whom in enumerate(_keepers(agreement))
    )


def _keepers(agreement: Agreement) -> list[outbox.Recipient]:
    post = Post.objects.filter(pk=agreement.keeper)
    if post.filter(Q(holder__is_active=True) | Q(deputy__is_active=True) | ~Q(email="")).exists():
        return [outbox.ToPost(agreement.keeper)]
    return list(Team.objects.filter(kind=TeamKind.SSU, closed_on=None).order_by("name"))


def _allow(by: Actor) -> None:
    if not may_edit_directory.allows(by, None):
        raise NotAllowed(f"This may only be done by {may_edit_directory.says}.")


def _locked(agreement_id: UUID, version: int | None, by: Actor) -> Agreement:
    _allow(by)
    row = Agreement.objects.select_for_update().get(pk=agreement_id)
    if version is not None and row.version != version:
        raise StaleRecord(ANOTHER)
    if row.ends_on is not None:
        raise Refused(f"This agreement ended on {day(row.ends_on)}.")
    return row


def _keep(row: Agreement, written: Written, by: Actor, at: datetime) -> Agreement:
    if written.kind not in AgreementKind.values:
        raise Refused("Choose what kind of agreement it is.", field="kind")
    if written.review_on <= written.starts_on:
        raise Refused("The review must be after the first day.", field="review_on")
    row.kind, row.title, row.edition = written.kind, written.title.strip(), written.edition.strip()
    row.covers, row.kept_at, row.keeper = written.covers.strip(), written.kept_at.strip(), written.keeper
    row.starts_on, row.review_on = written.starts_on, written.review_on
    try:
        with transaction.atomic():
            return _grown(row, by, at)
    except IntegrityError as taken:
        raise Refused("An agreement of this title and edition is in the register already.", field="title") from taken


def _grown(row: Agreement, by: Actor, at: datetime) -> Agreement:
    if not row._state.adding:  # noqa: SLF001 Django's own name
        row.version += 1
    return keep(row, by=by, at=at)


def _signed(signed_on: date | None, at: datetime) -> date | None:
    if signed_on is not None and signed_on > civil_date(at):
        raise Refused("The day it was signed must be today or in the past.", field="signed_on")
    return signed_on
