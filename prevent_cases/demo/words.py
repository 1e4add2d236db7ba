"""What people in the demo write: concerns, needs, answers, notes. Invented, and about nobody. Data.

``{given}`` is the person's given name. No group, belief or place of the real world is named.
"""

from __future__ import annotations

CONCERNS = (
    (
        "{given} has begun to speak of 'us and them' and says that people who disagree should be made to listen. Staff "
        "noticed the change over about six weeks. It began after a dispute with neighbours."
    ),
    (
        "A worker saw {given} watching videos of violent attacks on a telephone in the waiting room. Asked about it, "
        "{given} closed the screen and said that the attackers 'had their reasons'."
    ),
    (
        "{given} has been in contact with people met in a gaming chat who send long messages late at night and ask "
        "{given} to keep them secret. A relative saw some of them and was frightened."
    ),
    (
        "{given} told a support worker that a march was 'only the start' and that something bigger was planned. No "
        "details were given. {given} had been drinking."
    ),
    (
        "Leaflets praising an attack abroad were found among {given}'s belongings during a tenancy visit. {given} said "
        "that a friend left them there."
    ),
    (
        "{given} has drawn the symbols of an extreme group on work and clothing and says that they are 'just designs'. "
        "Two other learners have copied them."
    ),
    (
        "{given} asked a volunteer how hard it is to buy certain chemicals, laughed, and spoke of a film project. "
        "The volunteer is not sure that it was a joke."
    ),
    (
        "{given} has stopped seeing old friends and spends most of each day in online groups about a coming collapse. "
        "{given} has said that nobody will be spared."
    ),
    (
        "{given} wrote to a councillor in terms that the councillor's office found threatening, quoting a manifesto. "
        "There were four letters in a month."
    ),
    "A relative says that {given} has given away savings to a cause abroad and talks of travelling to join it.",
    "{given} is fascinated by mass attacks, keeps a folder of cuttings and can recite dates. {given} names no cause.",
    "{given} was heard repeating conspiracy theories about a minority in the day centre and would not stop when asked.",
)
NEEDS = (
    "Lives alone since the spring. Debts; has asked for help with heating.",
    "Autistic; says that crowded places are unbearable. Sleeps by day.",
    "Has been the victim of antisocial behaviour and reported it three times.",
    "Out of work for two years. Drinks heavily at weekends.",
    "Cares for a parent and has no break from it.",
    "Lost a brother last year. Low mood; sees the doctor monthly.",
    "A learning disability; easily led, by the account of those who know the person well.",
    "None known to the person who wrote this.",
)
OTHER = (
    "The doctor and the housing provider know the person.",
    "The person has not been told of this referral: doing so might put others at risk.",
    "The person has been told and was upset, then said that it was fair.",
    "A youth worker has a good relationship with the family.",
)
REQUEST = (
    "Good morning,\n\nWe have received the Prevent referral below and are assessing it. Please tell us what adult "
    "social care knows of this person: safeguarding concerns now or before, care and support needs, any package of "
    "care, children, mental health, and anything that bears on whether the person may be drawn into terrorism.\n\n"
)
SENDERS = (
    ("Sergeant I. Bramcote", "i.bramcote@ctp.example"),
    ("Constable A. Wetherdale", "a.wetherdale@ctp.example"),
    ("Constable S. Larkmere", "s.larkmere@ctp.example"),
    ("Prevent desk", "desk@ctp.example"),
)
QUERIES = (
    "We cannot tell which person this is: two people of this name live in the district. Please confirm the address.",
    "The date of birth on the form cannot be right. Please check it with the referrer.",
    "Something needed is missing from the referral: the form has no address and no date of birth.",
)
FACTS = {
    "safeguarding": "One concern raised two years ago: financial abuse by a lodger. Enquiry ended; the lodger left.",
    "care_needs": "Assessed as needing help with meals, letters and getting out. Reviewed last spring.",
    "package": "Six hours of support a week from a home care provider, mornings.",
    "children": "No children. A nephew of ten visits at weekends with his father.",
    "mental_health": "Depression, treated by the doctor. No admission in the record.",
    "susceptibilities": "Isolated since moving. Relies on people met online for company.",
    "influence": "Gave money twice to a caller who claimed to be from a charity.",
    "concerns": "The support worker recorded in May that talk of 'traitors' had become frequent.",
    "vulnerabilities": "Cannot read long letters unaided; is afraid of losing the tenancy.",
    "other": "The person asks for the same worker each time and trusts her.",
}
OPINIONS = {
    "care_needs": "The worker thinks that the support is enough while the person accepts it.",
    "susceptibilities": "The worker believes that company, more than any cause, is what is sought.",
    "influence": "In the worker's view the person agrees with whoever spoke last.",
    "concerns": "It sounded repeated rather than believed.",
}
LEFT_OUT = "Names and details of relatives, and health records that do not bear on the question, were left out."
NOTES = (
    "Telephoned the named worker, who will look through the visit records for the last year and call back.",
    "Visit notes read from January. Two entries bear on the request; both are in the draft.",
    "Manager told that the answer will be ready tomorrow.",
    "The provider's care plan was asked for and has come.",
)
QUESTIONS = (
    "What support does the person have now, and who gives it?",
    "Who else lives at the address or visits often?",
    "Has the person spoken to staff about travel or about people abroad?",
    "Does the person use the internet unaided?",
)
PARTS = (
    ("Seen each Tuesday at the day centre since February; quiet, takes part in the garden group.", ""),
    ("A cousin stays in the week. No other visitor in the log.", "The cousin seems a steady influence."),
)
NECESSITY = "Policing cannot assess how susceptible the person is without it; nothing less would answer the question."
NEEDS_FOUND = ("Housing: notice to quit at the end of the month", "A carer's assessment for the sister", "Debt advice")
REFERRED_TO = ("Housing options", "Carers' service", "Advice centre")
UNMATCH_REASON = "The birth certificate shows two people: the record joined was the twin's."
