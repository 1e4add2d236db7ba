"""Try what somebody asked for on their own record, or show on the form why it was refused."""

from __future__ import annotations

from collections.abc import Callable

from prevent_cases.casework.workflow import Refused
from referrals.forms.mine import OwnForm


def carried_out(form: OwnForm, act: Callable[[], object], version: Callable[[], int]) -> bool:
    """Do it; or put the refusal on the form, which may be sent again for the record as it is now.

    :param version: reads the record's version again
    """
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal, version())
        return False
    return True
