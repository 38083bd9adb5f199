"""A codebook in several languages: what a file in another language adds, and what it is refused."""

from pathlib import Path

import pytest

from khronika.codebook import CodebookError, load
from khronika.coding.lexicon import compile_lexicon

RUSSIAN = """
language = "ru"

[classes]
boats = ["катер", "баржа"]

[[kind]]
id = "kidnapping"

[[kind.way]]
verbs = ["высадить на остров", "@boats"]
subject = "perpetrator"
object = "victim"

[[kind.example]]
text = "Стражники высадили Анну Лис на остров."
victims = ["Анна Лис"]

[[kind.counterexample]]
text = "Туристов высадили на берег."
because = "an outing"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_in_another_language_adds_ways_to_a_kind(tmp_path: Path) -> None:
    before, after = load(), load([written(tmp_path, RUSSIAN)])
    assert set(after.kinds) == set(before.kinds)
    added = after.kinds["kidnapping"].ways[-1]
    assert (added.language, added.verbs[0]) == ("ru", "высадить на остров")
    assert after.kinds["kidnapping"].label == before.kinds["kidnapping"].label
    assert after.kinds["kidnapping"].examples[-1].language == "ru"
    assert after.digest != before.digest


def test_classes_of_another_language_are_its_own(tmp_path: Path) -> None:
    codebook = load([written(tmp_path, RUSSIAN)])
    assert codebook.classes_in["ru"]["boats"] == {"катер", "баржа"}
    assert "boats" not in codebook.classes


def test_the_english_coder_knows_nothing_of_other_languages() -> None:
    lexicon = compile_lexicon(load())
    words = {*lexicon.verbs, *lexicon.nouns, *lexicon.phrases}
    assert not any("\u0400" <= word[:1] <= "\u04ff" for word in words)


def test_an_english_entry_of_the_user_leaves_what_is_said_in_other_languages(
    tmp_path: Path,
) -> None:
    english = """
group = "mine"

[[kind]]
id = "kidnapping"
label = "Taken"
definition = "Somebody is taken."
is_not = "A walk."

[[kind.way]]
verbs = ["maroon"]
object = "victim"

[[kind.example]]
text = "They marooned Ada Frost."

[[kind.counterexample]]
text = "The sofa was maroon."
because = "a colour"
"""
    kind = load([written(tmp_path, english)]).kinds["kidnapping"]
    assert kind.label == "Taken"
    assert [way.verbs for way in kind.ways if way.language == "en"] == [("maroon",)]
    assert "ru" in kind.languages


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('language = "ru"', 'language = "Russian"', "'Russian' is no language"),
        ('id = "kidnapping"', 'id = "kidnaping"', "unknown kind 'kidnaping'"),
        ("[[kind.counterexample]]\n", "[[kind.example]]\n", "unknown field 'because'"),
        ('text = "Туристов высадили на берег."\nbecause = "an outing"', "", "is missing or empty"),
        ('"@boats"', '"@ferries"', "unknown class '@ferries'"),
    ],
)
def test_a_file_in_another_language_is_refused_with_a_reason(
    tmp_path: Path, was: str, becomes: str, said: str
) -> None:
    assert was in RUSSIAN
    with pytest.raises(CodebookError, match="mine") as refused:
        load([written(tmp_path, RUSSIAN.replace(was, becomes))])
    assert said in str(refused.value)


def test_each_language_that_has_ways_needs_examples_of_both_sorts(tmp_path: Path) -> None:
    text = RUSSIAN[: RUSSIAN.index("[[kind.counterexample]]")]
    with pytest.raises(CodebookError, match="0 counter-examples in 'ru', 1 are needed"):
        load([written(tmp_path, text)])
