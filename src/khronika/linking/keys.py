"""Keys by which nodes are found again: 64 bits of a digest, the same on every machine."""

from hashlib import blake2b


def key_of(*parts: object) -> int:
    """A look-up key from its parts, as a signed number of 64 bits."""
    told = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big", signed=True)
