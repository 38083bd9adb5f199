"""How probable it is that two names are one person's or one body's: for programs."""

from typing import Literal

from khronika.errors import KhronikaError
from khronika.text.bodies import compare_bodies
from khronika.text.likeness import Verdict, compare_people
from khronika.text.weights import Evidence

NameKind = Literal["person", "org"]
THRESHOLD = 0.5  # from here on two names may be taken for one person's or body's


class UnknownNameKindError(KhronikaError):
    """Names are compared as people's or as organisations'."""


def same_name_probability(a: str, b: str, kind: NameKind = "person") -> float:
    """How probable it is that two names are one person's, or one organisation's.

    Names alone are judged: namesakes are two people, and no name shows it. From 0.5 (`THRESHOLD`)
    on, names may be taken for one; whoever must be surer asks for more.

    Args:
        a: a name in any script, with or without titles, patronymic, initials, in any order.
        b: another.
        kind: "person" or "org" (organisations and public bodies).

    Returns:
        A probability from 0 to 1; the same for `b, a`.

    Raises:
        UnknownNameKindError: `kind` is neither.

    Example:
        >>> same_name_probability("Халина Шаркевич", "Halina Sharkievich") > 0.9
        True
        >>> same_name_probability("Halina Sharkevich", "Alina Sharkevich") < 0.1
        True
    """
    return _compared(a, b, kind).probability


def name_evidence(a: str, b: str, kind: NameKind = "person") -> tuple[Evidence, ...]:
    """What speaks for and against two names being one: each part with its weight.

    The weights are log2 of how many times likelier it is to find that among names of one person
    than of two; with the prior of the model they add up to `same_name_probability`.

    Args:
        a: a name.
        b: another.
        kind: "person" or "org".

    Returns:
        The parts, weightiest first; `str()` of one reads `surname: the same sound, Zorin ~ Sorin
        (+11.3)`.

    Raises:
        UnknownNameKindError: `kind` is neither.
    """
    verdict = _compared(a, b, kind)
    return verdict.evidence or (Evidence("name", verdict.why, verdict.weight or 0.0, (a, b)),)


def _compared(a: str, b: str, kind: str) -> Verdict:
    if kind == "person":
        return compare_people(a, b)
    if kind == "org":
        return compare_bodies(a, b)
    raise UnknownNameKindError(
        f"Names of the kind {kind!r} cannot be compared.", remedy='Say "person" or "org".'
    )
