"""Which simple log-linear models have a finite and unique estimate on a table."""

from dataclasses import dataclass

import numpy as np

from khronika.estimation.existence import Standing, membership, reduce
from khronika.estimation.models import Model, hierarchical, independence, pairs_of
from khronika.estimation.table import CaptureTable

MOST_TRIED = 8  # lists
NAMES = {
    Standing.FITTED: "fits",
    Standing.DOES_NOT_EXIST: "does not exist",
    Standing.NOT_IDENTIFIED: "not identified",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelStanding:
    """Whether a model can be estimated on a table.

    Attributes:
        model: by the names of the lists, such as `[press*police,families]`.
        standing: "fits", "does not exist" or "not identified".
    """

    model: str
    standing: str


def model_standings(t: CaptureTable) -> tuple[ModelStanding, ...]:
    """Try the models that tell most of a table, with empty lists left out.

    Three lists: all hierarchical models. Four to eight: independence, each pair alone, and all
    pairs together. Else none.
    """
    if not t.n:
        return ()
    active = t.active()
    if not 3 <= len(active.lists) <= MOST_TRIED:
        return ()
    models = _tried(len(active.lists))
    seen = np.concatenate([[False], active.dense > 0])[:, None]
    found = reduce(seen, membership(models)).standing
    return tuple(
        ModelStanding(model=model.named(active.lists), standing=NAMES[Standing(int(code))])
        for model, code in zip(models, found, strict=True)
    )


def _tried(lists: int) -> tuple[Model, ...]:
    if lists == 3:
        return hierarchical(3)
    pairs = pairs_of(lists)
    singles = (Model.of(lists, [pair]) for pair in pairs)
    return (independence(lists), *singles, Model.of(lists, pairs))
