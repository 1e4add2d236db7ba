"""Exampleshire: its areas, localities, postcode districts and teams. Data.

The four areas have the shape of K0.3. ES is no postcode area, so that nothing points at a real place.
"""

from __future__ import annotations

from datetime import time

from prevent_cases.accounts.kinds import OrganisationKind as O
from prevent_cases.accounts.kinds import TeamKind as T

COUNCIL, POLICE = "Exampleshire County Council", "Exampleshire Constabulary"
SCHOOL, COLLEGE, HOSPITAL = "Larkrise Academy", "Hollowell College", "Saltmarsh General Hospital"
ORGANISATIONS = {
    COUNCIL: (O.COUNCIL, "exampleshire.example"),
    POLICE: (O.POLICE, "ctp.example"),
    SCHOOL: (O.EDUCATION, "larkrise.example"),
    COLLEGE: (O.EDUCATION, "hollowell.example"),
    HOSPITAL: (O.HEALTH, "saltmarsh.example"),
}

AREAS = {
    "Ambersand Cotterhythe Coastal": ("Ambersand", "Cotterhythe", "Saltby Sands"),
    "Thistlesea South Hallow Coast": ("Thistlesea", "South Hallow", "Gullmouth"),
    "West Wold": ("Woldersham", "Tarnbridge", "Hexcombe"),
    "North Mere": ("Meresham", "Quillford", "Dunreeve"),
}
AREA_OF = {locality: area for area, localities in AREAS.items() for locality in localities}

DISTRICTS = {
    "ES1": "Ambersand",
    "ES2": "Ambersand",
    "ES3": "Cotterhythe",
    "ES4": "Cotterhythe",
    "ES5": "Saltby Sands",
    "ES6": "Thistlesea",
    "ES7": "Thistlesea",
    "ES8": "South Hallow",
    "ES9": "Gullmouth",
    "ES10": "Woldersham",
    "ES11": "Woldersham",
    "ES12": "Tarnbridge",
    "ES13": "Hexcombe",
    "ES14": "Meresham",
    "ES15": "Quillford",
    "ES16": "Dunreeve",
}

SSU, CHILDREN, POLICING = "Strategic Safeguarding Unit", "Children's duty", "Counter terrorism policing liaison"
PREVENT_LEAD, PANEL, LISTS, AUDIT = "Prevent lead", "Exampleshire Channel Panel", "Staff lists", "Internal audit"
ONE_OFF_TEAMS = (
    (SSU, T.SSU, COUNCIL),
    (CHILDREN, T.CHILDREN, COUNCIL),
    (POLICING, T.POLICING, POLICE),
    (PREVENT_LEAD, T.PREVENT_LEAD, COUNCIL),
    (PANEL, T.PANEL, COUNCIL),
    (LISTS, T.LISTS, COUNCIL),
    (AUDIT, T.AUDIT, COUNCIL),
    (f"{SCHOOL} safeguarding", T.PRACTITIONER, SCHOOL),
    (f"{COLLEGE} safeguarding", T.PRACTITIONER, COLLEGE),
    (f"{HOSPITAL} safeguarding", T.PRACTITIONER, HOSPITAL),
)

HOURS = {CHILDREN: {"opens_at": time(8, 30), "closes_at": time(17, 0)}}
"""The teams that keep hours of their own."""


def area_service(area: str) -> str:
    """The name of an area's Area Referral Service."""
    return f"{area} Area Referral Service"


def locality_team(locality: str) -> str:
    """The name of a locality's team."""
    return f"{locality} locality team"
