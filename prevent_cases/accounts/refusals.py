"""What an act answers when it may not happen. Imports nothing of ours, so that every act may raise it."""


class Refused(Exception):
    """The act may not happen. The message is fit to show to the person; ``field`` names what it stands beside."""

    def __init__(self, words: str = "", field: str = "") -> None:
        super().__init__(words)
        self.field = field


class StaleRecord(Refused):
    """Somebody else changed the record after this person opened it."""


class OnHold(Refused):
    """The act shares, and the case is on hold: nothing may be shared until the hold ends or is lifted for safety."""


class NotAllowed(Refused):
    """This person may not take this step on this record."""
