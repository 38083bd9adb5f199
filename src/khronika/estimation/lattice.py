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


def information(sums: Floats, terms: Whole) -> list[Floats]:
    """X' diag(m) X of the terms of each column, from the sums above of m.

    Args:
        sums: sets x columns.
        terms: p x columns, the sets that are parameters.

    Returns:
        The lower triangles, column after column of the matrices: p - j x columns for the j-th.
    """
    columns = sums.shape[1]
    here, flat = np.arange(columns), np.ascontiguousarray(sums).reshape(-1)
    return [
        flat.take((terms[j:] | terms[j]) * columns + here)  # a pair of sets is told by their union
        for j in range(len(terms))
    ]


def cholesky(matrices: list[Floats]) -> tuple[Floats, Bools]:
    """Lower triangles of many symmetric matrices that may be singular.

    Args:
        matrices: as of `information`.

    Returns:
        The triangles (p x p x columns), and which pivots stand (p x columns). A pivot that is lost
        to rounding stands in the triangle as 1 with nothing below it.
    """
    size, columns = len(matrices), matrices[0].shape[1] if matrices else 0
    lower = np.zeros((size, size, columns))
    stands = np.zeros((size, columns), dtype=np.bool_)
    for j, matrix in enumerate(matrices):
        rest = matrix - np.einsum("ikb,kb->ib", lower[j:, :j], lower[j, :j])
        stands[j] = rest[0] > LOST * np.abs(matrix[0])
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
