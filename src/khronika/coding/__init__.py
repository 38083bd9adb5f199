"""Coding: finds acts in the passages of a report by a codebook."""

from khronika.coding.coder import Coder, coder_for

__all__ = ["Coder", "coder_for"]
