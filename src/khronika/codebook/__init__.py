"""The codebook: kinds of act as data, and the loader that checks them."""

from khronika.codebook.errors import CodebookError
from khronika.codebook.loader import load
from khronika.codebook.model import Codebook, Example, Kind, Way

__all__ = ["Codebook", "CodebookError", "Example", "Kind", "Way", "load"]
