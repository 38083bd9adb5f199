"""The bundled codebook is whole, and the English coder agrees with its examples."""

import re
from functools import cache

import pytest

from khronika.codebook import Codebook, Kind, load
from khronika.codebook.check import Finding, check
from khronika.coding.english import EnglishCoder

FLOOR = 0.93  # of examples and counter-examples that come out right; raise it as the coder improves
RIGHT = re.compile(r"(?:UDHR|ICCPR|ICESCR|CAT|ICPPED) \d+")


@cache
def bundled() -> Codebook:
    return load()


@cache
def findings() -> tuple[Finding, ...]:
    return check(bundled(), EnglishCoder())


@pytest.mark.parametrize("kind", bundled().kinds.values(), ids=lambda kind: kind.id)
def test_a_kind_is_whole(kind: Kind) -> None:
    assert kind.label
    assert kind.definition.endswith(".")
    assert kind.is_not.endswith(".")
    assert all(RIGHT.fullmatch(right) for right in kind.rights)
    assert sum(each.language == "en" for each in kind.examples) >= 5
    assert sum(each.language == "en" for each in kind.counterexamples) >= 3
    assert kind.id not in kind.follows


def test_there_are_51_kinds_in_seven_groups() -> None:
    assert len(bundled().kinds) == 51
    assert len({kind.group for kind in bundled().kinds.values()}) == 7


def test_no_way_stands_twice_in_a_kind() -> None:
    for kind in bundled().kinds.values():
        assert len(set(map(repr, kind.ways))) == len(kind.ways), kind.id


def test_the_examples_come_out_right() -> None:
    kinds = bundled().kinds.values()
    cases = [case for kind in kinds for case in (*kind.examples, *kind.counterexamples)]
    total = sum(case.language == "en" for case in cases)
    lines = [f"{f.kind}, {f.case}: {f.text}\n    {f.problem}" for f in findings()]
    assert len(lines) <= (1 - FLOOR) * total, "\n".join(lines)


def test_a_coder_that_finds_nothing_fails_every_example() -> None:
    class Blind:
        def code(self, reports: object, codebook: object) -> list[object]:
            return [Nothing() for _ in reports]  # type: ignore[attr-defined]

    class Nothing:
        acts = ()

    kinds = bundled().kinds.values()
    wanted = sum(each.language == "en" for kind in kinds for each in kind.examples)
    found = check(bundled(), Blind())  # type: ignore[arg-type]
    assert len(found) == wanted
    assert {finding.problem for finding in found} == {"not found"}
