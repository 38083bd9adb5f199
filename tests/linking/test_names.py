import pytest

from khronika.linking import name_evidence, same_name_probability
from khronika.linking.names import UnknownNameKindError
from khronika.linking.people import keys
from khronika.text.names import read_name


def test_a_probability_and_what_it_rests_on() -> None:
    assert same_name_probability("Galina Sharkevich", "Халіна Шаркевіч") > 0.9
    assert same_name_probability("Galina Sharkevich", "Polina Sharkevich") < 0.01
    first = name_evidence("Galina Sharkevich", "Polina Sharkevich")[0]
    assert (first.part, first.level) == ("given name", "another")


def test_bodies_are_compared_as_bodies() -> None:
    assert same_name_probability("Justice Ministry", "Ministry of Justice", kind="org") > 0.9
    assert name_evidence("Colony No. 6", "Colony No. 2", kind="org")


def test_another_kind_is_refused() -> None:
    with pytest.raises(UnknownNameKindError, match="person"):
        same_name_probability("a", "b", kind="ship")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yaraslava Kudzinovich", "Ярослава Кудинович"),
        ("M. Lebedinskaya", "Marfa Lebedinskaya"),
        ("М. Лебединская", "Marfa Lebedinskaya"),
        ("Anton Garidin", "Anton Gadirin"),
        ("Anton Garidinenko", "Anton Garidirenko"),
        ("Ali Reza Tavanir", "Alireza Tavanir"),
    ],
)
def test_names_of_one_person_share_a_key(one: str, other: str) -> None:
    assert not set(keys([read_name(one)])).isdisjoint(keys([read_name(other)]))


def test_names_that_share_a_surname_alone_share_no_key() -> None:
    one, other = read_name("Marfa Lebedinskaya"), read_name("Daria Lebedinskaya")
    assert set(keys([one])).isdisjoint(keys([other]))
