"""The tables of this app: children's duty, protection, police checks and requests to partners."""
