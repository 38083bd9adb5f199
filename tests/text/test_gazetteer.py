import pytest

from khronika.text.gazetteer import Gazetteer, GazetteerError, PlaceKind, fold, gazetteer


@pytest.mark.parametrize(
    ("name", "usual", "country"),
    [
        ("Kyiv", "Kyiv", "UA"),
        ("Kiev", "Kyiv", "UA"),
        ("Киев", "Kyiv", "UA"),
        ("Київ", "Kyiv", "UA"),
        ("Grodno", "Hrodna", "BY"),
        ("TBILISI", "Tbilisi", "GE"),
        ("Cần Thơ", "Cần Thơ", "VN"),
        ("Can Tho", "Cần Thơ", "VN"),
        ("Chechnya", "Chechnya", "RU"),
        ("Viet Nam", "Vietnam", "VN"),
        ("Молдова", "Moldova", "MD"),
    ],
)
def test_a_name_is_found_however_it_is_written(name: str, usual: str, country: str) -> None:
    place = gazetteer().only(name)
    assert place is not None
    assert (place.name.casefold(), place.country) == (usual.casefold(), country)


def test_an_ambiguous_name_needs_evidence() -> None:
    table = gazetteer()
    assert len(table.places("Springfield")) > 1
    assert table.only("Springfield") is None
    assert table.only("Hani") is None
    hani = table.only("Hani", {"TR"})
    assert hani is not None
    assert hani.country == "TR"


def test_the_place_with_far_more_people_is_meant() -> None:
    paris = gazetteer().only("Paris")
    assert paris is not None
    assert paris.country == "FR"


@pytest.mark.parametrize(
    ("word", "country"),
    [("Belarus", "BY"), ("Belarusian", "BY"), ("Georgians", "GE"), ("Росія", "RU"), ("table", "")],
)
def test_country_of_a_name_or_adjective(word: str, country: str) -> None:
    assert gazetteer().country(word) == country


@pytest.mark.parametrize("name", ["", " ", "Qqzzx", "x" * 5000, "\x00", "the flat"])
def test_what_is_no_place_is_none(name: str) -> None:
    assert gazetteer().places(name) == ()
    assert gazetteer().only(name) is None


def test_an_adjective_is_no_place() -> None:
    assert gazetteer().only("Belarusian") is None
    assert gazetteer().places("Belarusian")[0].kind is PlaceKind.PEOPLE


def test_folding_keeps_letters_that_are_letters_of_their_own() -> None:
    assert fold("  Đắk–Lắk ") == "dak lak"
    assert fold("Київ") == "київ"
    assert fold("Чёрный") == "черный"


def test_a_broken_table_is_refused_with_a_remedy() -> None:
    with pytest.raises(GazetteerError, match="install khronika again"):
        Gazetteer(b"{}\n")
