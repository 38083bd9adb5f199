"""Kinds of act that one teller may call by the other's name."""

_TAKEN = frozenset({"arrest", "kidnapping", "enforced-disappearance"})
_HURT = frozenset({"torture", "assault", "sexual-violence", "denial-of-care"})
_TOGETHER = {kind: family for family in (_TAKEN, _HURT) for kind in family}


def family(kind: str) -> str:
    """What is the same for kinds that one teller may call by the other's name."""
    return min(_TOGETHER.get(kind, (kind,)))
