"""A small county: four areas, every kind of team, and one person for each role."""

from __future__ import annotations

from dataclasses import dataclass

from prevent_cases.accounts.actors import VISITOR, Actor
from prevent_cases.accounts.kinds import OrganisationKind, SeatRole, TeamKind
from prevent_cases.accounts.models import Area, Locality, Organisation, PostcodeDistrict, Team, User
from prevent_cases.casework.models import Post
from prevent_cases.casework.now import today
from prevent_cases.procedures.kent import KENT_2023_12
from tests.factories.again import again
from tests.factories.people import a_person, a_team, acting

AREAS = {
    "Alderfen and Corrow Coast": ("Alderfen", "Corrow"),
    "Thistlesea": ("Thistlesea",),
    "West Wold": ("West Wold",),
    "North Mere": ("North Mere",),
}


@dataclass(frozen=True)
class County:
    """The places and teams, and an Actor for each role. ``actor.user`` is the account."""

    council: Organisation
    areas: tuple[Area, ...]
    localities: tuple[Locality, ...]
    ssu: Team
    area_teams: tuple[Team, ...]
    locality_teams: tuple[Team, ...]
    children_team: Team
    policing: Team
    prevent_team: Team
    panel: Team
    lists_team: Team
    audit_team: Team
    school: Team
    officer: Actor
    second_officer: Actor
    ssu_lead: Actor
    area_worker: Actor
    other_area_worker: Actor
    locality_worker: Actor
    other_locality_worker: Actor
    locality_manager: Actor
    colleague: Actor
    children: Actor
    children_manager: Actor
    liaison: Actor
    prevent_lead: Actor
    chair: Actor
    member: Actor
    lists: Actor
    auditor: Actor
    practitioner: Actor
    other_practitioner: Actor
    school_lead: Actor
    school_deputy: Actor
    outsider: Actor
    visitor: Actor = VISITOR

    @property
    def area_team(self) -> Team:
        return self.area_teams[0]

    @property
    def locality_team(self) -> Team:
        return self.locality_teams[0]

    @property
    def other_locality_team(self) -> Team:
        return self.locality_teams[1]

    @property
    def locality(self) -> Locality:
        return self.localities[0]

    @property
    def roles(self) -> dict[str, Actor]:
        return {name: getattr(self, name) for name in ROLES}


ROLES = tuple(name for name, kind in County.__annotations__.items() if kind == "Actor")
"""Every role by name: each is an attribute of County."""


def county() -> County:
    """A fresh county; nothing in it refers to a case. Made anew where something stands already."""
    return _made() if User.objects.exists() else again(("county", today()), _made)


def _made() -> County:
    council = Organisation.objects.create(
        name="Exampleshire County Council", kind=OrganisationKind.COUNCIL, secure_domain="council.example"
    )
    police = Organisation.objects.create(
        name="Exampleshire Police", kind=OrganisationKind.POLICE, secure_domain="ctp.example"
    )
    school = Organisation.objects.create(name="Larkrise Academy", kind=OrganisationKind.EDUCATION)
    areas = tuple(Area.objects.create(name=name) for name in AREAS)
    localities = tuple(Locality.objects.create(area=area, name=name) for area in areas for name in AREAS[area.name])
    for number, locality in enumerate(localities, start=1):
        PostcodeDistrict.objects.create(outward=f"ES{number}", locality=locality)
    teams = {
        "ssu": a_team(council, TeamKind.SSU, "Strategic Safeguarding Unit"),
        "area_teams": tuple(
            a_team(council, TeamKind.AREA, f"{area.name} Area Referral Service", area=area) for area in areas
        ),
        "locality_teams": tuple(
            a_team(council, TeamKind.LOCALITY, f"{place.name} locality team", locality=place, area=place.area)
            for place in localities
        ),
        "children_team": a_team(council, TeamKind.CHILDREN, "Children's duty"),
        "policing": a_team(police, TeamKind.POLICING, "Counter terrorism policing liaison"),
        "prevent_team": a_team(council, TeamKind.PREVENT_LEAD, "Prevent lead"),
        "panel": a_team(council, TeamKind.PANEL, "Channel Panel"),
        "lists_team": a_team(council, TeamKind.LISTS, "Staff lists"),
        "audit_team": a_team(council, TeamKind.AUDIT, "Internal audit"),
        "school": a_team(school, TeamKind.PRACTITIONER, "Larkrise Academy safeguarding"),
    }
    return County(council=council, areas=areas, localities=localities, **teams, **_people(teams))


def _people(teams: dict) -> dict[str, Actor]:
    ssu, area, other_area = teams["ssu"], *teams["area_teams"][:2]
    locality, other_locality = teams["locality_teams"][:2]
    people = {
        "officer": a_person("Olive Tarn", ssu),
        "second_officer": a_person("Otto Wray", ssu),
        "ssu_lead": a_person("Lena Hythe", ssu, role=SeatRole.MANAGER),
        "area_worker": a_person("Arlo Beck", area, nominated=True),
        "other_area_worker": a_person("Asta Quill", other_area, nominated=True),
        "locality_worker": a_person("Lowri Dell", locality, nominated=True),
        "other_locality_worker": a_person("Luca Finch", other_locality, nominated=True),
        "locality_manager": a_person("Mabel Stroud", locality, role=SeatRole.MANAGER),
        "colleague": a_person("Cole Rudd", locality),
        "children": a_person("Cass Ibbot", teams["children_team"]),
        "children_manager": a_person("Calla Wynd", teams["children_team"], role=SeatRole.MANAGER),
        "liaison": a_person("Lorcan Pryde", teams["policing"]),
        "prevent_lead": a_person("Petra Vane", teams["prevent_team"], role=SeatRole.MANAGER),
        "chair": a_person("Chidi Marsh", teams["panel"], role=SeatRole.CHAIR),
        "member": a_person("Mina Holt", teams["panel"]),
        "lists": a_person("Liam Skerry", teams["lists_team"]),
        "auditor": a_person("Audra Penn", teams["audit_team"]),
        "practitioner": a_person("Pia Loxley", teams["school"]),
        "other_practitioner": a_person("Perrin Voss", teams["school"]),
        "school_lead": a_person("Sable Quince", teams["school"], role=SeatRole.MANAGER),
        "school_deputy": a_person("Stellan Marr", teams["school"], role=SeatRole.DEPUTY),
        "outsider": a_person("Ossian Ware"),
    }
    holders = {"ssu_lead": "ssu_lead", "head_of_safeguarding": "locality_manager", "prevent_lead": "prevent_lead",
               "policing_supervisor": "liaison", "children_lead": "children_manager"}  # fmt: skip
    for key, title in KENT_2023_12.posts.items():
        Post.objects.create(key=key, title=title, holder=people[holders[key]], deputy=people["second_officer"])
    return {name: acting(user) for name, user in people.items()}
