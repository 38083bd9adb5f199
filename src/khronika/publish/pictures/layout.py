"""Where the nodes of a network go: near those they are tied to, the same each time.

Stress majorisation (Gansner, Koren & North, "Graph drawing by stress majorization", 2004), begun
from a circle, so that nothing is left to chance.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ROUNDS = 120
APART = 60


def positions(count: int, ties: Sequence[tuple[int, int]]) -> Floats:
    """A place for each of so many nodes, node 0 in the middle, within -1 to 1 both ways."""
    if count == 1:
        return np.zeros((1, 2))
    wanted = _distances(count, ties)
    weights = 1 / np.maximum(wanted, 0.5) ** 2
    np.fill_diagonal(weights, 0)
    found = _circle(count)
    for _ in range(ROUNDS):
        apart = found[:, None, :] - found[None, :, :]
        length = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-9)
        pulled = (weights * wanted / length)[:, :, None] * apart
        held = (weights[:, :, None] * found[None, :, :]).sum(axis=1)
        found = (held + pulled.sum(axis=1)) / weights.sum(axis=1)[:, None]
    found = found - found[0]
    scaled: Floats = found / np.maximum(np.abs(found).max(axis=0), 1e-9)
    return scaled


def _circle(count: int) -> Floats:
    angles = 2 * np.pi * np.arange(count - 1) / max(1, count - 1)
    ring = np.stack((np.sin(angles), -np.cos(angles)), axis=1)
    return np.concatenate((np.zeros((1, 2)), ring))


def _distances(count: int, ties: Sequence[tuple[int, int]]) -> Floats:
    """Steps from node to node; those that no tie leads to lie far off."""
    found = np.full((count, count), np.inf)
    np.fill_diagonal(found, 0)
    for one, other in ties:
        found[one, other] = found[other, one] = 1
    for by in range(count):
        found = np.minimum(found, found[:, by, None] + found[None, by, :])
    found[np.isinf(found)] = 4
    return found


def spread(points: Floats, least: float, box: tuple[float, float, float, float]) -> Floats:
    """Nodes at least so far apart and within a box, as near as may be to where they were."""
    found = points.copy()
    left, top, right, bottom = box
    for _ in range(APART):
        apart = found[:, None, :] - found[None, :, :]
        length = np.sqrt((apart**2).sum(axis=2))
        near = (length < least) & ~np.eye(len(found), dtype=bool)
        if not near.any():
            break
        away = apart / np.maximum(length, 1e-6)[:, :, None]
        push = np.where(near, (least - length) / 2, 0)[:, :, None] * away
        found = found + push.sum(axis=1) * 0.6
        found[:, 0] = np.clip(found[:, 0], left, right)
        found[:, 1] = np.clip(found[:, 1], top, bottom)
    return found
