"""What partners were asked in Exampleshire and what they answered, and the agreements that the council keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from prevent_cases.accounts.actors import the_service
from prevent_cases.accounts.models import Organisation
from prevent_cases.casework import answer_links
from prevent_cases.casework.days import civil_date, moment
from prevent_cases.casework.kinds import ConsentPosition
from prevent_cases.casework.now import held_at
from prevent_cases.casework.sharing import usual_reasons
from prevent_cases.demo import places
from prevent_cases.demo.walk import Walk, World
from referrals.models import Referral
from safeguarding.models import PartnerRequest
from safeguarding.operations import agreements, partner_links, partners
from safeguarding.states import AgreementKind, AnswerKind, CameBy, Identifier, PersonKnows, Withheld

KEEPER = "lists-lead"


@dataclass(frozen=True)
class Asked:
    """A question on a tale, so many working days ago: to whom (``account`` is the key of somebody with a sign-in),
    what, and what came back."""

    tale: str
    days_ago: int
    agency: str
    name: str
    address: str
    question: str
    account: str = ""
    answer: partners.Answered | None = None


ASKED = (
    Asked("phoebe", 2, places.COLLEGE, "Odile Farrant, designated lead", "safeguarding@hollowell.example",
          "She told us that a tutor helped her in the spring. What help was it, and did anybody worry you then?"),
    Asked("silas", 1, places.SCHOOL, "Pia Drumley, designated safeguarding lead", "",
          "His sister is in your year 9. Has she spoken of visitors at home since the summer?", account="practitioner"),
    Asked("hari", 6, "Tarnbridge Housing Association", "Gwil Ashmere, tenancy support",
          "support@tarnbridge-homes.example", "Is the tenancy at risk, and is anybody else living at the address?",
          answer=partners.Answered(
              kind=AnswerKind.ALL, fact="Rent is paid to date. A cousin has stayed since August, with our knowledge.",
              opinion="The flat is well kept. He seemed tired and worried about money when I called in September.",
              limits="Please do not tell the cousin that we spoke of him.", person_knows=PersonKnows.YES,
              given_by="Gwil Ashmere", post="Tenancy support officer", telephone="01632 960820",
          )),
    Asked("hari", 5, "Anchor Lane Surgery", "Dr Ismay Trellick, safeguarding lead", "safeguarding@anchorlane.example",
          "Is he being treated for anything that bears on how easily others could influence him?",
          answer=partners.Answered(
              kind=AnswerKind.REFUSED, withheld=Withheld.CONSENT, given_by="Dr Ismay Trellick",
              withheld_why="He asked us in June to share nothing. We see no risk that outweighs it.",
              post="General practitioner",
          )),
)  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """An agreement: its review so many days from day zero, and its parties with the day each signed, if it did."""

    written: tuple[str, str, str, str]
    began: int
    review_in: int
    parties: tuple[tuple[str, str, int], ...]


AGREEMENTS = (
    Kept((AgreementKind.MOU, "Prevent memorandum of understanding", "3",
          "How the council’s children’s and adults’ services and the police work together on Prevent referrals."),
         500, 230, ((places.COUNCIL, "Director of children’s services", 498),
                    (places.COUNCIL, "Director of adult social care", 495),
                    (places.POLICE, "Head of Prevent", 500))),
    Kept((AgreementKind.SHARING, "Schools and colleges information sharing agreement", "2026",
          "What schools, colleges and the council tell each other about pupils at risk."),
         380, 16, ((places.COUNCIL, "Director of children’s services", 380),
                   (places.SCHOOL, "Head teacher", 379), (places.COLLEGE, "Principal", 0))),
    Kept((AgreementKind.PROTOCOL, "Health and adult social care protocol", "1",
          "When health bodies and adult social care ask each other about a person."),
         760, -21, ((places.COUNCIL, "Director of adult social care", 760),
                    (places.HOSPITAL, "Chief nurse", 741))),
)  # fmt: skip


def partners_are_asked(world: World, seed: int) -> None:
    """Ask each, in the order in which it happened, and let whoever answered answer a day later."""
    for place, asked in enumerate(ASKED):
        if asked.tale not in world.referrals:
            continue
        tale = next(tale for tale in world.tales if tale.key == asked.tale)
        walk = Walk(world, tale, Random(f"{seed}:partner:{place}"))  # noqa: S311 - repeatable on purpose
        at, answered_at = world.office.moments([asked.days_ago, max(asked.days_ago - 1, 0)], walk.source)
        with held_at(at):
            request = _ask(walk, asked, at)
        link = answer_links.last_link(request.record_key)
        if asked.answer is not None and link is not None:
            with held_at(answered_at):
                service = the_service("demo")
                partner_links.open_question(
                    link_id=link.pk, code=answer_links.code_of(link), by=service, at=answered_at
                )
                partners.take_answer(
                    request_id=request.pk, answered=asked.answer, came_by=CameBy.LINK, link=link, by=service,
                    at=answered_at + timedelta(minutes=12),
                )  # fmt: skip


def _ask(walk: Walk, asked: Asked, at: datetime) -> PartnerRequest:
    person = walk.county.people[asked.account] if asked.account else None
    return partners.ask_partner(
        referral=walk.referral, reasons=_reasons(walk.referral), by=walk.worker(at), at=at,
        asked=partners.Asked(
            agency=asked.agency, name=asked.name, address=person.email if person else asked.address,
            question=asked.question, told=(Identifier.BORN_ON,), due_on=walk.world.office.day(asked.days_ago - 6),
            organisation=Organisation.objects.filter(name=asked.agency).first(),
        ),
    )  # fmt: skip


def _reasons(referral: Referral) -> partners.Reasons:
    texts = referral.case.procedure.texts
    return partners.Reasons(
        purpose=texts["partner_purpose"], power=texts["partner_power"],
        proportionality=texts["partner_proportionality"],
        lawful_basis=usual_reasons(referral.case.procedure)["lawful_basis"], consent=ConsentPosition.NOT_SOUGHT,
        necessity="They may hold information that bears on how vulnerable the person is, which we cannot get elsewhere",
    )  # fmt: skip


def keep_agreements(world: World) -> None:
    """Enter the agreements as they stand: one in force, one to be reviewed soon and not wholly signed, one overdue."""
    known = {row.name: row for row in Organisation.objects.all()}
    for kept in AGREEMENTS:
        kind, title, edition, covers = kept.written
        begun = _day(world, kept.began)
        at = moment(begun, time(11))
        by = world.county.actor(KEEPER, at)
        row = agreements.add_agreement(
            written=agreements.Written(
                kind=kind, title=title, edition=edition, covers=covers, keeper="prevent_lead", starts_on=begun,
                review_on=_day(world, -kept.review_in), kept_at="Legal services, shelf 4",
            ),
            by=by, at=at,
        )  # fmt: skip
        for body, post, signed in kept.parties:
            on = _day(world, signed) if signed else None
            row.refresh_from_db()
            agreements.add_party(
                agreement=row, body=body, organisation=known.get(body), post=post, signed_on=on, by=by,
                at=moment(max(on or begun, civil_date(at)), time(15)), version=row.version,
            )  # fmt: skip


def _day(world: World, days_ago: int) -> date:
    return world.office.day_zero - timedelta(days=days_ago)
