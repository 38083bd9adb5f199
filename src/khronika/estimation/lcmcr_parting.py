"""Moves of the latent class model that part a class in two, or make two classes one.

Gibbs steps seldom found a class: where people fall into many lists, an empty class would have to
draw the right rates of capture by chance. Chains then sit in modes that have a class too few, or
too many. These moves leave such modes in one step.

Source:
    Dahl, "Sequentially-allocated merge-split sampler for conjugate and nonconjugate Dirichlet
    process mixture models" (2005); Jain & Neal, JCGS 13 (2004).
"""

import math

import numpy as np

from khronika.estimation.lcmcr_model import Integers
from khronika.estimation.lcmcr_state import Cells, Prior, State, alpha_density, compiled

FEW_PARTED = 1_000  # people are dealt anew every time; more, the more seldom
MOST_PARTED = 100_000  # and more never; both directions of a move deal equally many


@compiled
def split_or_merge(rng: np.random.Generator, cells: Cells, prior: Prior, state: State) -> bool:
    """One such move, with shares and rates of capture integrated out; True if it was made.

    Two people of cells drawn at random say which: if they are of one class, it is parted between
    them; if of two, these become one. The others are dealt to the two one after another, in random
    order, by what the people dealt before them tell. Shares, rates and `placed` must be drawn anew
    before they are used.
    """
    members = state.members
    c, d = int(rng.random() * len(cells.counts)), int(rng.random() * len(cells.counts))
    one = _class_of(rng, state.placed[c], cells.counts[c], -1)
    if c == d and cells.counts[c] == 1:
        return False
    other = _class_of(rng, state.placed[d], cells.counts[d], one if c == d else -1)
    parting = one == other
    empty = int(np.count_nonzero(members == 0))
    people = members[one] if parting else members[one] + members[other]
    if people > MOST_PARTED or rng.random() * people > FEW_PARTED or (parting and empty == 0):
        return False
    into = _empty_class(rng, members, empty) if parting else other
    on = np.zeros((2, state.on.shape[1]), dtype=np.int64)
    sizes = np.zeros(2, dtype=np.int64)
    _place(cells, c, on[0], sizes, 0)
    _place(cells, d, on[1], sizes, 1)
    rest, sides = _others(rng, state.placed, (one, other), (c, d))
    chance = _dealt(rng, cells, prior, (rest, sides, on, sizes), parting)
    before = _labels(state, prior)
    held = members[one], members[into]
    members[one] = sizes[0] if parting else people
    members[into] = sizes[1] if parting else 0
    parts = _told(prior, on[0], sizes[0], state.power[0]) + _told(
        prior, on[1], sizes[1], state.power[0]
    )
    whole = _told(prior, on[0] + on[1], people, state.power[0])
    gain = _labels(state, prior) - before
    if parting:
        gain += parts - whole - chance + math.log(empty)
    else:
        gain += whole - parts + chance - math.log(empty + 1)
    if not (gain >= 0.0 or rng.random() < math.exp(gain)):
        members[one], members[into] = held
        return False
    if not parting:
        on[0] += on[1]
        on[1] = 0
    state.on[one] = on[0]
    state.on[into] = on[1]
    return True


@compiled
def _class_of(rng: np.random.Generator, placed: Integers, people: int, without: int) -> int:
    """The class of somebody of a cell; not the one person of class `without` drawn before."""
    number = int(rng.random() * (people - (1 if without >= 0 else 0)))
    for k in range(len(placed)):
        number -= placed[k] - (1 if k == without else 0)
        if number < 0:
            return k
    return len(placed) - 1


@compiled
def _empty_class(rng: np.random.Generator, members: Integers, empty: int) -> int:
    number = int(rng.random() * empty)
    for k in range(len(members)):
        if members[k] == 0:
            if number == 0:
                return k
            number -= 1
    return len(members) - 1


@compiled
def _place(cells: Cells, c: int, on: Integers, sizes: Integers, side: int) -> None:
    """Count somebody of a cell, or one of the unseen, to a side."""
    sizes[side] += 1
    if c < len(cells.counts):
        for place in range(cells.first[c], cells.first[c + 1]):
            on[cells.lists[place]] += 1


@compiled
def _others(
    rng: np.random.Generator,
    placed: Integers,
    classes: tuple[int, int],
    cells_of_two: tuple[int, int],
) -> tuple[Integers, Integers]:
    """Cells of the people of the classes but the two, in random order, and the side of each."""
    one, other = classes
    people = placed[:, one].sum() + (0 if one == other else placed[:, other].sum()) - 2
    rest = np.empty(people, dtype=np.int64)
    sides = np.zeros(people, dtype=np.int64)
    at = 0
    for side in range(1 if one == other else 2):
        k = one if side == 0 else other
        for c in range(len(placed)):
            count = placed[c, k]
            if c == cells_of_two[0] and (side == 0):
                count -= 1
            if c == cells_of_two[1] and (side == 1 or one == other):
                count -= 1
            for _ in range(count):
                rest[at] = c
                sides[at] = side
                at += 1
    for last in range(people - 1, 0, -1):
        i = int(rng.random() * (last + 1))
        rest[last], rest[i] = rest[i], rest[last]
        sides[last], sides[i] = sides[i], sides[last]
    return rest, sides


@compiled
def _dealt(
    rng: np.random.Generator,
    cells: Cells,
    prior: Prior,
    hand: tuple[Integers, Integers, Integers, Integers],
    parting: bool,  # noqa: FBT001
) -> float:
    """Deal people to two sides, or find them dealt; the logarithm of the chance of that."""
    rest, sides, on, sizes = hand
    both = prior.on + prior.off
    chance = 0.0
    for at in range(len(rest)):
        c = rest[at]
        ratio = sizes[1] / sizes[0]
        over = (sizes[0] + both) / (sizes[1] + both)
        for j in range(on.shape[1]):
            ratio *= (
                over * (prior.off + (sizes[1] - on[1, j])) / (prior.off + (sizes[0] - on[0, j]))
            )
        if c < len(cells.counts):
            for place in range(cells.first[c], cells.first[c + 1]):
                j = cells.lists[place]
                ratio *= (prior.on + on[1, j]) / (prior.on + on[0, j])
                ratio *= (prior.off + (sizes[0] - on[0, j])) / (prior.off + (sizes[1] - on[1, j]))
        ratio = min(max(ratio, 1e-280), 1e280)
        if parting:
            sides[at] = 1 if rng.random() * (1.0 + ratio) < ratio else 0
        side = sides[at]
        chance -= math.log1p(1.0 / ratio) if side == 1 else math.log1p(ratio)
        _place(cells, c, on[side], sizes, side)
    return chance


@compiled
def _labels(state: State, prior: Prior) -> float:
    """Log probability of who is of which class, shares integrated out; plus a constant."""
    density = alpha_density(math.log(state.alpha[0]), state.members, prior)
    for k in range(len(state.members) - 1):
        density += math.lgamma(1.0 + state.members[k])
    return density


@compiled
def _told(prior: Prior, on: Integers, size: int, power: float) -> float:
    """Log probability of the lists of a class, rates of capture integrated out."""
    a, b = prior.on, prior.off
    whole = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    told = len(on) * (whole - math.lgamma(a + b + power * size))
    for j in range(len(on)):
        told += math.lgamma(a + power * on[j]) + math.lgamma(b + power * (size - on[j]))
    return told
