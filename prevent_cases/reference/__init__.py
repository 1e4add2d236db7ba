"""What admins keep right without a release: the directory, a procedure's words and lengths, and training."""
