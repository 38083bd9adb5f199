"""How well names of bodies are told together and apart: pairs of our own, invented and public."""

from dataclasses import dataclass
from pathlib import Path

from khronika.text.bodies import compare_bodies

_PAIRS = Path(__file__).with_name("body_pairs.tsv")
_LEAST_F1 = 0.95
_LEAST_PRECISION = 0.98


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, and whether they are one body's."""

    same: bool
    one: str
    other: str


def pairs() -> list[Pair]:
    _, *lines = _PAIRS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return [Pair(label == "1", one, other) for label, _, one, other in rows]


def test_pairs_of_names_are_told_together_and_apart() -> None:
    rows = pairs()
    joined = [p for p in rows if compare_bodies(p.one, p.other).probability >= 0.5]
    right = sum(p.same for p in joined)
    precision, recall = right / len(joined), right / sum(p.same for p in rows)
    assert len(rows) >= 300
    assert precision >= _LEAST_PRECISION
    assert 2 * precision * recall / (precision + recall) >= _LEAST_F1


def test_a_comparison_does_not_depend_on_which_name_comes_first() -> None:
    for pair in pairs():
        verdict = compare_bodies(pair.one, pair.other)
        turned = compare_bodies(pair.other, pair.one)
        assert verdict.likeness is turned.likeness
        assert round(verdict.weight or 0, 6) == round(turned.weight or 0, 6)


def test_the_evidence_adds_up_to_the_weight() -> None:
    for pair in pairs():
        verdict = compare_bodies(pair.one, pair.other)
        assert verdict.evidence
        assert verdict.weight is not None
        prior = verdict.weight - sum(e.weight for e in verdict.evidence)
        assert round(prior, 6) == -6.0
