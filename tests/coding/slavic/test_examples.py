"""The Russian coder agrees with the Russian examples of the codebook."""

from coding.slavic.russian_reports import coder
from khronika.codebook import load
from khronika.codebook.check import check

FLOOR = 0.93  # of examples and counter-examples that come out right


def test_the_examples_come_out_right() -> None:
    codebook = load()
    cases = [
        case
        for kind in codebook.kinds.values()
        for case in (*kind.examples, *kind.counterexamples)
        if case.language == "ru"
    ]
    lines = [
        f"{found.kind}, {found.case}: {found.text}\n    {found.problem}"
        for found in check(codebook, coder(), "ru")
    ]
    assert len(lines) <= (1 - FLOOR) * len(cases), "\n".join(lines)


def test_every_kind_can_be_said_in_russian() -> None:
    kinds = load().kinds
    assert [name for name, kind in kinds.items() if "ru" not in kind.languages] == []
