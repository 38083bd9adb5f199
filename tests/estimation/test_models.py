"""Models: what is written is what is meant, and every family has the size it must have."""

from itertools import combinations

import pytest

from khronika.estimation import EstimationError
from khronika.estimation.models import Model, family, hierarchical, pairwise, parse

FOUR = ("alpha", "beta", "gamma", "delta")
TWELVE = tuple(f"list {place}" for place in range(1, 13))


@pytest.mark.parametrize(("width", "models"), [(1, 1), (2, 1), (3, 8), (4, 113), (5, 6893)])
def test_all_hierarchical_models_are_found_once(width: int, models: int) -> None:
    found = hierarchical(width)
    assert len(found) == len(set(found)) == models


@pytest.mark.parametrize(("width", "models"), [(2, 1), (3, 8), (4, 64), (5, 1024)])
def test_models_of_pairs_are_all_subsets_of_pairs(width: int, models: int) -> None:
    assert len(set(pairwise(width))) == models
    assert max(model.order for model in pairwise(width)) <= 2


def test_hierarchical_models_of_four_lists_equal_a_search_through_all_sets() -> None:
    sets = [one for one in range(1, 15) if one.bit_count() > 1]
    found = {
        Model.of(4, chosen) for size in range(len(sets) + 1) for chosen in combinations(sets, size)
    }
    assert found == set(hierarchical(4))


@pytest.mark.parametrize(
    "said",
    [
        "[123,14,34]",
        "123, 14, 34",
        "[34,14,321,2]",
        "[1-2-3,1-4,3-4]",
        "[alpha*beta*gamma,alpha*delta,gamma*delta]",
        [(1, 2, 3), (4, 1), (3, 4)],
        [{"alpha", "beta", "gamma"}, ("alpha", "delta"), ("delta", "gamma")],
    ],
)
def test_one_model_has_many_spellings(said: object) -> None:
    assert str(parse(said, FOUR)) == "[123,14,34]"


def test_lists_that_are_not_named_stand_alone() -> None:
    assert str(parse("12", FOUR)) == "[12,3,4]"
    assert str(parse("[12,3]", FOUR)) == "[12,3,4]"


def test_more_than_nine_lists_are_written_with_hyphens() -> None:
    model = parse("[1-2-12,4-5]", TWELVE)
    assert str(model) == "[1-2-12,4-5,3,6,7,8,9,10,11]"
    assert parse(str(model), TWELVE) == model
    assert parse(model.named(TWELVE), TWELVE) == model


def test_every_model_is_read_back_from_its_notation() -> None:
    assert all(parse(str(model), FOUR) == model for model in hierarchical(4))
    assert all(parse(model.named(FOUR), FOUR) == model for model in hierarchical(4))


@pytest.mark.parametrize(
    "said",
    ["", "[]", "[1,,2]", "[15]", "[0]", "[x]", "[1234]", "[12;3]", "1" * 1_000_000, 7, None, [[]],
     [[1, 2.5]], [(True, 2)], [None]],
)  # fmt: skip
def test_what_is_no_model_is_named(said: object) -> None:
    with pytest.raises(EstimationError):
        family(said, FOUR)


def test_a_family_is_a_word_a_model_or_several_models() -> None:
    assert family("all", FOUR) == hierarchical(4)
    assert family(" Pairs ", FOUR) == pairwise(4)
    assert [str(one) for one in family("[12,3,4]", FOUR)] == ["[12,3,4]"]
    assert [str(one) for one in family(["[12]", "[1,2,3,4]", "[12,3]"], FOUR)] == [
        "[1,2,3,4]",
        "[12,3,4]",
    ]
    assert len(family([(1, 2), (3, 4)], FOUR)) == 1
    assert len(family([[(1, 2)], [(3, 4)]], FOUR)) == 2


@pytest.mark.parametrize("word", ["all", "pairs"])
def test_too_many_lists_are_refused_at_once(word: str) -> None:
    with pytest.raises(EstimationError, match="too many"):
        family(word, TWELVE)


def test_a_model_follows_its_lists() -> None:
    model = parse("[123,34]", FOUR)
    assert str(model.moved([3, 2, 1, 0])) == "[234,12]"
    assert str(model.among([0, 2, 3])) == "[12,23]"


def test_sets_too_large_to_write_out_are_refused_at_once() -> None:
    many = [f"l{j}" for j in range(60)]
    with pytest.raises(EstimationError, match="too many sets"):
        parse([range(1, 41)], many)
    with pytest.raises(EstimationError, match="no model"):
        parse([(j % 60 + 1,) for j in range(100_000)] + [(61,)], many[:30])
