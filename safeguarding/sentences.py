"""What the timeline says of safeguarding's events. The steps of each workflow say their own."""

from prevent_cases.casework.sentences import Saying, Subject, declare_workflow
from safeguarding.workflow import FEEDBACK

declare_workflow(FEEDBACK)

Saying("child.turned_18", "found that the person is 18: the case is to be handed over", Subject.STEPS)
