"""What can be wrong with a record as a whole."""

from khronika.errors import KhronikaError


class NoRecordError(KhronikaError):
    """The folder is no record."""

    exit_status = 2


class RecordExistsError(KhronikaError):
    """A record was to be made where something lies already."""

    exit_status = 2


class NewerRecordError(KhronikaError):
    """A later version of Khronika wrote the record."""

    exit_status = 2


class OldLinksError(KhronikaError):
    """An earlier version linked the record, and kept links in another form."""

    exit_status = 2


class RecordBusyError(KhronikaError):
    """Another process is writing to the record."""


class DamagedRecordError(KhronikaError):
    """The record does not hold what its journal says."""

    exit_status = 3


class StorageError(KhronikaError):
    """The disk refused: full, read-only or failing."""
