"""What the record task and forwarding show: the note to copy, the parts done, the teams to forward to."""

from __future__ import annotations

from dataclasses import dataclass

from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import PostcodeDistrict, Team
from prevent_cases.casework.wording import date_and_time, day
from referrals.models import Referral

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """One part of the record task. ``done`` says who did it and when; empty while nobody has."""

    key: str
    title: str
    done: str


@dataclass(frozen=True)
class Localities:
    """Locality teams to choose from: those of the holding team's area, and the others. ``because`` is the reason for
    the team suggested, which comes first among its own."""

    near: Choices
    far: Choices
    suggested: str
    because: str

    def name_of(self, team_id: str) -> str:
        return dict(self.near + self.far)[team_id]


def case_note(referral: Referral) -> str:
    """The neutral note, word for word as the procedure has it (K0.8, K0.11)."""
    case = referral.case
    return case.procedure.texts["case_note"].format(
        received=day(referral.received_at), reference=case.reference, team=case.holder_team.name
    )


def parts_of(referral: Referral) -> list[Part]:
    """The two parts, which only count together. No query where the referral came with its two people."""
    register = referral.case.procedure.label("register", "the case system")
    note = _done(referral.note_added_by, referral.note_added_at)
    document = _done(referral.document_placed_by, referral.document_placed_at)
    return [
        Part("note", f"The case note is added to {register}", note),
        Part("document", "The referral is placed in the Prevent restricted area", document),
    ]


def localities(referral: Referral) -> Localities:
    """Where an area service may forward to: two statements, one where no postcode is known."""
    teams = Team.objects.filter(kind=TeamKind.LOCALITY, closed_on=None).order_by("name")
    outward = referral.postcode.split(" ")[0].upper()
    district = PostcodeDistrict.objects.select_related("locality").filter(outward=outward).first() if outward else None
    area = referral.case.holder_team.area_id
    suggested = [team for team in teams if district and team.locality_id == district.locality_id][:1]
    near = [team for team in teams if team.area_id == area and team not in suggested]
    far = [team for team in teams if team.area_id != area and team not in suggested]
    return Localities(
        near=[(f"{team.pk}", team.name) for team in suggested + near],
        far=[(f"{team.pk}", team.name) for team in far],
        suggested=f"{suggested[0].pk}" if suggested else "",
        because=f"Suggested: the postcode {outward} is in {district.locality.name}" if district else "",
    )


def _done(by: object, at: object) -> str:
    return f"{by}, {date_and_time(at)}" if at else ""  # type: ignore[arg-type]
