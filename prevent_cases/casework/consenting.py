"""The five consents and tellings of a case, and the decision whether to seek each (N3.34, N3.35, E4.25 to E4.29)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Value

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access, holding, timing
from prevent_cases.casework.clocks import SEEK_CONSENT
from prevent_cases.casework.consent_kinds import ANSWERS, NEED_WORDS, ConsentAnswer, ConsentGiver, ConsentKind, Seeking
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import lock, record, settle
from prevent_cases.casework.kinds import ConsentPosition
from prevent_cases.casework.models import Case, ClockRun, ConsentRecord, SeekingDecision
from prevent_cases.casework.operations import stays_with_holder
from prevent_cases.casework.workflow import NotAllowed, Refused

NOT_AGREED = (ConsentAnswer.REFUSED, ConsentAnswer.WITHDRAWN, ConsentAnswer.OVERRIDDEN)


@transaction.atomic
def record_consent(
    *, case: Case, kind: str, answer: str, giver: str = ConsentGiver.PERSON, on: date, words: str = "",
    decision: str = "", support: str = "", by: Actor, at: datetime,
) -> ConsentRecord:  # fmt: skip
    """Write down what was said about one of the five. What stood before stays in its history.

    ``decision`` and ``support`` are what capacity was looked at for, and what helped them to decide.

    :raises NotAllowed: unless the case's material is open to this person
    :raises OnHold: for having told them ourselves on a day on which CT policing checks the case
    :raises Refused: for what cannot be said of this kind, a day to come, or a reason that is missing
    """
    case = _locked(case, by)
    if answer not in ANSWERS.get(kind, ()):
        raise Refused("Choose what was said.", field="answer")
    if giver not in ConsentGiver.values:
        raise Refused("Choose whose word it is.", field="giver")
    if on > civil_date(at):
        raise Refused("The day must be today or in the past.", field="on")
    if answer in NEED_WORDS and not words.strip():
        raise Refused("Say why.", field="words")
    is_capacity = kind == ConsentKind.CAPACITY
    if is_capacity and not decision.strip():
        raise Refused("Say which decision this is about.", field="decision")
    if is_capacity and not support.strip():
        raise Refused("Say what was done to help them decide.", field="support")
    said = {"answer": answer, "on": on, "words": words.strip()}
    said |= {"decision": decision.strip(), "support": support.strip()} if is_capacity else {}
    stands = ConsentRecord.objects.filter(case=case, kind=kind, giver=giver).order_by("-recorded_at").first()
    if stands is not None and all(getattr(stands, name) == value for name, value in said.items()):
        raise Refused("This is what stands already. It was recorded once.")
    if answer == ConsentAnswer.TOLD and _is_within_hold(case, on):
        holding.must_be_free_to_share(case, at=at)
    row = ConsentRecord(case=case, kind=kind, giver=giver, **said, recorded_by=by.user, recorded_at=at)
    stays_with_holder(case, by=by, at=at)
    row.save(force_insert=True)
    _no_longer_waits(case, kind, by, at)
    facts = {"about": str(ConsentKind(kind).label), "answer": str(ConsentAnswer(answer).label)}
    record(case=case, kind="consent.recorded", by=by, at=at, facts=facts)
    settle(case, by=by, at=at)
    return row


@transaction.atomic
def decide_on_seeking(
    *, case: Case, kind: str, decision: str, who: str = "", on: date | None = None, why: str = "",
    by: Actor, at: datetime,
) -> SeekingDecision:  # fmt: skip
    """Decide whether one of the five is to be asked about: by whom and when, not before a day, or not at all.

    ``on`` is the day on which they are asked, or on which it is decided again; a deadline runs to it.

    :raises NotAllowed: unless the case's material is open to this person, or the service decides it
    :raises OnHold: for asking while CT policing checks the case
    :raises Refused: for a decision without its person, day or reason
    """
    case = _locked(case, by)
    if kind not in ConsentKind.values:
        raise Refused("Choose what it is about.", field="kind")
    if decision not in Seeking.values:
        raise Refused("Choose whether to ask.", field="decision")
    if decision == Seeking.SEEK and not who.strip():
        raise Refused("Say who will ask.", field="who")
    if decision != Seeking.SEEK and not why.strip():
        raise Refused("Say why.", field="why")
    if decision == Seeking.DO_NOT_SEEK:
        on = None
    elif on is None or on < civil_date(at):
        raise Refused("The day must be today or in the future.", field="on")
    else:
        timing.must_be_countable(on, case.procedure, "The day", civil_date(at))
    if decision == Seeking.SEEK:
        holding.must_be_free_to_share(case, at=at)
    row = SeekingDecision(
        case=case, kind=kind, decision=decision, who=who.strip() if decision == Seeking.SEEK else "", on=on,
        why=why.strip(), decided_by=by.user, decided_at=at,
    )  # fmt: skip
    stays_with_holder(case, by=by, at=at)
    row.save(force_insert=True)
    _no_longer_waits(case, kind, by, at)
    if on is not None:
        timing.start(
            case=case, subject=row.record_key, clock=SEEK_CONSENT, by=by, at=at, team_id=case.holder_team_id, due_on=on
        )
    facts = {"about": str(ConsentKind(kind).label), "decision": str(Seeking(decision).label)}
    record(case=case, kind="consent.seeking_decided", by=by, at=at, facts=facts)
    settle(case, by=by, at=at)
    return row


def position_on_sharing(case: Case) -> tuple[str, str]:
    """What the records say of sharing, as the gate takes it: a ConsentPosition, and why where there is no agreement.

    Read it where the material is open: elsewhere it says that they were not asked. One statement.
    """
    about = {"case": case, "kind": ConsentKind.SHARING}
    said = ConsentRecord.objects.filter(**about).order_by("-recorded_at").annotate(place=Value(0))
    decided = SeekingDecision.objects.filter(**about).order_by("-decided_at").annotate(place=Value(1))
    newest = said.values_list("place", "answer", "words")[:1].union(
        decided.values_list("place", "decision", "why")[:1], all=True
    )
    found = {place: (what, why) for place, what, why in newest}
    what, why = found.get(0) or found.get(1) or ("", "")
    if what == ConsentAnswer.AGREED:
        return str(ConsentPosition.GIVEN), ""
    if what in NOT_AGREED:
        return str(ConsentPosition.OVERRIDDEN), why if what == ConsentAnswer.OVERRIDDEN else ""
    return str(ConsentPosition.NOT_SOUGHT), "" if what == Seeking.SEEK else why


def _locked(case: Case, by: Actor) -> Case:
    locked = lock(case.pk)
    if not access.may_enter(by, locked):
        raise NotAllowed("The restricted area of this case is not open to you.")
    return locked


def _is_within_hold(case: Case, on: date) -> bool:
    hold = holding.standing(case)
    return hold is not None and on >= civil_date(hold.placed_at)


def _no_longer_waits(case: Case, kind: str, by: Actor, at: datetime) -> None:
    """Whatever was still to be asked or decided of this kind is done with."""
    keys = [row.record_key for row in SeekingDecision.objects.filter(case=case, kind=kind)]
    runs = ClockRun.objects.unfinished().select_related("case").filter(clock=SEEK_CONSENT.key, subject__in=keys)
    for run in runs:
        timing.stop(run=run, by=by, at=at, reason="Recorded or decided again")
