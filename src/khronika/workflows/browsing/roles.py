"""Roles as they are counted and listed over many acts."""

from collections.abc import Iterable

from khronika.model.acts import Role
from khronika.publish.wording import DOERS


def common(role: str) -> str:
    """A role as it is counted: who is said to have done something is alleged to have."""
    return Role.ALLEGED_PERPETRATOR.value if role in DOERS else role


def common_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """Roles once each, in the order in which they are always told."""
    found = {common(role) for role in roles}
    return tuple(role.value for role in Role if role.value in found)
