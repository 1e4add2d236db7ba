"""Who has to do with a case: who referred it, who it is about, who may open it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import NOMINATING
from prevent_cases.accounts.models import Nomination, Team
from prevent_cases.casework import access
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.policy import may_let_in
from prevent_cases.casework.wording import day, weekday
from referrals.matching.compare import Standing, reasons
from referrals.matching.facts import PersonFacts
from referrals.models import PractitionerReferral, Referral
from referrals.policy import an_ssu_officer, puts_the_date_right
from referrals.queries.frame import Frame

MOST = 50
STANDING = {Standing.SAME: "same", Standing.SIMILAR: "similar", Standing.DIFFERENT: "different"}
PERSONAL = ("Given name", "Family name", "Other names", "Address")


def people(actor: Actor, head: Frame, at: datetime) -> dict[str, Any]:
    """The context of templates/case/people.html: three statements."""
    case, referral = head.case, head.referral
    joined = referral.person_id != referral.person_as_received_id
    team = access.opens_to(case)
    named = list(access.named_workers(case).filter(until__gte=civil_date(at)).order_by("until", "user__name")[:MOST])
    return {
        "referrer": [
            {"key": "Sent by", "value": referral.sender_name},
            {"key": "For", "value": referral.policing_team.name},
            {"key": "Reply to", "value": referral.reply_address},
            {"key": "First raised by", "value": referral.get_source_display()},
        ],
        "joined": joined,
        "compared": compared(referral.facts, referral.person.facts) if joined else [],
        "received": [] if joined else as_received(referral.facts),
        "opens_to": team,
        "nominates": team.kind in NOMINATING,
        "nominated": nominated(team, at),
        "named": [named_in_words(row) for row in named],
        "may_compare": an_ssu_officer.allows(actor, referral),
        "may_correct": puts_the_date_right.allows(actor, referral),
        "may_end": may_let_in.allows(actor, case),
        "may_name": case.restricted_at is not None and may_let_in.allows(actor, case),
        "joined_referrals": joined_referrals(referral),
    }


def nominated(team: Team, at: datetime) -> list[dict[str, Any]]:
    """Today's nominated workers of a team, with whom they cover for and until when."""
    on = civil_date(at)
    rows = (
        Nomination.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), team=team, starts_on__lte=on)
        .filter(user__is_active=True)
        .select_related("user", "covers")
        .order_by(F("covers").asc(nulls_first=True), "user__name")[:MOST]
    )
    return [{"name": row.user.name, "post": row.user.job_title, "note": _cover(row)} for row in rows]


def compared(received: PersonFacts, matched: PersonFacts) -> list[dict[str, Any]]:
    """The person as received beside the record they were joined to, as components/side_by_side.html takes it."""
    return [
        {
            "label": reason.field, "left": reason.asked, "right": reason.held, "note": reason.text,
            "standing": STANDING.get(reason.standing, "missing"), "is_name": True,
        }
        for reason in reasons(received, matched)
    ]  # fmt: skip


def as_received(facts: PersonFacts) -> list[dict[str, Any]]:
    """The person's details as they came, as components/summary_list.html takes them."""
    rows = (
        ("Given name", facts.given), ("Family name", facts.family), ("Other names", "; ".join(facts.other_names)),
        ("Date of birth", day(facts.born_on)), ("Address", facts.address), ("Postcode", facts.postcode),
        ("NHS number", facts.identifiers.get("nhs", "")), ("Telephone", facts.identifiers.get("phone", "")),
    )  # fmt: skip
    return [{"key": key, "value": value, "is_name": True} for key, value in rows]


def named_in_words(row: Any) -> dict[str, Any]:
    words = f": {row.words}" if row.words else ""
    return {
        "user_id": row.user_id,
        "name": row.user.name,
        "until": f"until {weekday(row.until)}",
        "why": f"{row.get_reason_display()}{words}",
        "by": f"{row.granted_by.name}, {day(row.granted_at)}",
    }


def joined_referrals(referral: Referral) -> list[dict[str, Any]]:
    """Practitioners' own referrals that were joined to this one (row A4)."""
    rows = PractitionerReferral.objects.filter(linked_to=referral).select_related("referrer", "organisation")
    return [
        {
            "who": ", ".join(part.name for part in (row.referrer, row.organisation) if part) or "A practitioner",
            "sent": f"sent {day(row.sent_at)}",
        }
        for row in rows.order_by("sent_at")[:MOST]
    ]  # fmt: skip


def _cover(row: Nomination) -> str:
    until = f", until {weekday(row.ends_on)}" if row.ends_on else ""
    return f"Covering for {row.covers.name}{until}" if row.covers else f"Nominated{until}"
