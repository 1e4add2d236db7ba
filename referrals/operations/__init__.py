"""What people do with a referral: one function for each act, in the words of those who do it."""
