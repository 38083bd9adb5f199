"""The interface in its languages."""

import importlib.util
import re
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from khronika.web.language import LANGUAGES, catalogue, language, preferred

ROOT = Path(__file__).parents[2]


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "make_messages", ROOT / "tools" / "make_messages.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make_messages = load()

NAMED = re.compile(r"%\((\w+)\)[sd]")


def kept(code: str) -> Catalog:
    path = make_messages.WEB / "locale" / code / "khronika.po"
    return read_po(BytesIO(path.read_bytes()), locale=code)


@pytest.mark.parametrize("code", make_messages.LANGUAGES)
def test_everything_that_pages_say_is_translated(code: str) -> None:
    now = make_messages.updated(code)
    assert make_messages.untranslated(now) == []
    known = {str(message.id) for message in kept(code)}
    assert {str(message.id) for message in now} == known, "run tools/make_messages.py"


def texts(given: object) -> tuple[str, ...]:
    """A message, or each of its plural forms."""
    return tuple(map(str, given)) if isinstance(given, list | tuple) else (str(given or ""),)


@pytest.mark.parametrize("code", make_messages.LANGUAGES)
def test_translations_name_the_same_values(code: str) -> None:
    for message in kept(code):
        if not message.id:
            continue
        named = [set(NAMED.findall(each)) for each in texts(message.id)]
        for each in texts(message.string):
            found = set(NAMED.findall(each))
            assert set.intersection(*named) <= found <= set.union(*named), message.id
            assert "<" not in each, message.id


def test_a_catalogue_is_read_as_it_is_kept() -> None:
    assert catalogue("ru").gettext("Incidents") == "События"
    assert catalogue("en").gettext("Incidents") == "Incidents"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "en"),
        ("ru", "ru"),
        ("uk-UA,uk;q=0.9,en;q=0.8", "uk"),
        ("fr, ru;q=0.3, en;q=0.2", "ru"),
        ("de;q=x, ru;q=0", "en"),
        ("en;q=0.5,ru;q=0.5", "en"),
        (";;;,,,=", "en"),
    ],
)
def test_a_browser_says_what_it_prefers(header: str, code: str) -> None:
    assert preferred(header) == code


@pytest.mark.parametrize(
    ("edtf", "english", "russian"),
    [
        ("2023-03-14", "14 March 2023", "14 марта 2023 г."),
        ("2023-03", "March 2023", "март 2023 г."),
        ("2023", "2023", "2023"),
        ("2023-22", "summer 2023", "лето 2023 года"),
        ("../2023-03-14", "by 14 March 2023", "не позднее: 14 марта 2023 г."),
        ("2023-03/..", "since March 2023", "не ранее: март 2023 г."),
        (
            "2023-03-14/2023-03-17",
            "between 14 March 2023 and 17 March 2023",
            "14 марта 2023 г. – 17 марта 2023 г.",
        ),
        ("", "", ""),
        ("no date", "no date", "no date"),
    ],
)
def test_dates_in_words(edtf: str, english: str, russian: str) -> None:
    assert language("en").date(edtf) == english
    assert language("ru").date(edtf).replace("\u202f", " ").replace("\xa0", " ") == russian


def test_names_of_countries_and_numbers() -> None:
    assert language("uk").country("UA") == "Україна"
    assert language("en").country("QQ") == "QQ"
    assert language("ru").number(12345).replace("\xa0", " ") == "12 345"
    assert set(LANGUAGES) == {"en", "ru", "uk"}
