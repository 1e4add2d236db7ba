"""The one way in which this package gives up."""


class Problem(Exception):
    """Something is wrong with the machine or its settings; the text is one sentence fit to show."""
