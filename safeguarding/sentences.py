"""What the timeline says of the events of safeguarding. The steps of each workflow say their own."""

from prevent_cases.casework.sentences import Saying, Subject, declare_workflow
from safeguarding.workflow import PROTECTION

declare_workflow(PROTECTION)
Saying("protection.opened", "began {what}", Subject.STEPS)
Saying("protection.asked_again", "asked again for {what}", Subject.STEPS)
