"""The coders of Slavic languages agree with the examples of the codebook."""

import pytest

from coding.slavic import russian_reports, ukrainian_reports
from khronika.codebook import load
from khronika.codebook.check import check

FLOOR = 0.93  # of examples and counter-examples that come out right
CODERS = {"ru": russian_reports.coder, "uk": ukrainian_reports.coder}


@pytest.mark.parametrize("language", sorted(CODERS))
def test_the_examples_come_out_right(language: str) -> None:
    codebook = load()
    cases = [
        case
        for kind in codebook.kinds.values()
        for case in (*kind.examples, *kind.counterexamples)
        if case.language == language
    ]
    lines = [
        f"{found.kind}, {found.case}: {found.text}\n    {found.problem}"
        for found in check(codebook, CODERS[language](), language)
    ]
    assert len(lines) <= (1 - FLOOR) * len(cases), "\n".join(lines)


@pytest.mark.parametrize("language", sorted(CODERS))
def test_every_kind_can_be_said(language: str) -> None:
    kinds = load().kinds
    assert [name for name, kind in kinds.items() if language not in kind.languages] == []
