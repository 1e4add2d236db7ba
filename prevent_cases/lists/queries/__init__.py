"""What the pages of the lists show, as small values."""
