"""Which other readings the coder left, and what decided."""

import pytest

from coding.reports import a_report, english
from khronika.codebook import load
from khronika.coding.english import EnglishCoder
from khronika.model.acts import Act, Considered


def acts_of(text: str) -> tuple[Act, ...]:
    return EnglishCoder(english()).code([a_report(text)], load())[0].acts


def left_of(text: str, kind: str) -> list[Considered]:
    coder, report, codebook = EnglishCoder(english()), a_report(text), load()
    [act] = [act for act in coder.code([report], codebook)[0].acts if act.kind == kind]
    return list(coder.considered(report, codebook, act))


@pytest.mark.parametrize(
    ("text", "told", "left", "field"),
    [
        ("Odessa Quill was beaten in custody.", "torture", "assault", "unless"),
        ("Guards closed the Rosehip centre in Velmora.", "closure", "blocking", "object_is"),
    ],
)
def test_a_way_that_was_refused_names_the_restriction(
    text: str, told: str, left: str, field: str
) -> None:
    assert (left, field) in {(each.kind, each.field) for each in left_of(text, told)}


def test_a_list_that_forbids_names_the_word() -> None:
    found = left_of("Odessa Quill was beaten in custody.", "torture")
    assert any("'custody' forbids it" in each.because for each in found)


def test_the_construction_and_the_path_of_each_filler_are_kept() -> None:
    text = "Police arrested Odessa Quill in Velmora. She was beaten by guards."
    first, second = acts_of(text)
    assert first.evidence[0] == "active verb"
    assert second.evidence[0] == "passive verb"
    paths = {(each.role.value, each.path) for each in second.involvements}
    assert ("perpetrator", ("after 'by'", "a description, named nowhere")) in paths
    assert ("victim", ("subject", "a pronoun, last named 1 sentence before")) in paths


def test_no_name_stands_in_what_was_kept_as_evidence() -> None:
    text = "The judge Pavel Dorn fined Odessa Quill. Her brother Ivo Marsh was beaten by Dorn."
    for act in acts_of(text):
        said = " ".join((*act.evidence, *(w for i in act.involvements for w in i.path)))
        assert not {"Dorn", "Quill", "Marsh"} & set(said.replace("'", " ").split())


def test_whom_else_a_pronoun_might_mean_is_named() -> None:
    text = "Odessa Quill met Ivo Marsh. Odessa Quill spoke to Pavel Dorn. She was arrested."
    [one] = [each for each in left_of(text, "arrest") if each.field == "antecedent"]
    assert (one.word, one.kind) == ("She", "victim")
    assert "'Pavel Dorn'" in one.because
    assert "Marsh" not in one.because


def test_what_fits_alone_is_what_fired() -> None:
    """The explanation tries ways one by one; the coder's own way must be among those that fit."""
    text = "On 3 June police searched the flat of Odessa Quill. The court fined Ivo Marsh."
    coder, report, codebook = EnglishCoder(english()), a_report(text), load()
    for act in coder.code([report], codebook)[0].acts:
        assert act.rule not in {each.rule for each in coder.considered(report, codebook, act)}
