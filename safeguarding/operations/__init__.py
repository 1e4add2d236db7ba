"""What people do to protect somebody: one function for each act, in the words of those who do it."""
