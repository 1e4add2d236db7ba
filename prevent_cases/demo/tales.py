"""The sixty referrals: who each is about, how they came, what the register holds, and what was done when. Data.

A tale's steps are "act days-ago words", separated by semicolons: days are working days before day zero (see office),
acts are the functions of acts.py. ``held`` is the person's entry in the register, where there is one; a difference
between it and the referral is a trap for whoever compares.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Who:
    """A person as the referral names them. ``born`` is ISO, empty, or "age 15 04-23" (so many calendar years ago)."""

    given: str
    family: str
    born: str
    address: str
    locality: str
    other: str = ""


@dataclass(frozen=True)
class Held:
    """The register's entry of the same (or nearly the same) person; what is empty is as the referral has it.

    ``worker`` is the key of the named worker, where the person is open.
    """

    status: str = "known"
    given: str = ""
    family: str = ""
    born: str = ""
    address: str = ""
    other: str = ""
    worker: str = ""


@dataclass(frozen=True)
class Tale:
    key: str
    who: Who
    steps: str
    held: tuple[Held, ...] = field(default=())
    source: str = "UNKNOWN"
    file: str = "eml"


OPEN_AMBERSAND = Held("open", worker="colleague")

TALES = (
    # Received: to be triaged
    Tale("ferris", Who("Ferris", "Shinglebourne", "1998-11-02", "7 Quay Row", "Ambersand"), "receive 0",
         source="EDUCATION", file="docx"),
    Tale("layla", Who("Layla", "Barzanpour", "2001-05-19", "22 Glebe Street", "Meresham"), "receive 0",
         (Held("known", given="Leila"),), source="HEALTH"),
    Tale("bob", Who("Bob", "Thornmere", "1979-08-30", "3 Tannery Lane", "Cotterhythe"), "receive 1",
         (Held("open", given="Robert", worker="zofia"),), source="COMMUNITY", file="pdf"),
    Tale("wilf-again", Who("Wilf", "Carrowmere", "1991-03-14", "4 Mill Lane", "Ambersand"), "receive 1",
         source="POLICE", file="docx"),
    Tale("shaun", Who("Shaun", "Cinderby", "1985-01-27", "61 Ropewalk Road", "Tarnbridge"), "receive 2; assign 1 ssu",
         (Held("known", given="Sean", family="Sinderby"),), source="COUNCIL"),
    Tale("hamza", Who("Hamza", "Chandargar", "1996-09-09", "15 Drover Close", "Gullmouth"),
         "receive 2; assign 2 priya", (Held("known", given="Chandargar", family="Hamza"),), source="HEALTH"),
    Tale("june", Who("June", "Wetherstead", "", "", "Saltby Sands"), "receive 4", source="FAMILY"),
    Tale("arthur", Who("Arthur", "Fallowsby", "1953-06-05", "9 Priory Avenue", "Hexcombe"), "receive 6; assign 5 otto",
         (Held("known", born="1953-05-06"),), source="COMMUNITY", file="pdf"),
    Tale("danuta", Who("Danuta", "Wisnomara", "1974-12-11", "30 Ferry Lane", "Quillford"),
         "receive 9; query 8 0; answered 1; assign 1 ssu", (Held("known"),), source="HEALTH"),
    # Asked back
    Tale("omar", Who("Omar", "Sanudoye", "1989-02-28", "88 Beacon Road", "Thistlesea"),
         "receive 8; query 7 1", source="PRISON"),
    Tale("tegan", Who("Tegan", "Marlbridge", "2003-07-21", "5 Lantern Close", "Ambersand"), "receive 5; query 4 0",
         (Held("known"), Held("known", born="2003-07-12", address="41 Lantern Close")), source="EDUCATION"),
    Tale("unnamed", Who("", "Gorsewade", "", "", "Woldersham"), "receive 3; query 2 2", source="COMMUNITY"),
    # Being checked
    Tale("joel", Who("Joel", "Pebblegrave", "1993-04-16", "12 Orchard Terrace", "Ambersand"),
         "receive 2; checks 1; assign 1 ssu", source="EDUCATION"),
    Tale("ruth", Who("Ruth", "Kestrelcombe", "1968-10-23", "2 Anchor Street", "South Hallow"), "receive 2; checks 1",
         source="FAMILY", file="docx"),
    Tale("ion", Who("Ion", "Maliklenko", "1999-01-08", "70 Hopgarden Road", "Dunreeve"), "receive 1; checks 0",
         source="POLICE"),
    Tale("nadia-again", Who("Nadia", "Mahtarzada", "1990-07-03", "18 Cobbler Street", "Cotterhythe"),
         "receive 3; match 2 SAME nadia; checks 2; assign 2 ssu", (Held("known", born="1990-03-07"),),
         source="HEALTH"),
    Tale("faith", Who("Faith", "Heronwick", "1997-02-11", "33 Mill Row", "Ambersand"),
         "receive 3; match 3 SAME grace; unmatch 2 grace; match 2 DIFFERENT grace; checks 1",
         (Held("open", worker="femi"),), source="EDUCATION", file="docx"),
    Tale("karim", Who("Karim", "Yazdanian", "1982-05-14", "6 Quay Terrace", "Saltby Sands"),
         "receive 4; checks 3; locality 3 Gullmouth; recall 1 1", (Held("open", worker="yasmin"),), source="COUNCIL"),
    Tale("elsie", Who("Elsie", "Umberthwaite", "1961-09-18", "44 Glebe Avenue", "Ambersand"),
         "receive 70; checks 69; locality 69 Ambersand; record 68; draft 66 10; submit 65; sign 64; acknowledge 63;"
         " outcome 48 no_further_action; close 45; reopen 1 0; assign 1 ssu-lead", (OPEN_AMBERSAND,), source="FAMILY"),
    # With the Area Referral Service
    Tale("rosa", Who("Rosa", "Skerrydon", "1977-03-29", "19 Beacon Lane", "Ambersand"),
         "receive 3; checks 2; area 1 Ambersand; assign 1 area", (Held("known"),), source="HEALTH"),
    Tale("tobias-3", Who("Tobias", "Rookgarth", "1986-11-12", "27 Drover Row", "Saltby Sands"),
         "receive 5; match 4 SAME tobias-2; checks 4; area 3 Ambersand; look 2 area; note 1", (Held("known"),),
         source="PRISON", file="docx"),
    Tale("glyn", Who("Glyn", "Dapplehurst", "1958-01-31", "8 Tannery Avenue", "Hexcombe"),
         "receive 2; checks 1; area 1 Hexcombe", (Held("known"),), source="COMMUNITY"),
    # Recorded by the Area Referral Service
    Tale("ayse", Who("Ayse", "Qasranoglu", "1994-06-26", "51 Lantern Road", "Cotterhythe"),
         "receive 4; checks 3; area 2 Cotterhythe; record 1", (Held("known", given="Aysha"),), source="HEALTH"),
    Tale("neville", Who("Neville", "Clemwade", "1949-12-02", "10 Priory Lane", "Quillford"),
         "receive 7; checks 6; area 5 Quillford; record 4", (Held("known"),), source="COUNCIL"),
    # With the locality team
    Tale("cora", Who("Cora", "Lindersby", "1983-08-08", "14 Ferry Street", "Ambersand"),
         "receive 3; checks 2; locality 1 Ambersand", (OPEN_AMBERSAND,), source="HEALTH", file="docx"),
    Tale("ezra", Who("Ezra", "Netherfield", "2000-02-29", "2 Ropewalk Close", "Ambersand"),
         "receive 2; checks 1; locality 0 Ambersand", (Held("open", worker="bilal"),), source="EDUCATION"),
    Tale("maud", Who("Maud", "Barnthwaite", "1944-05-05", "1 Glebe Row", "Ambersand"),
         "receive 6; checks 5; locality 3 Ambersand; assign 3 locality; note 2", (OPEN_AMBERSAND,), source="FAMILY"),
    Tale("stefan", Who("Stefan", "Radoescu", "1992-10-17", "36 Orchard Lane", "Tarnbridge"),
         "receive 5; checks 4; locality 4 Woldersham; reroute 1 Tarnbridge 1", (Held("open", worker="bronwen"),),
         source="POLICE"),
    # The answer is being prepared
    Tale("phoebe", Who("Phoebe", "Copperbrooke", "1995-01-20", "23 Anchor Road", "Ambersand"),
         "receive 9; checks 8; locality 8 Ambersand; record 7; assign 7 locality; said 7 CAPACITY ABLE; write 6 0;"
         " said 6 TOLD NOT_TOLD; seeking 5 SHARING DO_NOT_SEEK; draft 5 6",
         (OPEN_AMBERSAND,), source="HEALTH", file="docx"),
    Tale("silas", Who("Silas", "Grimstead", "1988-07-14", "5 Cobbler Lane", "Ambersand"),
         "receive 10; checks 9; locality 9 Ambersand; record 8; assign 8 locality; seeking 7 SUPPORT DEFER 20;"
         " draft 6 9; form 4 DIRECT 1 locality; ask 3 1 colleague -1; ask 3 2 wynne 1; give 1 2", (OPEN_AMBERSAND,),
         source="EDUCATION"),
    Tale("hari", Who("Harpreet", "Gulzanpal", "1980-04-04", "71 Hopgarden Street", "Ambersand"),
         "receive 13; checks 12; locality 11 Ambersand; record 10; draft 8 3; write 7 1; assign 10 locality",
         (Held("open", worker="sorrel"),), source="COUNCIL", file="pdf"),
    Tale("marcus", Who("Marcus", "Sedgeworth", "1976-06-30", "16 Quay Lane", "Cotterhythe"),
         "receive 6; checks 5; locality 5 Cotterhythe; record 4; draft 3 4; form 2 DIRECT -2 zofia",
         (Held("open", worker="zofia"),), source="PRISON"),
    Tale("bea", Who("Beatrice", "Harrowmond", "1970-11-25", "39 Mill Terrace", "Thistlesea"),
         "receive 12; checks 11; locality 11 Thistlesea; record 10; extend 4 -3; draft 3 7",
         (Held("open", worker="marta", family="Harrowmonde"),), source="FAMILY"),
    Tale("kevin", Who("Kevin", "Mansolade", "1987-09-01", "4 Drover Avenue", "Ambersand"),
         "receive 5; checks 4; area 4 Ambersand; record 3; forward 2 Ambersand; name 1 wynne INVOLVED 90;"
         " write 1 2; add 1", (Held("known", given="Kofi", other="Kevin Mansolade"),), source="POLICE"),
    Tale("iris", Who("Iris", "Fernlow", "1966-02-14", "28 Priory Road", "Meresham"),
         "receive 8; checks 7; locality 7 Meresham; conflict 6 priya; record 6; draft 4 5; form 4 VIA_SSU -1 nell;"
         " ask 3 1 alun -1; give 2 1", (Held("open", worker="nell"),), source="HEALTH"),
    # Waiting for sign-off
    Tale("conor", Who("Conor", "Tallowcroft", "1991-12-19", "11 Tannery Close", "Ambersand"),
         "receive 8; checks 7; locality 7 Ambersand; record 6; said 5 TOLD TOLD; said 5 SHARING AGREED;"
         " draft 3 10; submit 1; assign 1 locality-manager",
         (OPEN_AMBERSAND,), source="EDUCATION"),
    Tale("vera", Who("Vera", "Oakenridge", "1955-03-03", "50 Beacon Street", "Ambersand"),
         "receive 9; checks 8; locality 8 Ambersand; record 7; draft 5 10; submit 4;"
         " return 3 too_much; draft 2 8; submit 1; assign 1 locality-manager", (OPEN_AMBERSAND,), source="FAMILY"),
    Tale("pavel", Who("Pavel", "Gorskoczak", "1984-08-21", "9 Orchard Row", "Woldersham"),
         "receive 11; checks 10; locality 10 Woldersham; record 9; draft 7 9; submit 4",
         (Held("open", worker="tariq"),), source="PRISON", file="docx"),
    # Answered: waiting to hear what became of it
    Tale("gwen", Who("Gwen", "Elmcote", "1973-07-07", "20 Lantern Terrace", "Ambersand"),
         "receive 12; checks 11; locality 11 Ambersand; record 10; draft 8 10; submit 5; sign 3", (OPEN_AMBERSAND,),
         source="HEALTH"),
    Tale("ishaan", Who("Ishaan", "Vikrammal", "2002-10-10", "62 Ferry Road", "Ambersand"),
         "receive 28; checks 27; locality 27 Ambersand; record 26; draft 24 8; submit 21; sign 19; acknowledge 18",
         (OPEN_AMBERSAND,), source="EDUCATION", file="docx"),
    Tale("lorna", Who("Lorna", "Brambledale", "1969-05-28", "17 Cobbler Row", "South Hallow"),
         "receive 34; checks 33; locality 33 South Hallow; record 32; draft 30 7; submit 28; sign 26; acknowledge 25",
         (Held("open", worker="luca"),), source="COUNCIL"),
    Tale("dewi", Who("Dewi", "Willowgate", "1981-01-15", "3 Hopgarden Close", "Ambersand"),
         "receive 16; checks 15; area 15 Ambersand; record 14; forward 13 Ambersand; draft 10 9; submit 8; sign 7;"
         " acknowledge 6; form 4 VIA_SSU -3 locality; ask 2 3 colleague -2", (Held("known"),), source="PRISON"),
    Tale("samira", Who("Samira", "Halabawi", "1993-11-30", "45 Glebe Lane", "Gullmouth"),
         "receive 14; checks 13; locality 13 Gullmouth; record 12; draft 10 6; submit 9; sign 8",
         (Held("open", worker="hodan"),), source="COMMUNITY"),
    # The outcome is known: to be finished
    Tale("basil", Who("Basil", "Lockenstead", "1947-10-01", "6 Mill Close", "Ambersand"),
         "receive 32; checks 31; locality 31 Ambersand; record 30; draft 28 10; submit 26; sign 25; acknowledge 24;"
         " outcome 4 no_further_action", (OPEN_AMBERSAND,), source="FAMILY"),
    Tale("mina", Who("Minnie", "Whinshaw", "1978-12-24", "13 Quay Avenue", "Cotterhythe"),
         "receive 30; checks 29; locality 29 Cotterhythe; record 28; draft 26 9; submit 24; sign 23; acknowledge 21;"
         " outcome 2 channel; need 2 0", (Held("open", given="Wilhelmina", worker="imogen"),), source="HEALTH"),
    Tale("todd", Who("Todd", "Marlgarth", "1990-02-02", "58 Drover Street", "Hexcombe"),
         "receive 36; checks 35; area 35 Hexcombe; record 34; forward 33 Hexcombe; draft 30 7; submit 29; sign 28;"
         " outcome 7 signposted", (Held("known"),), source="POLICE", file="pdf"),
    Tale("peg", Who("Peg", "Thistlecroft", "1952-08-17", "21 Priory Street", "Ambersand"),
         "receive 29; checks 28; locality 28 Ambersand; record 27; draft 25 10; submit 23; sign 22; acknowledge 20;"
         " outcome 3 police_led; need 3 1; refer 1 1", (Held("open", given="Margaret", worker="colleague"),),
         source="COUNCIL"),
    # With children's duty
    Tale("rory", Who("Rory", "Quillbeck", "age 15 04-23", "34 Beacon Close", "Ambersand"), "receive 1; children 1",
         source="EDUCATION", file="docx"),
    Tale("amani", Who("Amani", "Dakotayo", "age 16 09-12", "8 Ropewalk Street", "Thistlesea"), "receive 1; children 0",
         source="EDUCATION"),
    Tale("leo", Who("Leo", "Fennside", "age 14 01-06", "26 Tannery Road", "Dunreeve"),
         "receive 5; children 3; assign 3 children", source="HEALTH"),
    # Closed
    Tale("wilf", Who("Wilfred", "Carrowmere", "1991-03-14", "4 Mill Lane", "Ambersand"),
         "receive 84; checks 83; nil 82", source="EDUCATION"),
    Tale("tobias-1", Who("Tobias", "Rookgarth", "1986-11-12", "90 Anchor Lane", "Cotterhythe"),
         "receive 190; checks 189; nil 189", source="POLICE"),
    Tale("eilidh", Who("Eilidh", "Gorsecombe", "2004-06-18", "31 Ferry Terrace", "Tarnbridge"),
         "receive 21; checks 20; nil 20", source="EDUCATION", file="docx"),
    Tale("usman", Who("Usman", "Iqbarvala", "1965-05-09", "77 Glebe Road", "South Hallow"),
         "receive 12; checks 11; nil 10", source="COMMUNITY"),
    Tale("nadia", Who("Nadia", "Mahtarzada", "1990-03-07", "18 Cobbler Street", "Cotterhythe"),
         "receive 120; checks 119; area 118 Cotterhythe; record 117; forward 116 Cotterhythe; draft 114 8;"
         " submit 112; sign 111; acknowledge 110; outcome 95 no_further_action; close 92", (), source="HEALTH"),
    Tale("grace", Who("Grace", "Heronwick", "1997-02-11", "33 Mill Row", "Ambersand"),
         "receive 75; checks 74; locality 74 Ambersand; record 73; draft 71 10; submit 69; sign 68; acknowledge 67;"
         " outcome 52 no_further_action; close 50", (Held("known"),), source="EDUCATION"),
    Tale("tobias-2", Who("Toby", "Rookgarth", "1986-11-12", "27 Drover Row", "Saltby Sands"),
         "receive 101; match 100 SAME tobias-1; checks 100; area 99 Ambersand; record 98; forward 97 Saltby Sands;"
         " draft 95 6; submit 93; sign 92; acknowledge 91; outcome 78 no_further_action; close 76", (),
         source="PRISON"),
    Tale("yvonne", Who("Yvonne", "Larkwell", "1959-11-08", "55 Orchard Street", "Meresham"),
         "receive 88; checks 87; locality 87 Meresham; record 86; draft 84 7; submit 82; sign 81; acknowledge 80;"
         " outcome 66 channel; need 66 1; refer 65 1; close 64", (Held("known"),), source="FAMILY", file="pdf"),
    Tale("jasper", Who("Jasper", "Cinderwade", "1972-02-20", "40 Lantern Row", "Woldersham"),
         "receive 66; checks 65; locality 65 Woldersham; record 64; draft 62 10; submit 60; sign 59; acknowledge 58;"
         " outcome 44 signposted; close 42", (Held("known"),), source="COUNCIL"),
    Tale("zeynep", Who("Zeynep", "Lazimdeh", "1998-08-13", "29 Quay Street", "Ambersand"),
         "receive 58; checks 57; locality 57 Ambersand; record 56; draft 54 9; submit 52; sign 51; acknowledge 50;"
         " form 49 DIRECT 42 locality; answer 44; outcome 36 not_disclosed; close 33", (OPEN_AMBERSAND,),
         source="HEALTH"),
)  # fmt: skip
