"""Digests of bytes and values, and salted ones that say nothing once their salt is gone."""

from khronika.model.ids import canonical, sha256


def salted(salt: str, digest: str) -> str:
    """The digest that the journal holds of a kept file: without the salt it confirms no guess.

    Args:
        salt: hexadecimal digits, random, kept beside the file's entry and erased with it.
        digest: the hexadecimal SHA-256 of the file.
    """
    return sha256(canonical(["khronika salted digest", salt, digest]))
