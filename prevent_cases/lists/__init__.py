"""The back office: staff lists, places, invitations and reviews. It sees every app's counts and no case's content."""
