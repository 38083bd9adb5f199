"""What a codebook file can be refused for."""

from khronika.errors import KhronikaError


class CodebookError(KhronikaError):
    """A codebook file that cannot be used: which file, which kind, which field, what to do."""

    exit_status = 2
