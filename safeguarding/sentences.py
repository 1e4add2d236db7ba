"""What the timeline says of the events of safeguarding. The steps of each workflow say their own."""

from prevent_cases.casework.sentences import Saying, Subject, declare_workflow
from safeguarding.workflow import CHECK, FEEDBACK, PARTNER_REQUEST, PROTECTION

declare_workflow(PROTECTION)
declare_workflow(FEEDBACK)
declare_workflow(CHECK)
Saying("protection.opened", "began {what}", Subject.STEPS)
Saying("protection.asked_again", "asked again for {what}", Subject.STEPS)
Saying("protection.decided", "recorded an emergency decision by {agency}: {action}", Subject.STEPS)
Saying("protection.discussed_again", "recorded a further strategy discussion held on {held_at}: {outcome}",
       Subject.STEPS)  # fmt: skip
Saying("protection.action_done", "marked an agreed action as done", Subject.STEPS)
Saying("protection.action_not_done", "said why an agreed action was not done", Subject.STEPS)
Saying("protection.action_agreed", "added an agreed action", Subject.STEPS)
Saying("protection.child_raised", "told {told_to} of a child whom the adult cares for or lives with", Subject.STEPS)
Saying("child.turned_18", "found that the person is 18: the case is to be handed over", Subject.STEPS)
Saying("feedback.owed", "noted that feedback is owed to social care, the referrer and the parents", Subject.STEPS)
Saying("check.asked", "asked CT policing: {asked}", Subject.STEPS)
declare_workflow(PARTNER_REQUEST, Subject.SHARING)
Saying("partner.asked", "asked {agency} a question, for an answer by {due_on}", Subject.SHARING)
Saying("partner.opened", "saw that {agency} opened the question", Subject.SHARING)
