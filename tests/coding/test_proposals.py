"""What the learned judge says of sentences, and what is proposed where no rule finds an act."""

import pytest
from spacy.tokens import Span

from khronika.coding.english import english_parser
from khronika.coding.learned.told import features_of, told, weightiest


def _sentence(text: str) -> Span:
    return next(iter(english_parser()(text).sents))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Guards hung the prisoner from a hook in the cellar and beat him on the soles.",
            "torture",
        ),
        ("A caller told the midwife that her sons would be found in the river.", "threat"),
        ("The court wound up the union and its paper in one morning.", "closure"),
    ],
)
def test_the_judge_knows_what_is_told(text: str, kind: str) -> None:
    chances = told(_sentence(text))
    assert max(chances, key=lambda each: chances[each]) == kind


def test_a_sentence_without_an_act_is_not_judged_to_tell_one() -> None:
    chances = told(_sentence("The bakery opens at seven, and bread costs two coins."))
    assert max(chances.values()) < 0.2


def test_names_are_no_features() -> None:
    found = features_of(list(_sentence("Zebulon Quartermain slept.")))
    assert not any("zebulon" in name or "quartermain" in name for name in found.values)


def test_the_weightiest_word_comes_first() -> None:
    ranked = list(weightiest(list(_sentence("The judge acquitted the two cooks.")), "acquittal"))
    assert ranked[0][0].lemma_ == "acquit"
