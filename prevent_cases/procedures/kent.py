"""Kent, December 2023: the adult social care flowchart, K0.1 to K0.15. Data, no logic."""

from datetime import date

from prevent_cases.casework.days import WorkingDays
from prevent_cases.casework.procedure import ListedDocument, Procedure
from prevent_cases.procedures.england import ANSWER_HEADINGS, POSTS, PROMPTS, REASONS, TEXTS

KENT_2023_12 = Procedure(
    key="kent-2023-12",
    title="Kent adult social care Prevent referral process, December 2023",
    authority="Kent",
    effective_from=date(2023, 12, 1),
    labels={
        "susceptible": "susceptible to being drawn into terrorism",
        "referral": "Prevent referral",
        "policing": "Counter Terrorism Policing South East",
        "register": "Mosaic",
    },
    routes={"OPEN": "LOCALITY", "KNOWN": "AREA", "CHILD": "CHILDREN"},
    steps=("area_referral_service",),
    lengths={"referral.reply": WorkingDays(10)},
    deciders={"section_36": "police", "sign_off": "manager"},
    reasons=REASONS,
    posts=POSTS,
    form_version="national-2023",
    documents=(
        ListedDocument("flowchart", "PREVENT referral process and flowchart", "December 2023", date(2026, 12, 1)),
    ),
    texts={
        **TEXTS,
        "sent_by_other_means": "You also send the form to the police Prevent team yourself: by the form on the police "
        "website, by secure email, or as a file with a password that you give by telephone. This service keeps the "
        "copy. Record here how you sent it, on the day you send it.",
    },
    answer_headings=ANSWER_HEADINGS,
    prompts=PROMPTS,
    source=("K0.1", "K0.2", "K0.3", "K0.7", "K0.8", "K0.9"),
)
