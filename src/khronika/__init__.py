"""Khronika: reports about human-rights violations into a record that can be checked."""

from typing import Any

__version__ = "0.1.0"
__all__ = ["Record", "__version__"]


def __getattr__(name: str) -> Any:
    """Load `Record` when it is first asked for, so that `import khronika` is quick."""
    if name == "Record":
        from khronika.workflows.record import Record  # noqa: PLC0415

        return Record
    raise AttributeError(f"module 'khronika' has no attribute '{name}'")
