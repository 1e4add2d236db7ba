"""Six children whose referrals came straight to duty from the local police hub: what was said, and what was done. Data.

Told as the sixty are; the acts are those of acts_of_duty.py. Nobody in them is real.
"""

from __future__ import annotations

from prevent_cases.demo.tales import Tale, Who

CHILD_TALES = (
    # Received: to be acknowledged and decided
    Tale("willa", Who("Willa", "Tansleigh", "age 14 03-11", "9 Beacon Row", "Ambersand"), "duty 0 0",
         source="EDUCATION"),
    Tale("kit", Who("Kit", "Oberlane", "age 16 11-02", "31 Hopgarden Lane", "Meresham"), "duty 1 1; acknowledged 0",
         source="COMMUNITY"),
    # Decided: on hold, on hold past its days, and protected
    Tale("juno", Who("Juno", "Marshfallow", "age 13 06-24", "17 Quay Close", "Gullmouth"),
         "duty 6 2; acknowledged 6; decided 5 NO_CONCERN", source="EDUCATION"),
    Tale("ellis", Who("Ellis", "Draycombe", "age 15 01-30", "2 Cobbler Close", "Woldersham"),
         "duty 25 3; decided 24 NO_CONCERN", source="HEALTH"),
    Tale("soren", Who("Soren", "Wickhollow", "age 15 08-19", "44 Anchor Lane", "Ambersand"),
         "duty 3 4; decided 3 SECTION_47", source="POLICE"),
    Tale("marnie", Who("Marnie", "Ashgrove", "age 12 04-07", "6 Orchard Close", "Cotterhythe"),
         "duty 12 5; acknowledged 12; decided 11 SECTION_17; told 4 REFERRER", source="EDUCATION"),
)  # fmt: skip
