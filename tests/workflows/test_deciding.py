"""`codebook check` names the words that decided, and what to do."""

from pathlib import Path

import pytest

from khronika.workflows.codebook import Disagreement, check_codebook, own_kinds

KIND = """
group = "land"

[[kind]]
id = "house-demolition"
label = "House demolished"
definition = "A home is destroyed on purpose."
is_not = "A house that falls down."

[[kind.way]]
verbs = ["demolish", "pull down"]
subject = "perpetrator"
object = "victim"
object_is = ["house"]
owner = true
unless = ["storm"]

[[kind.example]]
text = "{text}"
{more}

[[kind.counterexample]]
text = "{counter}"
because = "it is none"
"""
FINE = "Soldiers demolished the house of Odessa Quill."
NONE = "The old house fell down."


def failures(tmp_path: Path, text: str = FINE, more: str = "", counter: str = NONE) -> list[str]:
    return [line for each in failed(tmp_path, text, more, counter) for line in each.decided]


def failed(
    tmp_path: Path, text: str = FINE, more: str = "", counter: str = NONE
) -> list[Disagreement]:
    path = tmp_path / "mine.toml"
    path.write_text(KIND.format(text=text, more=more, counter=counter))
    return list(check_codebook((path,), own_kinds((path,))))


def test_a_file_that_holds_passes(tmp_path: Path) -> None:
    assert failed(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "says", "remedy"),
    [
        ("Soldiers razed the house of Ivo Marsh.", "'raze'", "add the verb"),
        ("Soldiers demolished the barn of Ivo Marsh.", "'barn' is none of: house", "object_is"),
        ("Soldiers demolished the house after the storm.", "'storm' forbids it", "unless"),
        ("The house of Ivo Marsh was not demolished.", "negated", "nothing that was done"),
    ],
)
def test_what_was_not_found_names_the_word_that_decided(
    tmp_path: Path, text: str, says: str, remedy: str
) -> None:
    [one] = failed(tmp_path, text)
    assert says in " ".join(one.decided)
    assert remedy in one.remedy


def test_what_was_found_instead_is_named(tmp_path: Path) -> None:
    assert any(
        line.startswith("arrest was found instead: 'arrested' fired arrest/verb/arrest")
        for line in failures(tmp_path, "Police arrested Odessa Quill.")
    )


def test_a_counter_example_that_was_found_names_what_fired(tmp_path: Path) -> None:
    [one] = failed(tmp_path, counter="A father demolished the house.")
    assert one.decided[0].startswith("'demolished' fired house-demolition/verb/demolish")
    assert "unless" in one.remedy


def test_a_wrong_role_says_how_it_was_filled(tmp_path: Path) -> None:
    [one] = failed(tmp_path, more='victims = ["Pavel Dorn"]')
    assert "victim 'Odessa Quill': object, after 'of', by name" in one.decided
    assert "which part fills which role" in one.remedy
