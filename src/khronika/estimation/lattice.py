"""Sums over sets of lists, and small systems of equations, for many tables and models at once.

Arrays have a row for each of the 2^J sets of lists (list j is the bit j) and a column for each
fit, so each step is one pass over all fits. Sums over all sets above or below take J passes and no
design matrix: with X[cell, term] = (term within cell), X b is a sum below and X' y a sum above.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Whole = NDArray[np.int64]

LOST = 1e-9  # of its diagonal: a pivot under this is nothing but rounding


def above(values: Floats) -> Floats:
    """For each set, the sum over the sets that contain it."""
    sums = np.array(values, dtype=np.float64)
    for halves in _halves(sums):
        halves[:, 0] += halves[:, 1]
    return sums


def below(values: Floats) -> Floats:
    """For each set, the sum over the sets within it."""
    sums = np.array(values, dtype=np.float64)
    for halves in _halves(sums):
        halves[:, 1] += halves[:, 0]
    return sums


def _halves(sums: Floats) -> list[Floats]:
    """For each list, the sets without it and with it, as two views on the same numbers."""
    rows = sums.shape[0]
    return [
        sums.reshape(rows // (2 * step), 2, step, *sums.shape[1:])
        for step in (1 << j for j in range(rows.bit_length() - 1))
    ]


def information(sums: Floats, terms: Whole) -> Floats:
    """X' diag(m) X of the terms of each column, from the sums above of m.

    Args:
        sums: sets x columns.
        terms: p x columns, the sets that are parameters.

    Returns:
        p x p x columns.
    """
    columns = sums.shape[1]
    joint = terms[:, None, :] | terms[None, :, :]
    found: Floats = np.take(sums, joint * columns + np.arange(columns))
    return found


def cholesky(matrices: Floats) -> tuple[Floats, Bools]:
    """Lower triangles of many symmetric matrices that may be singular.

    Args:
        matrices: p x p x columns.

    Returns:
        The triangles, and which pivots stand (p x columns). A pivot that is lost to rounding
        stands in the triangle as 1 with nothing below it.
    """
    lower = np.zeros_like(matrices)
    stands = np.zeros(matrices.shape[1:], dtype=np.bool_)
    for j in range(len(matrices)):
        rest = matrices[j:, j] - np.einsum("ikb,kb->ib", lower[j:, :j], lower[j, :j])
        stands[j] = rest[0] > LOST * np.abs(matrices[j, j])
        root = np.sqrt(np.where(stands[j], rest[0], 1.0))
        lower[j, j] = root
        lower[j + 1 :, j] = np.where(stands[j], rest[1:] / root, 0.0)
    return lower, stands


def solve(lower: Floats, right: Floats) -> Floats:
    """Solutions of L L' x = b for many triangles L (p x p x columns) and b (p x columns)."""
    size = len(lower)
    found = np.array(right, dtype=np.float64)
    for j in range(size):
        found[j] -= np.einsum("kb,kb->b", lower[j, :j], found[:j])
        found[j] /= lower[j, j]
    for j in reversed(range(size)):
        found[j] -= np.einsum("kb,kb->b", lower[j + 1 :, j], found[j + 1 :])
        found[j] /= lower[j, j]
    return found
