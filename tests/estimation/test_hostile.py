"""Tables that nobody would wish for: each ends in a named error or a result that is honest."""

import math
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika import estimation
from khronika.errors import KhronikaError
from khronika.estimation import RULES, CaptureTable, Estimate, Verdict, tidy

LONGEST = 30.0  # seconds of processor time for one table; most take none
SEED = 5

# Settings that make the slow methods quick; what they say of hostile tables does not hang on them.
METHODS: Mapping[str, tuple[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "chao": ("chao", {}),
        "chao, lists apart": ("chao", {"form": "Mth"}),
        "chao, fitted": ("chao", {"form": "Mth", "fitted": True}),
        "dga": ("dga", {}),
        "diagnose": ("diagnose", {}),
        "heterogeneity": ("heterogeneity", {}),
        "internal_check": ("internal_check", {"methods": ("independence", "dga")}),
        "lcmcr": ("lcmcr", {"chains": 2, "draws": 200}),
        "loglinear": ("loglinear", {}),
        "loglinear, bca": ("loglinear", {"ci": "bca", "nboot": 15}),
        "loglinear, pairs": ("loglinear", {"models": "pairs", "average": False}),
        "stepwise": ("stepwise", {"nboot": 15}),
        "two_list": ("two_list", {}),
    }
)
OF_TABLES = ("diagnose", "internal_check")  # say much, and not one number
FOUND = [label for label, (name, _) in METHODS.items() if hasattr(estimation, name)]


def of(histories: Iterable[str], counts: Iterable[int]) -> CaptureTable:
    rows = [[place == "1" for place in history] for history in histories]
    lists = [f"L{j + 1}" for j in range(len(rows[0]))]
    return tidy(lists, np.array(rows, dtype=bool), np.array(list(counts), dtype=np.int64))


def drawn(lists: int, people: int, chance: float) -> CaptureTable:
    rows = np.random.default_rng(SEED).random((people, lists)) < chance
    return tidy([f"L{j}" for j in range(lists)], rows, np.ones(people, dtype=np.int64))


TABLES: Mapping[str, Callable[[], CaptureTable]] = MappingProxyType(
    {
        "nobody": lambda: of(["1000"], [0]),
        "one person": lambda: of(["100"], [1]),
        "one list": lambda: of(["1"], [40]),
        "one cell": lambda: of(["111"], [40]),
        "everyone on one list alone": lambda: of(["100", "010", "001"], [40, 30, 20]),
        "two lists apart": lambda: of(["10", "01"], [40, 30]),
        "two lists that are one": lambda: of(["11"], [40]),
        "one list within the other": lambda: of(["11", "10"], [40, 30]),
        "nested": lambda: of(["100", "110", "111"], [40, 30, 20]),
        "two of three lists are one": lambda: of(["110", "001", "111"], [40, 30, 20]),
        "two groups": lambda: of(["1100", "1000", "0011", "0001"], [40, 30, 20, 10]),
        "empty lists": lambda: of(["10100", "10000", "00100"], [40, 30, 20]),
        "no triple": lambda: of(["110", "101", "011"], [40, 30, 20]),
        "huge": lambda: of(["100", "010", "001", "110", "111"], [10**9, 10**8, 3, 10**7, 10]),
        "all ones": lambda: of([f"{key:04b}" for key in range(1, 16)], [1] * 15),
        "sixty lists of one person": lambda: of([f"{1 << j:060b}" for j in range(60)], [1] * 60),
        "sixty lists": lambda: drawn(60, 200, 0.05),
        "sixteen lists": lambda: drawn(16, 500, 0.2),
        "seven lists": lambda: drawn(7, 60, 0.2),
    }
)


def estimates_in(found: object) -> list[Estimate]:
    """The results in what a function gives: one, several, or a mapping of them."""
    if isinstance(found, Estimate):
        return [found]
    if isinstance(found, Mapping):
        found = list(found.values())
    if isinstance(found, (list, tuple)):
        return [one for part in found for one in estimates_in(part)]
    return []


def check(found: Estimate, documented: int) -> None:
    assert found.documented == documented
    assert found.decision.rule in RULES
    assert found.assumption.strip().endswith(".")
    assert found.provenance.table
    if found.verdict is Verdict.REFUSED:
        assert (found.estimate, found.interval, found.median) == (None, None, None)
        assert found.decision.because
        return
    numbers = [found.estimate, found.median, *(found.interval or ())]
    for number in numbers:
        assert number is None or (not math.isnan(number) and number >= documented - 1e-6)
    assert found.estimate is None or math.isfinite(found.estimate)
    if found.interval is not None:
        assert found.interval.lower <= found.interval.upper


def call(label: str, table: CaptureTable) -> None:
    started = time.process_time()
    name, settled = METHODS[label]
    found = None
    with suppress(KhronikaError):
        found = getattr(estimation, name)(table, **settled)
    assert time.process_time() - started < LONGEST
    for one in estimates_in(found):
        check(one, table.n)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("method", FOUND)
def test_a_hostile_table_ends_in_an_error_or_an_honest_result(method: str, table: str) -> None:
    call(method, TABLES[table]())


@settings(deadline=None, max_examples=8)
@pytest.mark.parametrize("method", FOUND)
@given(cells=st.lists(st.sampled_from([0, 0, 0, 1, 2, 9, 80, 5000]), min_size=7, max_size=7))
def test_any_three_lists_end_in_an_error_or_an_honest_result(method: str, cells: list[int]) -> None:
    call(method, of([f"{key:03b}" for key in range(1, 8)], cells))


@pytest.mark.parametrize("method", ["chao", "dga", "loglinear"])
def test_sums_and_pools_of_hostile_tables_are_honest(method: str) -> None:
    tables = {name: made() for name, made in TABLES.items()}
    parts = estimation.estimate_by(tables, method=method)
    check(estimation.combine(parts), sum(table.n for table in tables.values()))
    found = list(parts.estimates.values())
    check(estimation.pool(found), min(one.documented for one in found))


def told(label: str, table: CaptureTable) -> tuple[object, ...]:
    """What a method says, with every digit."""
    name, settled = METHODS[label]
    found = getattr(estimation, name)(table, **settled)
    chains = getattr(found, "chain_medians", None)
    return found.estimate, found.interval, found.se, found.median, chains, found.decision


@pytest.mark.parametrize("method", [one for one in FOUND if one not in OF_TABLES])
def test_order_and_names_of_lists_and_rows_change_no_digit(method: str) -> None:
    lists, order = (2, [1, 0]) if method == "two_list" else (4, [2, 0, 3, 1])
    table = drawn(lists, 300, 0.3)
    moved = replace(table.take(order), lists=("d", "a", "c", "b")[:lists])
    doubled = tidy(
        table.lists,
        np.vstack([table.histories[::-1]] * 2),
        np.concatenate([table.counts[::-1] - 1, np.ones_like(table.counts)]),
    )
    said = told(method, table)
    assert any(one is not None for one in said[:-1])
    assert told(method, moved) == said
    assert told(method, doubled) == said


IMPOSSIBLE = (-1, 1.5, math.nan, math.inf, 10**12, 2**70)
SETTINGS = {
    "loglinear": ("ntop", "nboot", "seed"),
    "stepwise": ("p", "nboot", "seed"),
    "dga": ("delta",),
    "lcmcr": ("K", "chains", "draws", "cap", "seed"),
    "heterogeneity": ("model",),
}


@pytest.mark.parametrize(
    ("name", "setting"), [(name, one) for name, all_of in SETTINGS.items() for one in all_of]
)
@pytest.mark.parametrize("value", IMPOSSIBLE)
def test_impossible_settings_are_named_errors_or_honest(
    name: str, setting: str, value: float
) -> None:
    settled: Mapping[str, Mapping[str, Any]] = {
        "loglinear": {"ci": "bca", "nboot": 10},
        "stepwise": {"nboot": 10},
        "lcmcr": {"chains": 2, "draws": 50},
    }
    table = drawn(3, 200, 0.3)
    with suppress(KhronikaError):
        check(
            getattr(estimation, name)(table, **{**settled.get(name, {}), setting: value}), table.n
        )
