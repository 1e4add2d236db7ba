"""The tables of safeguarding: what is done to protect somebody, what police found, and what was shared and why."""
