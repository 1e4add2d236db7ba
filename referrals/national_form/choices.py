"""Answers that several questions share, and how they begin. Data."""

from referrals.national_form.shape import Ask, Kind

YES, NO, UNKNOWN, NOT_ASKED = "yes", "no", "unknown", "not_asked"
DO_NOT_KNOW = (UNKNOWN, "I do not know")
YES_NO = ((YES, "Yes"), (NO, "No"), DO_NOT_KNOW)
UNDER_18, ADULT = "child", "adult"


def prose(key: str, label: str, hint: str = "", said: str = "", rows: int = 5) -> Ask:
    """A box of words, of 10,000 characters at most."""
    return Ask(key=key, label=label, kind=Kind.PROSE, hint=hint, said=said, rows=rows, longest=10_000)
