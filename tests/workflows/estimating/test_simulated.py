"""From a simulated record with a known truth to the table that its lists should give."""

from pathlib import Path

import numpy as np
import pytest

from khronika.estimation import two_list
from khronika.workflows.estimating.question import Question
from workflows.estimating.invented import a_record, lists_of_people, name

TRUTH = 400
SHARES = {"Heron Record": 0.3, "Plover Committee": 0.35, "Curlew Dispatch": 0.25}


def simulated(seed: int) -> dict[str, list[int]]:
    """Whom each publisher learns of, each on its own; many are learnt of by none."""
    rng = np.random.default_rng(seed)
    return {
        publisher: np.flatnonzero(rng.random(TRUTH) < share).tolist()
        for publisher, share in SHARES.items()
    }


def test_the_names_are_all_different() -> None:
    assert len({name(number) for number in range(TRUTH)}) == TRUTH


@pytest.fixture(scope="module")
def truth() -> dict[str, list[int]]:
    return simulated(2)


def test_the_record_gives_the_simulated_table_and_it_the_truth(
    truth: dict[str, list[int]], tmp_path: Path
) -> None:
    with a_record(tmp_path / "record", lists_of_people(truth, together=12)) as record:
        [part] = record.captures(Question(kind=("arrest",), country="BY", since="2021")).parts
        linkage = record.drawn(record.captures(Question(kind=("arrest",))), draws=3)
    expected: dict[tuple[str, ...], int] = {}
    for one in {one for found in truth.values() for one in found}:
        lists = tuple(sorted(publisher for publisher, found in truth.items() if one in found))
        expected[lists] = expected.get(lists, 0) + 1
    assert {cell.lists: cell.people for cell in part.cells} == expected
    assert linkage is not None
    assert {each.digest for each in linkage.parts[""].draws} == {part.table.digest}
    pair = two_list(part.table, "Heron Record", "Plover Committee")
    assert pair.interval is not None
    assert pair.interval.lower < TRUTH < pair.interval.upper
