"""Small turns of values into columns."""

from typing import Any

from khronika.model import edtf
from khronika.model.anchors import Anchor
from khronika.model.ids import canonical


def packed(value: Any) -> str:
    """A list as canonical JSON, for a text column."""
    return canonical(list(value)).decode()


def first_and_last(when: str) -> tuple[str, str]:
    """The first and last day that a date allows, "" where it is open or unknown."""
    if not edtf.is_valid(when):
        return "", ""
    start, end = edtf.bounds(when)
    return start.isoformat() if start else "", end.isoformat() if end else ""


def placed(anchor: Anchor | None) -> dict[str, Any]:
    """An anchor as the columns `exact`, `start`, `end`."""
    if anchor is None:
        return {"exact": None, "start": None, "end": None}
    return {"exact": anchor.exact, "start": anchor.start, "end": anchor.end}


def started(name: str, anchor: Anchor | None) -> dict[str, Any]:
    """An anchor as the columns `name` and `name_start`; its end follows from its length."""
    return {
        name: anchor.exact if anchor else None,
        f"{name}_start": anchor.start if anchor else None,
    }
