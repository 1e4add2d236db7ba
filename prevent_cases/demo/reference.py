"""Exampleshire's own directory, editions, courses and training register. Every number is kept for fiction."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from prevent_cases.accounts.models import TrainingCourse
from prevent_cases.casework import directory_edits, editions, secure_domains, training
from prevent_cases.casework.days import civil_date, moment
from prevent_cases.casework.directory_edits import Written
from prevent_cases.casework.kinds import DirectoryKind as K
from prevent_cases.casework.models import DirectoryEntry
from prevent_cases.demo.places import AREAS
from prevent_cases.demo.walk import World

KEEPER = "lists-lead"
OPEN, CLOSED = time(9), time(17)
EVERYWHERE = (
    (K.EMERGENCY_LINE, "Emergency duty team", "", "01632 960700", "01632 960999"),
    (K.ADULT_FRONT_DOOR, "Adult social care front door", "", "01632 960710", "01632 960999"),
    (K.CHILDREN_FRONT_DOOR, "Children’s social care front door", "", "01632 960720", "01632 960998"),
    (K.POLICE_PREVENT, "Exampleshire Constabulary Prevent team", "", "01632 960740", "101"),
    (K.INFORMATION_GOVERNANCE, "Information governance", "Ursula Greaveson", "01632 960750", ""),
    (K.COORDINATOR, "Prevent coordinator", "Kit Amberdale", "01632 960751", ""),
    (K.PANEL_CHAIR, "Channel Panel chair", "Chidi Marlstone", "01632 960760", ""),
)
LEADS = (("Petra Vanewick", "Ilse Copperly"), ("Jonah Saltram", "Beth Orrinside"),
         ("Wynn Harrowby", "Tess Millbeck"), ("Nell Dunstead", "Ravi Pellinore"))  # fmt: skip
"""The Prevent lead and deputy of each area, in the order of the areas."""
COURSES = (
    ("Prevent awareness", "An hour online, for everybody who works with people", 12, True),
    ("Prevent referrals", "How to write a referral, for safeguarding leads", 24, True),
    ("Workshop on raising concerns", "Half a day, in a group", None, False),
)
DOMAINS = (
    ("probation.example", True, "The information-sharing agreement of the safety partnership"),
    ("housing.example", False, "Assured by their head of information in June"),
    ("old-mail.example", False, "Encrypted until the provider changed"),
)
TAKEN = (("practitioner", 0, 345), ("callum", 0, 90), ("meera", 0, 460), ("meera", 2, 800))
"""Whose course, by its place, how many days ago: the first runs out within 28 days, the third has run out."""


def keep_reference(world: World) -> None:
    """Write what Exampleshire keeps: its directory of six months, two editions, three courses and who took them."""
    _directory(world)
    _editions(world)
    _training(world)
    _secure_domains(world)


def _secure_domains(world: World) -> None:
    """Two bodies that no team of ours belongs to, one of them with the desks below it; one taken off the list."""
    at = moment(world.office.day_zero - timedelta(days=170), time(11))
    keeper = world.county.actor(KEEPER, at)
    for domain, covers_below, why in DOMAINS:
        listed = secure_domains.list_domain(domain=domain, covers_below=covers_below, why=why, by=keeper, at=at)
    secure_domains.retire_domain(listed=listed, by=keeper, at=at + timedelta(days=60))


def _directory(world: World) -> None:
    begun = world.office.day_zero - timedelta(days=180)
    for kind, title, holder, number, at_night in EVERYWHERE:
        _enter(world, begun, Written(
            kind=kind, title=title, holder_name=holder, telephone=number, out_of_hours=at_night, opens_at=OPEN,
            closes_at=CLOSED, starts_on=begun,
        ))  # fmt: skip
    areas = {row.locality.area.name: row.locality.area_id for row in world.county.teams.values() if row.locality}
    for place, (name, (lead, deputy)) in enumerate(zip(AREAS, LEADS, strict=True)):
        shared: dict[str, Any] = {"kind": K.PREVENT_LEAD, "area_id": areas[name], "opens_at": OPEN, "closes_at": CLOSED}
        post = _enter(world, begun, Written(
            title="Prevent lead", holder_name=lead, telephone=f"01632 96077{place}",
            email=f"prevent.{place + 1}@exampleshire.example", starts_on=begun, **shared,
        ))  # fmt: skip
        _enter(world, begun, Written(
            title="Deputy Prevent lead", holder_name=deputy, telephone=f"01632 96078{place}",
            deputy_of_id=post.pk, starts_on=begun, **shared,
        ))  # fmt: skip
        _enter(world, begun, Written(
            kind=K.SAFEGUARDING_LEAD, title="Safeguarding lead for adults", area_id=areas[name],
            telephone=f"01632 96079{place}", opens_at=OPEN, closes_at=CLOSED, starts_on=begun,
        ))  # fmt: skip
    _moved_office(world, begun)


def _moved_office(world: World, begun: date) -> None:
    """One number changed forty days ago, so that a post has a history."""
    at = moment(world.office.day_zero - timedelta(days=40), time(11))
    entry = DirectoryEntry.objects.get(kind=K.INFORMATION_GOVERNANCE)
    written = Written(
        kind=entry.kind, title=entry.title, holder_name=entry.holder_name, telephone="01632 960759",
        opens_at=OPEN, closes_at=CLOSED, starts_on=begun,
    )  # fmt: skip
    directory_edits.change_entry(
        entry=entry, written=written, by=world.county.actor(KEEPER, at), at=at, version=entry.version
    )


def _enter(world: World, begun: date, written: Written) -> DirectoryEntry:
    at = moment(begun, time(10))
    return directory_edits.add_entry(written=written, by=world.county.actor(KEEPER, at), at=at)


def _editions(world: World) -> None:
    """One edition has been in force for a month; one comes into force next week."""
    today = world.office.day_zero
    _publish(world, today - timedelta(days=35), today - timedelta(days=30), {"texts": {
        "out_of_hours": "The police control room acts on a Prevent concern as it does on any other fear for somebody’s "
        "welfare. The emergency duty team tells your own team by 9am. Record here afterwards what was done, and when.",
    }}, "The emergency duty team hands over each morning now")  # fmt: skip
    _publish(world, today - timedelta(days=1), today + timedelta(days=8), {
        "texts": {"retention": "Kept for six years after closing, then reviewed by the safeguarding unit. Nothing is "
                  "destroyed without a decision."},
        "reasons": {"clock.extend": [
            ["awaiting", "We are waiting for information we need", False],
            ["complex", "The enquiries are larger than usual", False],
            ["agreed", "Agreed with whoever asked", False],
            ["absent", "The only person who knows is away", False],
            ["other", "Another reason", True],
        ]},
    }, "Agreed by the Prevent board")  # fmt: skip


def _publish(world: World, on: date, effective_from: date, changes: dict[str, object], why: str) -> None:
    at = moment(on, time(15))
    editions.publish(
        procedure_key=world.procedure, changes=changes, effective_from=effective_from, why=why,
        by=world.county.actor(KEEPER, at), at=at,
    )  # fmt: skip


def _training(world: World) -> None:
    begun: datetime = moment(world.office.day_zero - timedelta(days=850))
    keeper = world.county.actor(KEEPER, begun)
    courses: list[TrainingCourse] = [
        training.add_course(
            title=title, words=words, months_valid=months, counts_for_gate=counts, by=keeper, at=begun
        )
        for title, words, months, counts in COURSES
    ]  # fmt: skip
    for key, place, days_ago in TAKEN:
        at = moment(world.office.day_zero - timedelta(days=days_ago))
        actor = world.county.actor(key, at)
        training.record_course(user=actor.user, course=courses[place], taken_on=civil_date(at), by=actor, at=at)
