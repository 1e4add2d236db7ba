"""A practitioner writes a referral: before they start, the list of its parts, a page for each, check, send."""
