"""How sure each act and filler is: probabilities that hold no text and bear what is new."""

import json
import math
from pathlib import Path

import pytest

from coding.reports import a_report, english
from khronika.codebook import load
from khronika.coding import confidence
from khronika.coding.confidence import LEAST, MOST, Judge, judges
from khronika.coding.english import EnglishCoder
from khronika.model.acts import Act, Involvement, When, Where

TEXT = (
    "On 3 June 2023 police in Velmora arrested Odessa Quill, a teacher. She was beaten in custody, "
    "according to her lawyer Ivo Marsh. The ministry denied that it had closed the Rosehip centre."
)
OWN = """
group = "land"

[[kind]]
id = "house-demolition"
label = "House demolished"
definition = "A home is destroyed on purpose."
is_not = "A house that falls down."

[[kind.way]]
verbs = ["demolish"]
subject = "perpetrator"
object = "victim"
owner = true

[[kind.example]]
text = "Soldiers demolished the house of Odessa Quill."

[[kind.counterexample]]
text = "The old house fell down."
because = "nobody did it"
"""


def acts_of(text: str, *codebooks: Path) -> tuple[Act, ...]:
    report = a_report(text, published="2023-06-05")
    return EnglishCoder(english()).code([report], load(codebooks))[0].acts


def test_every_act_and_filler_has_a_probability() -> None:
    acts = acts_of(TEXT)
    assert len(acts) > 1
    for act in acts:
        parts: list[Involvement | Where | When] = [
            *act.involvements,
            *act.where,
            *([act.when] if act.when.edtf else []),
        ]
        for part in parts:
            assert part.confidence is not None
            assert 0 <= part.confidence <= act.confidence
        assert LEAST <= act.confidence <= MOST


def test_a_date_that_is_unknown_has_no_probability() -> None:
    assert {act.when.confidence for act in acts_of(TEXT) if not act.when.edtf} <= {None}


def test_the_same_report_gives_the_same_probabilities() -> None:
    assert acts_of(TEXT) == acts_of(TEXT)


def test_a_kind_that_was_never_seen_gets_a_probability_from_the_other_signs(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(OWN)
    [act] = acts_of("Soldiers demolished the house of Odessa Quill.", own)
    assert act.kind == "house-demolition"
    assert 0.5 < act.confidence < MOST


@pytest.mark.parametrize(("score", "chance"), [(0.0, 0.5), (99.0, MOST), (-99.0, LEAST)])
def test_nothing_is_certain(score: float, chance: float) -> None:
    assert Judge(weights={"sign": score}).chance(["sign", "unknown"]) == chance


def test_the_weights_are_few_and_hold_no_text() -> None:
    folder = Path(confidence.__file__).parent / "data"
    data = (folder / confidence.FILE).read_text("utf-8")
    assert len(data) < 200_000
    kinds = load().kinds
    for weights in json.loads(data)["weights"].values():
        assert all(math.isfinite(weight) for weight in weights.values())
        rules = [sign.split(" ", 1)[1] for sign in weights if sign.startswith("rule ")]
        assert {rule.split("/")[0] for rule in rules} <= set(kinds)


def test_the_models_come_with_the_package() -> None:
    assert all(getattr(judges(), part).weights for part in ("act", "involvement", "when", "where"))
