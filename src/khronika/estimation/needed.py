"""What estimates need beyond the core; importing this says so where it is missing."""

from importlib.util import find_spec

from khronika.estimation.errors import MissingPartError

NEEDED = ("scipy",)  # numba makes one method fast; all work without it


def check() -> None:
    """Refuse to go on without the libraries that compute.

    Raises:
        MissingPartError: one of them is not installed.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise MissingPartError(
            f"Estimates need {' and '.join(missing)}, which is not installed",
            remedy="Install the extra: pip install 'khronika[estimation]'",
        )


check()
