"""The demo's sign-ins: one for each role. Data; imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SignIn:
    """An account of the demo: its key among the staff, whose it is in words, and what awaits them."""

    key: str
    who: str
    what: str

    @property
    def email(self) -> str:
        return f"{self.key}@demo.example"


SIGN_INS = (
    SignIn(
        "practitioner",
        "The designated safeguarding lead of a school",
        "Writes referrals, with one half written; answers a question about one; decides what a teacher handed over",
    ),
    SignIn(
        "teacher",
        "A teacher at the same school",
        "Writes down a worry and hands it to the safeguarding lead, who decides",
    ),
    SignIn(
        "ssu",
        "An officer of the Strategic Safeguarding Unit",
        "Triages what arrives, checks the register, sends nil returns, sends cases on, records outcomes, closes",
    ),
    SignIn(
        "ssu-lead",
        "The lead of the Strategic Safeguarding Unit",
        "The same, and reopens cases, gives work out, hears of what is late",
    ),
    SignIn(
        "area",
        "A Prevent virtual worker of the Ambersand Cotterhythe Coastal Area Referral Service",
        "Records what was sent to the area in the restricted area, and forwards it",
    ),
    SignIn(
        "locality",
        "A Prevent virtual worker of the Ambersand locality team",
        "Records, writes answers to policing, returns information gathering forms",
    ),
    SignIn("locality-manager", "The manager of the Ambersand locality team", "Signs answers off, or returns them"),
    SignIn(
        "colleague",
        "A social worker of the Ambersand locality team who is not a Prevent virtual worker",
        "Gives a part of a form; sees whom the team's cases are about and what was done, not what is restricted",
    ),
    SignIn("children", "A duty social worker for children", "Sees what was sent on because the person is under 18"),
    SignIn("liaison", "A counter terrorism policing liaison officer", "Opens and acknowledges what was shared"),
    SignIn("chair", "The chair of the Channel Panel", "Holds a seat on the panel"),
    SignIn("member", "A member of the Channel Panel", "Holds a seat on the panel"),
    SignIn(
        "lists",
        "An administrator of staff lists",
        "Keeps the lists that referrals are sent by, sees their gaps, invites people, adds extra bank holidays",
    ),
    SignIn("auditor", "An internal auditor", "Sees to whom something was shared and why, and nothing of what it was"),
)
