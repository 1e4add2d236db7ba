"""Every role and every state of a case, by name, made through the product's own operations.

``county()`` in places.py, ``a_referral(county, state)`` in referrals.py; forms and the register in their own files.
"""

from tests.factories.concerns import a_concern, a_question, seen
from tests.factories.files import a_docx, a_pdf, an_eml, received_file
from tests.factories.forms import a_contribution, a_form, items_of
from tests.factories.partners import a_partner_request, an_agreement
from tests.factories.people import PASSWORD, a_person, a_team, acting, nominate, seated_in, sign_in
from tests.factories.places import ROLES, County, county
from tests.factories.protection import a_protection, an_agreed, discussed, fresh_protection, screened
from tests.factories.referrals import (
    KENT,
    OVERDUE,
    STATES,
    a_conflict,
    a_named_worker,
    a_need,
    a_nil_return,
    a_practitioner_referral,
    a_referral,
    a_reopened_referral,
    an_overdue_referral,
    letter,
)
from tests.factories.register import a_register_entry, a_register_import

__all__ = [
    "KENT",
    "OVERDUE",
    "PASSWORD",
    "ROLES",
    "STATES",
    "County",
    "a_concern",
    "a_conflict",
    "a_contribution",
    "a_docx",
    "a_form",
    "a_named_worker",
    "a_need",
    "a_nil_return",
    "a_partner_request",
    "a_pdf",
    "a_person",
    "a_practitioner_referral",
    "a_protection",
    "a_question",
    "a_referral",
    "a_register_entry",
    "a_register_import",
    "a_reopened_referral",
    "a_team",
    "acting",
    "an_agreed",
    "an_agreement",
    "an_eml",
    "an_overdue_referral",
    "county",
    "discussed",
    "fresh_protection",
    "items_of",
    "letter",
    "nominate",
    "received_file",
    "screened",
    "seated_in",
    "seen",
    "sign_in",
]
