"""Linear models: what they score, and the file they come in."""

import json
import re
from importlib.resources import files

import numpy as np
import pytest

from khronika.coding.learned.features import Features, bucket, stem, stems
from khronika.coding.learned.model import FILE, Linear, WeightsError, models, pack, unpack
from khronika.model.anchors import Span

LARGEST = 5 * 1024 * 1024


def a_model(outcomes: tuple[str, ...], **weights: tuple[float, ...]) -> Linear:
    rows = sorted((bucket(name), values) for name, values in weights.items())
    return Linear(
        outcomes=outcomes,
        buckets=np.array([number for number, _ in rows], dtype=np.int32),
        weights=np.array([values for _, values in rows], dtype=np.float32),
    )


def some(**values: float) -> Features:
    found = Features()
    for name, value in values.items():
        found.put(name, value)
    return found


def test_scores_are_sums_of_weighted_features() -> None:
    model = a_model(("yes", "no"), arrest=(2.0, -1.0), bias=(0.5, 0.0))
    scores = model.scores(some(arrest=1.5, bias=1.0, unknown=9.0))
    assert scores.tolist() == [3.5, -1.5]


def test_a_model_that_knows_no_feature_scores_nothing() -> None:
    model = a_model(("yes",), arrest=(2.0,))
    assert model.yes(some(unknown=1.0)) == 0.5


def test_probabilities_of_outcomes_that_exclude_each_other_sum_to_one() -> None:
    model = a_model(("a", "b", "c"), word=(1.0, 0.0, -1.0))
    found = model.one(some(word=1.0))
    assert sum(found.values()) == pytest.approx(1.0)
    assert max(found, key=lambda name: found[name]) == "a"


def test_packed_models_come_back() -> None:
    model = a_model(("a", "b"), one=(1.0, 0.5), two=(-0.25, 2.0), three=(0.0, -3.5))
    back = unpack(pack({"first": model, "second": model}))
    assert list(back) == ["first", "second"]
    assert back["second"].outcomes == ("a", "b")
    assert back["second"].buckets.tolist() == model.buckets.tolist()
    assert back["second"].weights.tolist() == model.weights.tolist()


@pytest.mark.parametrize("data", [b"", b"{}", b'{"a": {}}\nnot packed', b"\xff\n\x00"])
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(WeightsError, match="cannot be read"):
        unpack(data)


def test_the_weights_that_ship_are_small_and_hold_no_text() -> None:
    data = (files("khronika.coding.learned") / FILE).read_bytes()
    head, _, _ = data.partition(b"\n")
    assert len(data) < LARGEST
    assert {key for entry in json.loads(head).values() for key in entry} == {"outcomes", "buckets"}
    for model in models().values():
        assert all(re.fullmatch(r"[a-z -]{3,40}", name) for name in model.outcomes)


def test_stems_drop_endings_and_words_that_say_nothing() -> None:
    assert [word for word, _ in stems("The journalists were detained.")] == ["journalist", "detain"]
    assert stem("wing") == "wing"
    assert next(stems("two Arrests"))[1] == Span(0, 3)
