"""What the pages of safeguarding read: small frozen dataclasses, nothing written."""
