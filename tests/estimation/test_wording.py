"""The words of a report: every message in every language, with the same values."""

from string import Formatter

import pytest

from khronika.estimation import RULES, EstimationError
from khronika.estimation.wording import LANGUAGES, WORDS, Words
from khronika.estimation.wording.forms import Text

OTHERS = [one for one in LANGUAGES if one != "en"]


def values_of(text: Text) -> set[str]:
    forms = [text] if isinstance(text, str) else list(text)
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_in_every_language_with_the_same_values(language: str) -> None:
    english, other = WORDS["en"], WORDS[language]
    assert set(english) == set(other)
    for key, text in english.items():
        assert values_of(text) == values_of(other[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_counted_messages_have_all_forms_of_their_language(language: str) -> None:
    wanted = 2 if language == "en" else 3
    forms = {key: text for key, text in WORDS[language].items() if not isinstance(text, str)}
    assert forms
    assert all(len(text) == wanted for text in forms.values())


def test_every_rule_is_worded() -> None:
    assert {f"r.{rule}" for rule in RULES} <= set(WORDS["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_calls_people_dead(language: str) -> None:
    said = " ".join(str(text).casefold() for text in WORDS[language].values())
    assert not [word for word in ("death", "смерт", "гибел", "погиб", "загиб") if word in said]


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "At least 1 person is documented."),
        ("en", 4_400, "At least 4,400 people are documented."),
        ("ru", 21, "Задокументировано не менее 21 человека."),
        ("ru", 4_400, "Задокументировано не менее 4\u00a0400 человек."),
        ("uk", 1, "Задокументовано щонайменше 1 людину."),
        ("uk", 12, "Задокументовано щонайменше 12 людей."),
        ("uk", 23, "Задокументовано щонайменше 23 людини."),
    ],
)
def test_people_are_counted_in_the_form_of_the_language(
    language: str, count: int, said: str
) -> None:
    assert Words(language).counted("documented", count) == said


def test_numbers_of_a_rule_are_written_as_the_language_writes_them() -> None:
    assert Words("ru").figures("12,300.5") == "12\u00a0300,5"
    assert Words("uk").figures("no end") == "без верхнього кінця"
    assert Words("uk").figures("The latent class model") == "Модель прихованих класів"
    assert Words("en").figures("12,300") == "12,300"


def test_another_language_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(EstimationError, match="en, ru, uk"):
        Words("xx")
