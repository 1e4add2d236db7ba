"""A referral as it is written: begun, saved as it is typed, sent once. Nobody but its writer sees it (row security)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from prevent_cases.accounts.actors import Actor, the_service
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Organisation, Team
from prevent_cases.casework import access
from prevent_cases.casework.days import Calendar, Length, civil_date
from prevent_cases.casework.drafts import bytes_of
from prevent_cases.casework.files.sniff import inspect
from prevent_cases.casework.kinds import DocumentKind
from prevent_cases.casework.procedure import in_force
from prevent_cases.casework.store import ReceivedFile
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from referrals import clocks
from referrals.models import Concern, ConcernStep, PractitionerReferral
from referrals.national_form.editions import edition
from referrals.national_form.said import caller, missing, narrative, person
from referrals.operations.intake import ReceivedReferral, receive_practitioner_referral
from referrals.policy import referrers
from referrals.queries.advice import advice_in_words, steps_in_words
from referrals.queries.own_words import ADVICE, STEPS
from referrals.states import ConcernStage, ConcernStepKind

WRITTEN_BY_LEAD = (ConcernStage.WITH_LEAD, ConcernStage.WATCHING)
EVERY_DAY = Calendar("none", "none", {})


class ChangedElsewhere(StaleRecord):
    """The same page was saved from another device meanwhile. ``saved`` is what stands there, by name; what was typed
    here is kept beside it. ``version`` is the version to save over it with."""

    def __init__(self, saved: dict[str, Any], version: int) -> None:
        super().__init__("This page was also changed on another device. Nothing is lost: both texts are below.")
        self.saved, self.version = saved, version


def begin(
    *, form_version: str, procedure_key: str, team: Team | None, organisation: Organisation | None, on_behalf: bool,
    answers: dict[str, Any] | None = None, urgency: str = "", words: str = "", is_untrained: bool = False, by: Actor,
    at: datetime,
) -> Concern:  # fmt: skip
    """Begin a draft, and log what was answered to the question of danger (E4.10).

    :param answers: what is known before anything is typed
    :param urgency: ConcernStepKind.POLICE_CALLED or NOT_URGENT, with ``words`` on the call
    :param is_untrained: whether they said that it cannot wait for the training the council asks for

    :raises NotAllowed: if this person may not refer
    """
    if not referrers.allows(by, None):
        raise NotAllowed(f"This may only be done by {referrers.says}.")
    with access.oneself(by):
        concern = Concern.objects.create(
            writer=by.user, organisation=organisation, team=team, form_version=form_version,
            procedure_key=procedure_key, on_behalf=on_behalf, answers=answers or {}, begun_at=at, saved_at=at,
            forget_on=_kept_until(clocks.CONCERN_KEPT, at),
        )  # fmt: skip
        if urgency:
            ConcernStep.objects.create(concern=concern, kind=urgency, words=words, by=by.user, at=at)
        if is_untrained:
            ConcernStep.objects.create(concern=concern, kind=ConcernStepKind.WITHOUT_TRAINING, by=by.user, at=at)
    return concern


def save(
    *, concern_id: UUID, answers: dict[str, Any], version: int, page: str = "", sitting: str = "",
    done: bool | None = None, by: Actor, at: datetime,
) -> Concern:  # fmt: skip
    """Keep what was typed on one page.

    :param version: the draft's version when the page was opened
    :param sitting: names one opening of one page, so that it is never in its own way
    :param done: True once the writer goes on, False where something is wrong; None where it is sound and not finished

    :raises ChangedElsewhere: if another device saved this page since, and differently; what was typed is kept beside
    :raises NotAllowed: if it is not this person's to write, or was sent
    """
    with access.oneself(by):
        concern = to_write(concern_id, by)
        journey = concern.answers.setdefault("journey", {})
        saved_at_version, saved_by = journey.setdefault("saved", {}).get(page, [0, ""])
        saved = {name: concern.answers.get(name, "") for name in answers}
        is_behind = saved_at_version > version and saved_by != sitting and saved != answers
        if is_behind:
            journey.setdefault("aside", {})[page] = {"typed": answers, "at": at.isoformat(), "sitting": sitting}
        else:
            concern.answers.update(answers)
            journey["saved"][page] = [concern.version + 1, sitting]
            journey.get("aside", {}).pop(page, None)
            _mark(journey, page, done)
            touch(concern, at=at)
        concern.save()
    if is_behind:
        raise ChangedElsewhere(saved, concern.version)
    return concern


def send(*, concern_id: UUID, key: UUID, version: int, by: Actor, at: datetime) -> PractitionerReferral:
    """Send it: once, however often this is asked. What was sent leaves the draft, and the case has it.

    :raises StaleRecord: if it was changed since ``version``
    :raises NotAllowed: if it is not this person's to send
    :raises Refused: if something it cannot go without is missing
    """
    with access.oneself(by):
        concern = Concern.objects.select_for_update().filter(pk=concern_id).first()
        if concern is not None and concern.referral_id:
            return PractitionerReferral.objects.select_related("case").get(pk=concern.referral_id)
        concern = to_write(concern_id, by)
        if concern.version != version:
            raise StaleRecord("It was changed on another device after you opened this page. Check it again.")
        form = edition(concern.form_version)
        if wanted := missing(form, concern.answers):
            raise Refused(f"{wanted[0].words}.")
        prompts = in_force(concern.procedure_key, civil_date(at)).prompts
        ConcernStep.objects.create(concern=concern, kind=ConcernStepKind.SENT, by=by.user, at=at)
        words = narrative(form, concern.answers, prompts)
        words |= {ADVICE: advice_in_words(concern), STEPS: steps_in_words(concern)}
        received = ReceivedReferral(
            received_at=at, reply_address="", narrative=words, **person(form, concern.answers),
        )  # fmt: skip
        referral = receive_practitioner_referral(
            key=key, received=received, files=_files_of(concern), ssu=_the_ssu(), organisation=concern.organisation,
            form_version=concern.form_version, procedure_key=concern.procedure_key,
            told_by=caller(concern.answers) if concern.on_behalf else "", by=by, at=at,
        )  # fmt: skip
        transaction.on_commit(partial(_delete, [file["store_key"] for file in concern.files]))
        concern.stage, concern.referral, concern.answers, concern.files = ConcernStage.SENT, referral, {}, []
        concern.forget_on = _kept_until(clocks.CONCERN_WEIGHED_KEPT, at)
        concern.version += 1
        concern.save()
    return referral


def forget(*, concern_id: UUID, by: Actor, at: datetime) -> None:
    """Delete a draft that is no longer wanted, with its files. :raises NotAllowed: if it is not this person's."""
    with access.oneself(by):
        concern = to_write(concern_id, by)
        if concern.writer_id != by.user_id:
            raise NotAllowed("This may only be done by whoever began it.")
        _forget([concern])


def forget_old_concerns(*, at: datetime) -> int:
    """Delete what has been kept for as long as it may be, with its files and its advice. Says how many."""
    with access.oneself(the_service("forget_concerns")):
        due = Concern.objects.select_for_update(skip_locked=True).filter(forget_on__lt=civil_date(at))
        return _forget(due)


def to_write(concern_id: UUID, by: Actor) -> Concern:
    """The draft, locked, for whoever may write it now. Inside ``access.oneself``. :raises NotAllowed: otherwise."""
    concern = Concern.objects.select_for_update().filter(pk=concern_id).first()
    if concern is None:
        raise NotAllowed("This draft is no longer here.")
    mine = concern.stage == ConcernStage.WRITING and concern.writer_id == by.user_id
    if not mine and not (concern.stage in WRITTEN_BY_LEAD and concern.lead_id == by.user_id):
        raise NotAllowed("This draft is not yours to change now.")
    return concern


def touch(concern: Concern, *, at: datetime) -> None:
    """It was saved: its version grows, and it is kept for as long again."""
    concern.version += 1
    concern.saved_at = at
    concern.forget_on = _kept_until(
        clocks.CONCERN_KEPT if concern.stage == ConcernStage.WRITING else clocks.CONCERN_WEIGHED_KEPT, at
    )


def _kept_until(length: Length, at: datetime) -> date:
    return length.after(civil_date(at), EVERY_DAY)


def _mark(journey: dict[str, Any], page: str, done: bool | None) -> None:  # noqa: FBT001 -- three answers
    """Note whether a page is finished, and whether something on it is wrong: then it is not sent."""
    for mark, is_set in (("done", done), ("wrong", done is False)):
        kept = [slug for slug in journey.get(mark, []) if slug != page]
        if page and (mark == "wrong" or done is not None):
            journey[mark] = [*kept, page] if is_set else kept


def _files_of(concern: Concern) -> list[ReceivedFile]:
    """The draft's files, inspected again on their way into the case."""
    found = []
    for file in concern.files:
        data = bytes_of(file)
        inspected = inspect(BytesIO(data), file["file_name"])
        found.append(ReceivedFile(data, inspected, inspected.name, DocumentKind.ATTACHMENT))
    return found


def _the_ssu() -> Team:
    team = Team.objects.filter(kind=TeamKind.SSU, closed_on=None).order_by("name").first()
    if team is None:
        raise Refused("No safeguarding unit is set up here yet. Tell the council.")
    return team


def _forget(concerns: Iterable[Concern]) -> int:
    found = list(concerns)
    for concern in found:
        stored = [file["store_key"] for file in concern.files]
        concern.delete()
        transaction.on_commit(partial(_delete, stored))
    return len(found)


def _delete(stored: list[str]) -> None:
    for key in stored:
        default_storage.delete(key)
