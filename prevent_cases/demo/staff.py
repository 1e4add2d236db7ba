"""The staff of Exampleshire: about forty people of the council, and those who work with it. Data.

A seat is written as a team's name; "*" after it is a nominated Prevent virtual worker of that team (K0.3), "!" its
manager (at an organisation: its safeguarding lead), "+" its deputy, "^" its chair.
"""

from __future__ import annotations

from dataclasses import dataclass

from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.demo import places as p

MARKS = {"!": SeatRole.MANAGER, "+": SeatRole.DEPUTY, "^": SeatRole.CHAIR}


@dataclass(frozen=True)
class Seated:
    """A seat in a team, by the team's name."""

    team: str
    role: str
    is_nominated: bool


@dataclass(frozen=True)
class Staff:
    """One person: a key, a name, a job and seats. Those with a sign-in are keyed by it."""

    key: str
    name: str
    job: str
    places: str

    @property
    def seats(self) -> tuple[Seated, ...]:
        return tuple(_seat(words.strip()) for words in self.places.split(",") if words.strip())


def _seat(words: str) -> Seated:
    mark = words[-1] if words[-1] in "*!+^" else ""
    name = words.rstrip("*!+^").strip()
    if name in p.AREA_OF:
        name = p.locality_team(name)
    elif name in p.AREAS:
        name = p.area_service(name)
    return Seated(name, MARKS.get(mark, SeatRole.MEMBER), mark == "*")


AMBERSAND_AREA, THISTLESEA_AREA, WOLD, MERE = p.AREAS
WORKER, SENIOR, MANAGER = "Social worker", "Senior practitioner", "Team manager"

STAFF = (
    Staff("ssu", "Olive Tarnwick", "Safeguarding officer", p.SSU),
    Staff("ssu-lead", "Lena Rookstead", "Safeguarding unit lead", f"{p.SSU} !"),
    Staff("otto", "Otto Marlcombe", "Safeguarding officer", p.SSU),
    Staff("priya", "Priya Dharmalnath", "Safeguarding officer", p.SSU),
    Staff("head", "Judith Fallowgate", "Head of safeguarding", f"{p.SSU} !"),
    Staff("area", "Arlo Beckthwaite", SENIOR, f"{AMBERSAND_AREA} *"),
    Staff("asta", "Asta Quillmond", SENIOR, f"{AMBERSAND_AREA} *"),
    Staff("locality", "Lowri Denmere", WORKER, "Ambersand *"),
    Staff("hattie", "Hattie Gorsewell", WORKER, "Ambersand *"),
    Staff("bilal", "Bilal Hamdarzada", WORKER, "Ambersand *"),
    Staff("femi", "Femi Obarotayo", WORKER, "Ambersand *"),
    Staff("sorrel", "Sorrel Pebblecroft", WORKER, "Ambersand *"),
    Staff("ned", "Ned Quarrelson", WORKER, "Cotterhythe *"),
    Staff("zofia", "Zofia Kalinolska", WORKER, "Cotterhythe *"),
    Staff("imogen", "Imogen Whinford", WORKER, "Cotterhythe *"),
    Staff("rohan", "Rohan Jahanvala", WORKER, "Cotterhythe *"),
    Staff("greta", "Greta Ottershaw", WORKER, "Cotterhythe *"),
    Staff("desmond", "Desmond Larkgarth", WORKER, "Saltby Sands *"),
    Staff("yasmin", "Yasmin Kavanpour", WORKER, "Saltby Sands *"),
    Staff("piers", "Piers Umberfield", WORKER, "Saltby Sands *"),
    Staff("adaeze", "Adaeze Nwokouche", WORKER, "Saltby Sands *"),
    Staff("tilda", "Tilda Shinglewade", WORKER, "Saltby Sands *"),
    Staff("locality-manager", "Mabel Netherhurst", MANAGER, "Ambersand !"),
    Staff("conrad", "Conrad Heronbridge", MANAGER, "Cotterhythe !, Saltby Sands !"),
    Staff("colleague", "Cole Briarwood", WORKER, "Ambersand"),
    Staff("wynne", "Wynne Copperdale", "Occupational therapist", "Ambersand, Cotterhythe"),
    Staff("ivor", "Ivor Calderby", SENIOR, f"{THISTLESEA_AREA} *"),
    Staff("marta", "Marta Sokolowicz", WORKER, "Thistlesea *"),
    Staff("luca", "Luca Fenstead", WORKER, "South Hallow *"),
    Staff("hodan", "Hodan Bakodoye", WORKER, "Gullmouth *"),
    Staff("roz", "Roz Hathermore", MANAGER, "Thistlesea !, South Hallow !, Gullmouth !"),
    Staff("edith", "Edith Sedgecote", SENIOR, f"{WOLD} *"),
    Staff("tariq", "Tariq Gulzanal", WORKER, "Woldersham *"),
    Staff("bronwen", "Bronwen Cindergate", WORKER, "Tarnbridge *"),
    Staff("miles", "Miles Thornwell", WORKER, "Hexcombe *"),
    Staff("ursula", "Ursula Skerrydale", MANAGER, "Woldersham !, Tarnbridge !, Hexcombe !"),
    Staff("kwesi", "Kwesi Mansochi", SENIOR, f"{MERE} *"),
    Staff("nell", "Nell Fernbourne", WORKER, "Meresham *"),
    Staff("alun", "Alun Willowden", WORKER, "Quillford *"),
    Staff("sadia", "Sadia Naziroti", WORKER, "Dunreeve *"),
    Staff("hugo", "Hugo Lindercombe", MANAGER, "Meresham !, Quillford !, Dunreeve !"),
    Staff("children", "Cass Elmsby", "Duty social worker", p.CHILDREN),
    Staff("rufus", "Rufus Harrowby", MANAGER, f"{p.CHILDREN} !"),
    Staff("petra", "Petra Tallowford", "Prevent lead", f"{p.PREVENT_LEAD} !, {p.PANEL}"),
    Staff("chair", "Chidi Ekwusanda", "Assistant director", f"{p.PANEL} ^"),
    Staff("member", "Mina Carrowell", "Adult social care manager", p.PANEL),
    Staff("lists", "Liam Skerrycroft", "Business support officer", p.LISTS),
    Staff("auditor", "Audra Dapplewick", "Internal auditor", p.AUDIT),
    Staff("liaison", "Lorcan Grimridge", "Liaison officer", p.POLICING),
    Staff("supervisor", "Verity Hollowmond", "Detective inspector", f"{p.POLICING} !, {p.PANEL}"),
    Staff("practitioner", "Pia Drumley", "Designated safeguarding lead", f"{p.SCHOOL} safeguarding !"),
    Staff("teacher", "Tess Marlwick", "Teacher", f"{p.SCHOOL} safeguarding"),
    Staff("deputy", "Idwal Shinglecombe", "Deputy safeguarding lead", f"{p.SCHOOL} safeguarding +"),
    Staff("callum", "Callum Ostercote", "Head of student support", f"{p.COLLEGE} safeguarding"),
    Staff("meera", "Meera Iqbarjee", "Safeguarding nurse", f"{p.HOSPITAL} safeguarding"),
    Staff("lists-lead", "Enid Brackenhurst", MANAGER, f"{p.LISTS} !"),
)
BY_KEY = {one.key: one for one in STAFF}

POSTS = {
    "ssu_lead": ("ssu-lead", "otto"),
    "head_of_safeguarding": ("head", "ssu-lead"),
    "prevent_lead": ("petra", "otto"),
    "policing_supervisor": ("supervisor", "liaison"),
    "children_lead": ("rufus", "ssu-lead"),
}
"""The holder and the deputy of each named post."""
