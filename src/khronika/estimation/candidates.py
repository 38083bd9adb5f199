"""The models that are looked at for a table, and their fits.

Everything is done on the lists in an order that the counts alone decide, so no result depends on
how lists are named or ordered; models are translated back for the reader.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khronika.estimation.fitting import Fits, fit_many
from khronika.estimation.lattice import Floats
from khronika.estimation.models import (
    MOST_FOR_ALL,
    MOST_FOR_PAIRS,
    Model,
    family,
    independence,
    lists_of,
)
from khronika.estimation.table import CaptureTable

MOST_LISTS = 12  # with people; more have too many cells: 4,095 of twelve
FAMILIES = ("all", "pairs", "downhill")
MOST_STEPS = 100  # of a search for models
SPARED = 1e-6  # of the criterion: less is no step down


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Models of a table with their fits.

    Attributes:
        table: without lists that have nobody, its lists in canonical order.
        cells: its counts in the order of their keys.
        fits: of all models to it: arrays of one row.
        places: for each list of `table`, its place in the table that was given.
        width: lists of the table that was given.
        left_out: names of lists that have nobody.
        searched: True if the models were found step by step.
        order: greatest number of lists in an interaction of a search; None for all but one.
        trail: models that a search went through, from independent lists to where it ended.
    """

    table: CaptureTable
    cells: NDArray[np.int64]
    fits: Fits
    places: tuple[int, ...]
    width: int
    left_out: tuple[str, ...] = ()
    searched: bool = False
    order: int | None = None
    trail: tuple[Model, ...] = ()

    def outside(self, model: Model) -> Model:
        """A model as one of the lists of the table that was given."""
        sets = (sum(1 << self.places[j] for j in lists_of(one)) for one in model.generators)
        return Model.of(self.width, sets)

    def score(self, select: str) -> Floats:
        """The criterion of each model; inf where not fitted."""
        found: Floats = (self.fits.bic if select == "bic" else self.fits.aic)[0]
        return found


def candidates(t: CaptureTable, said: str | Model | Iterable[object], select: str) -> Candidates:
    """Fit the models that are asked for.

    Args:
        t: a table with people on at least two lists and at most twelve.
        said: as `family` reads it; "all" and "pairs" become a search where there are too many,
            "downhill" always is one.
        select: "bic" or "aic", what a search goes down by.

    Raises:
        EstimationError: for what is no model of these lists.
    """
    kept = [int(j) for j in np.flatnonzero(t.sizes)]
    ordered, turned = t.take(kept).in_order()
    places = tuple(kept[j] for j in turned)
    word = said.strip().lower() if isinstance(said, str) and is_family(said) else ""
    most = {"all": MOST_FOR_ALL, "pairs": MOST_FOR_PAIRS}.get(word)
    searched = word == "downhill" or (most is not None and len(kept) > most)
    order = 2 if word == "pairs" else None
    trail: tuple[Model, ...] = ()
    if searched:
        fits, trail = search(ordered.dense, len(kept), select, order=order)
    else:
        fits = fit_many(ordered.dense[None], _models(t, said, word, places))
    return Candidates(
        table=ordered,
        cells=ordered.dense,
        fits=fits,
        places=places,
        width=len(t.lists),
        left_out=tuple(t.lists[j] for j in range(len(t.lists)) if j not in set(kept)),
        searched=searched,
        order=order if searched else None,
        trail=trail,
    )


def is_family(said: object) -> bool:
    """Whether models are asked for by the name of a family, and not one by one."""
    return isinstance(said, str) and said.strip().lower() in FAMILIES


def search(
    cells: NDArray[np.int64], width: int, select: str, *, order: int | None = None
) -> tuple[Fits, tuple[Model, ...]]:
    """Models met on the way down from independent lists, each step to the best neighbour.

    A neighbour has one set of lists more or one less. The way ends where no neighbour is better.

    Args:
        cells: counts of the 2^J - 1 histories in the order of their keys.
        width: the number of lists.
        select: "bic" or "aic".
        order: greatest number of lists in an interaction; None for all but one.

    Returns:
        All models met with their fits, and those that were gone through.
    """
    here = independence(width)
    trail, seen = [here], {here: None}
    parts = [fit_many(cells[None], [here])]
    least = _best(parts[0], select)[1]
    for _ in range(MOST_STEPS):
        near = [one for one in neighbours(here, order or width - 1) if one not in seen]
        if not near:
            break
        seen |= dict.fromkeys(near)
        parts.append(fit_many(cells[None], near))
        place, score = _best(parts[-1], select)
        if not score < least - SPARED:
            break
        here, least = near[place], score
        trail.append(here)
    return joined(parts), tuple(trail)


def neighbours(model: Model, order: int) -> tuple[Model, ...]:
    """Models with one set of lists more or one less."""
    terms = set(model.terms)
    smaller = [
        Model.of(model.width, terms - {one}) for one in model.generators if one.bit_count() > 1
    ]
    sets = {
        one | 1 << j
        for one in terms
        if 0 < one.bit_count() < order
        for j in range(model.width)
        if not one >> j & 1
    }
    larger = [
        Model.of(model.width, terms | {one})
        for one in sets - terms
        if all(one & ~(1 << j) in terms for j in lists_of(one))
    ]
    return tuple(sorted(smaller + larger, key=lambda one: one.key))


def joined(parts: Sequence[Fits]) -> Fits:
    """Fits of several lots of models to the same tables, in the order of the models."""
    models = [model for part in parts for model in part.models]
    order = sorted(range(len(models)), key=lambda place: models[place].key)
    arrays = {
        name: np.hstack([getattr(part, name) for part in parts])[:, order]
        for name in ("unseen", "se", "loglik", "deviance", "parameters", "standing")
    }
    return Fits(models=tuple(models[place] for place in order), n=parts[0].n, **arrays)


def _best(fits: Fits, select: str) -> tuple[int, float]:
    score = (fits.bic if select == "bic" else fits.aic)[0]
    place = int(np.argmin(score))
    return place, float(score[place])


def _models(
    t: CaptureTable, said: str | Model | Iterable[object], word: str, places: Sequence[int]
) -> tuple[Model, ...]:
    names = [t.lists[j] for j in places]
    if word in {"all", "pairs"}:
        return family(word, names)
    given = dict.fromkeys(model.among(places) for model in family(said, t.lists))
    return tuple(sorted(given, key=lambda model: model.key))
