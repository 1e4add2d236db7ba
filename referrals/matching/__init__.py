"""Who is this person: keys, candidates and reasons. The machine suggests; an officer decides."""
