"""What the timeline says of the events of safeguarding. The steps of each workflow say their own."""

from prevent_cases.casework.sentences import Saying, Subject, declare_workflow
from safeguarding.workflow import FEEDBACK, PROTECTION

declare_workflow(PROTECTION)
declare_workflow(FEEDBACK)
Saying("protection.opened", "began {what}", Subject.STEPS)
Saying("protection.asked_again", "asked again for {what}", Subject.STEPS)
Saying("child.turned_18", "found that the person is 18: the case is to be handed over", Subject.STEPS)
Saying("feedback.owed", "noted that feedback is owed to social care, the referrer and the parents", Subject.STEPS)
