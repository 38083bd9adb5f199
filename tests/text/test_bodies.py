import pytest

from khronika.text.bodies import compare_bodies, country_of, read_body
from khronika.text.likeness import Likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Justice", "the Justice Ministry"),
        ("Министерство юстиции", "Justice Ministry"),
        ("КГБ", "State Security Committee (KGB)"),
        ("officers of the FSB", "ФСБ"),
        ("Severny Veter", "Северный ветер"),
        ("Lipsk Human Rights Group", "Human Rights Group of Lipsk"),
        ("United Nations Human Rights Council", "UN Human Rights Council"),
    ],
)
def test_two_names_of_one_body(one: str, other: str) -> None:
    assert compare_bodies(one, other).likeness is Likeness.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Justice of Ukraine", "Ministry of Justice of Belarus"),
        ("Ministry of Justice", "Ministry of Defence"),
        ("Penal Colony No. 6", "Penal Colony No. 16"),
        ("ФСБ", "ФСО"),
        ("Lipsk City Court", "Lipsk Regional Court"),
        ("Amnesty International", "Amnesty International Ukraine"),
        ("Harbour Watch", "Harbour House"),
    ],
)
def test_two_bodies(one: str, other: str) -> None:
    assert compare_bodies(one, other).likeness is Likeness.DIFFERENT


@pytest.mark.parametrize(
    "name", ["the police", "Various organisations", "a court", "government officials"]
)
def test_common_nouns_are_generic(name: str) -> None:
    assert read_body(name).generic


@pytest.mark.parametrize(
    "name", ["Lipsk police", "Северный ветер", "HRW", "Colony No. 6", "Justice Ministry"]
)
def test_names_are_not(name: str) -> None:
    assert not read_body(name).generic


def test_an_acronym_fits_the_words_it_abbreviates() -> None:
    verdict = compare_bodies("Harbour Rights Observers", "HRO")
    assert verdict.likeness is Likeness.LIKELY
    assert "acronym" in verdict.why


def test_countries_by_name_and_adjective() -> None:
    assert [country_of(w) for w in ("Belarusian", "Казахстана", "Nigerien", "table")] == [
        "BY", "KZ", "NE", "",
    ]  # fmt: skip
