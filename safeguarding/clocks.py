"""The deadlines of safeguarding."""
