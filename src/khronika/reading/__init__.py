"""Read: verbatim passages with roles, language, origin, contact data."""

from khronika.reading.read import read

__all__ = ["read"]
