"""What a reviewer ruled on, as a short digest: an item that says something else waits again.

Digests are of where words stand, of kinds, dates and places, never of names: who was taken out of a
record cannot be guessed at by them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from khronika.model.ids import canonical, sha256

DIGITS = 16
QUOTED = ("what", "reason", "penalty", "response")


def said_of_act(plain: Mapping[str, Any]) -> str:
    """What a coder says of an act.

    Args:
        plain: the act as it is kept.
    """
    when = plain.get("when", {})
    fillers = [
        [one["role"], _place(one.get("anchor")), one.get("count"), one.get("age")]
        for one in plain.get("involvements", ())
    ]
    places = [
        [_place(one.get("anchor")), one.get("geonameid"), one.get("country", "")]
        for one in plain.get("where", ())
    ]
    told = [plain["kind"], plain["modality"], fillers, when.get("edtf", ""), places]
    return _short([*told, [_place(plain.get(name)) for name in QUOTED]])


def said_of_contradictions(told: Iterable[tuple[str, Sequence[Sequence[str]]]]) -> str:
    """What tellings contradict each other in: each attribute, and which acts stand together."""
    return _short(sorted([name, sorted(sorted(acts) for acts in sides)] for name, sides in told))


def _place(anchor: Mapping[str, Any] | None) -> list[int]:
    return [anchor["start"], anchor["end"]] if anchor else []


def _short(value: Any) -> str:
    return sha256(canonical(value))[:DIGITS]
