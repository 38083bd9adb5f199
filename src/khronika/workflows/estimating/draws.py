"""The same table under other decisions on who is who: drawn at random, and one step either way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from khronika.estimation.table import CaptureTable
from khronika.store.link_state import LinkState, fits
from khronika.store.store import Store
from khronika.store.writer import last_linked
from khronika.workflows.estimating.cells import table_of
from khronika.workflows.estimating.identities import Identities, Units, known_of
from khronika.workflows.estimating.tables import PartTable, RecordTables

STRICTER = 0.99  # one step up: what is less sure than this is two
LOOSER = 0.5  # one step down: what a reviewer is asked about is one
DRAWS = 20
SEED = 20010101  # where none is given


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageTables:
    """One part's table under other decisions on who is who.

    Attributes:
        draws: a table each, in which every unsure pair was decided by its probability.
        stricter: what is less than 99 % sure is two.
        looser: what is at least 50 % sure, and nothing speaks against, is one.
    """

    draws: tuple[CaptureTable, ...] = field(repr=False)
    stricter: CaptureTable
    looser: CaptureTable

    @property
    def distinct(self) -> int:
        """How many different tables the draws are."""
        return len({each.digest for each in self.draws})


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """How sure linking was of the persons that are counted.

    Attributes:
        parts: by part of the record.
        seed: of the draws.
        unsure: pairs of spellings that are neither surely one person nor surely two.
        namesakes: names told of in several incidents that two persons may well share.
    """

    parts: Mapping[str, LinkageTables]
    seed: int
    unsure: int
    namesakes: int


def linkage_of(
    store: Store, found: RecordTables, engine: str, *, draws: int = DRAWS, seed: int | None = None
) -> Linkage | None:
    """Decide again who is who, so often, and count again.

    Args:
        store: the record.
        found: what was counted.
        engine: what links records.
        draws: how many tables to draw for each part.
        seed: of the draws; a fixed one if None.

    Returns:
        None where what linking keeps does not fit the record.
    """
    seed = SEED if seed is None else seed
    counted = [each for part in found.parts for each, _ in part.seen]
    with store.reading() as connection:
        if not fits(connection, last_linked(connection), engine):
            return None
        who = Identities(known_of(LinkState(connection), counted), counted)
    drawn = [_drawn(who, np.random.default_rng([seed, nth])) for nth in range(draws)]
    stricter, looser = (_at(who, least) for least in (STRICTER, LOOSER))
    parts = {
        part.part: LinkageTables(
            draws=tuple(_table(part, units, f"draw {n + 1}") for n, units in enumerate(drawn)),
            stricter=_table(part, stricter, f"joined if at least {STRICTER} sure"),
            looser=_table(part, looser, f"joined if at least {LOOSER} sure"),
        )
        for part in found.parts
    }
    return Linkage(parts=parts, seed=seed, unsure=who.unsure, namesakes=who.namesakes)


def _drawn(who: Identities, rng: np.random.Generator) -> Units:
    def order(number: int) -> Sequence[int]:
        return [int(each) for each in rng.permutation(number)]

    return who.units(lambda probability: bool(rng.random() < probability), order)


def _at(who: Identities, least: float) -> Units:
    """Who is who by a threshold, decided in the order of names."""
    return who.units(lambda probability: probability >= least, range)


def _table(part: PartTable, units: Units, how: str) -> CaptureTable:
    linkage = f"{part.table.linkage}; {how}"
    made = table_of(part.seen, units.of, scope=part.table.scope, linkage=linkage)
    return replace(made, people=(), excluded=part.table.excluded)
