"""What can go wrong when an estimate is asked for."""

from khronika.errors import KhronikaError


class TableError(KhronikaError):
    """A table of captures that cannot be read, or a list that it does not have."""

    exit_status = 1


class EstimationError(KhronikaError):
    """A question that no method answers: an unknown model, an impossible setting."""

    exit_status = 2


class BelowDocumentedError(KhronikaError):
    """An estimate under the number of people documented: never a result, always a fault."""

    exit_status = 1


class MissingPartError(KhronikaError):
    """The extra `khronika[estimation]` is not installed."""

    exit_status = 1
