"""Six children on hold, and what police answered: wait, suitable, not suitable, not progressed, nothing yet. Data.

Nobody in them is real.
"""

from __future__ import annotations

from prevent_cases.demo.tales import Tale, Who

CHECK_TALES = (
    Tale("orla", Who("Orla", "Fensworth", "age 14 09-02", "12 Lantern Row", "Ambersand"),
         "duty 9 0; decided 9 NO_CONCERN; first 5; police 2 WAIT", source="EDUCATION"),
    Tale("jago", Who("Jago", "Silverbeck", "age 16 05-17", "8 Ropewalk", "Gullmouth"),
         "duty 14 1; decided 13 NO_CONCERN; police 1 SUITABLE", source="HEALTH"),
    Tale("tamsin", Who("Tamsin", "Larkrise", "age 11 12-09", "40 Mill Rise", "Cotterhythe"),
         "duty 16 3; decided 16 NO_CONCERN; police 3 NOT_SUITABLE", source="EDUCATION"),
    Tale("dylan", Who("Dylan", "Thornholt", "age 15 02-21", "3 Weir Court", "Meresham"),
         "duty 11 2; decided 11 NO_CONCERN; police 2 NOT_PROGRESSED COMPROMISE", source="COMMUNITY"),
    Tale("freya", Who("Freya", "Amberleigh", "age 13 07-30", "27 Saltings", "Woldersham"),
         "duty 12 4; decided 11 NO_CONCERN; police 4 NOT_PROGRESSED MISGUIDED", source="FAMILY"),
    Tale("milo", Who("Milo", "Greystock", "age 15 10-14", "5 Chandler Mews", "Ambersand"),
         "duty 24 5; decided 23 NO_CONCERN; renewed 2 20", source="POLICE"),
)  # fmt: skip
