"""What can go wrong in reviewing, and what to do about it."""

from khronika.errors import KhronikaError


class NoSuchItemError(KhronikaError):
    """The review queue has no item of that id."""

    exit_status = 2
