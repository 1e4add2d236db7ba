"""The kinds of team and the roles in them. Imports nothing of ours."""

from django.db import models


class TeamKind(models.TextChoices):
    SSU = "SSU", "Strategic Safeguarding Unit"
    AREA = "AREA", "Area Referral Service"
    LOCALITY = "LOCALITY", "locality team"
    CHILDREN = "CHILDREN", "children's duty team"
    POLICING = "POLICING", "counter terrorism policing liaison"
    PREVENT_LEAD = "PREVENT_LEAD", "Prevent lead"
    PANEL = "PANEL", "Channel Panel"
    LISTS = "LISTS", "staff list administration"
    AUDIT = "AUDIT", "audit"
    PRACTITIONER = "PRACTITIONER", "referring organisation"


class SeatRole(models.TextChoices):
    MEMBER = "MEMBER", "Member"
    MANAGER = "MANAGER", "Manager"
    DEPUTY = "DEPUTY", "Deputy"
    CHAIR = "CHAIR", "Chair"


class OrganisationKind(models.TextChoices):
    COUNCIL = "COUNCIL", "Council"
    POLICE = "POLICE", "Police"
    HEALTH = "HEALTH", "Health"
    EDUCATION = "EDUCATION", "Education"
    VOLUNTARY = "VOLUNTARY", "Voluntary or community body"
    OTHER = "OTHER", "Other"


NOMINATING = (TeamKind.AREA, TeamKind.LOCALITY)
"""Kinds whose case material is opened only by their nominated Prevent virtual workers (K0.3, K0.8)."""
