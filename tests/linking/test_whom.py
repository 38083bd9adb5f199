import pytest

from khronika.linking.spots import SpotSort, marks_of, places_of
from khronika.linking.told_days import told_days
from khronika.model.acts import Count, Modality
from linking.builders import Story, incident_of, linked, one_incident, told_apart

MARFA = "Marfa Lebedinskaya"
DAY = "2023-04-04"


def both(first: Story, second: Story, a: str, b: str) -> bool:
    return one_incident(linked(first, second), a, b)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Turgan", "Turgan", True), ("Lebedinskaya", MARFA, True), ("Marfa Sokolich", MARFA, False)],
)
def test_names_that_agree_are_enough_on_one_day_in_one_place(
    one: str, other: str, *, same: bool
) -> None:
    first, second = Story("one"), Story("two")
    a = first.act("arrest", [one], DAY, where="Lipsk")
    b = second.act("arrest", [other], DAY, where="Lipsk")
    assert both(first, second, a, b) is same


def test_namesakes_in_two_towns_are_two() -> None:
    first, second = Story("one", country="KG"), Story("two", country="KG")
    a = first.act("arrest", ["Turgan"], DAY, where="Osh")
    b = second.act("arrest", ["Turgan"], DAY, where="Bishkek")
    assert not both(first, second, a, b)


def test_a_report_of_a_person_means_that_person_where_it_names_nobody() -> None:
    first, second = Story("one"), Story("two")
    a = first.act("trial", [MARFA], DAY)
    second.act("arrest", [MARFA], "2023-02-01")
    b = second.act("trial", [], DAY)
    assert both(first, second, a, b)
    alone = Story("three")
    c = alone.act("trial", [], DAY)
    assert not both(first, alone, a, c)


def test_unless_it_tells_of_that_person_apart() -> None:
    first, second = Story("one"), Story("two")
    a = first.act("trial", [MARFA], DAY)
    second.act("trial", [MARFA], "2022-02-01")
    b = second.act("trial", [], DAY)
    assert not both(first, second, a, b)


def test_whom_the_words_of_an_act_name_speaks_for_it() -> None:
    first, second = Story("one"), Story("two")
    a = first.act("search", [MARFA], DAY, where="Lipsk")
    index = second.member(MARFA)
    b = second.act("search", ["Anton Garidin"], DAY, where="Lipsk",
                   quote=f"{MARFA}'s flat was searched on Tuesday", at=1000 * index)  # fmt: skip
    assert both(first, second, a, b)


def test_a_street_is_no_other_place_than_a_town() -> None:
    first, second = Story("one", country="KG"), Story("two", country="KG")
    a = first.act("arrest", ["volunteers"], DAY, where="Osh", by=["police"])
    b = second.act("arrest", ["volunteers"], DAY, where="Quarry Street", by=["police"])
    assert both(first, second, a, b)


def test_two_towns_are_two_places_for_people_without_names() -> None:
    first, second = Story("one", country="KG"), Story("two", country="KG")
    a = first.act("arrest", ["volunteers"], DAY, where="Osh", by=["police"])
    b = second.act("arrest", ["volunteers"], DAY, where="Bishkek", by=["police"])
    assert not both(first, second, a, b)


@pytest.mark.parametrize(("one", "same"), [("people", True), ("lawyers", False)])
def test_people_may_be_anybody(one: str, *, same: bool) -> None:
    first, second = Story("one"), Story("two")
    a = first.act("arrest", [one], DAY, where="Lipsk", by=["police"])
    b = second.act("arrest", ["protesters"], DAY, where="Lipsk", by=["police"])
    assert both(first, second, a, b) is same


def test_one_of_several_is_a_part_and_not_the_whole() -> None:
    first, second = Story("one"), Story("two")
    first.member(MARFA, description="teacher")
    a = first.act("arrest", [MARFA], DAY, where="Lipsk")
    b = second.act("arrest", ["teachers"], DAY, where="Lipsk", count=Count(least=9, most=9))
    assert not both(first, second, a, b)


def test_another_report_may_deny_what_was_told() -> None:
    first = Story("one", publisher="A", published="2023-04-05")
    second = Story("two", publisher="B", published="2023-04-07")
    first.act("search", [MARFA], "2023-03-01")
    a = first.act("arrest", [MARFA], DAY, by=["police"])
    second.act("search", [MARFA], "2023-03-01")
    b = second.act("arrest", ["employees"], modality=Modality.DENIED, by=["police"])
    links = linked(first, second)
    assert one_incident(links, a, b)
    assert [c.attribute for c in incident_of(links, a).contradictions] == ["occurrence"]


def test_one_is_killed_once_whatever_day_is_told() -> None:
    first, second = Story("one"), Story("two")
    a = first.act("killing", [MARFA], "2023-04-04")
    b = second.act("killing", [MARFA], "2023-04-11")
    links = linked(first, second)
    assert one_incident(links, a, b)
    assert [c.attribute for c in incident_of(links, a).contradictions] == ["when"]


def test_two_reports_may_call_one_deed_by_two_names() -> None:
    first, second, third = Story("one"), Story("two"), Story("three")
    a = first.act("arrest", [MARFA], DAY)
    b = second.act("kidnapping", [MARFA], DAY)
    links = linked(first, second)
    assert one_incident(links, a, b)
    assert [c.attribute for c in incident_of(links, a).contradictions] == ["kind"]
    c = third.act("kidnapping", [MARFA], DAY)
    third.act("arrest", [MARFA], "2023-04-06")
    assert not both(first, third, a, c)


def test_two_people_punished_otherwise_are_two_though_told_together() -> None:
    first, second = Story("one"), Story("two")
    a = first.act("sentence", [MARFA], DAY, penalty="three years")
    b = first.act("sentence", ["Anton Garidin"], DAY, penalty="five years")
    second.act("sentence", [MARFA, "Anton Garidin"], DAY)
    assert told_apart(linked(first, second), a, b)


@pytest.mark.parametrize(
    ("said", "found"),
    [("Nine were arrested", ["victim_count"]), ("The number rose to nine by evening", [])],
)
def test_a_later_tally_is_no_contradiction(said: str, found: list[str]) -> None:
    first, second = Story("one", published="2023-04-04"), Story("two", published="2023-04-05")
    a = first.act("arrest", ["volunteers"], DAY, where="Lipsk", count=Count(least=5, most=5))
    second.act("arrest", ["volunteers"], DAY, where="Lipsk", count=Count(least=9, most=9),
               quote=said)  # fmt: skip
    assert [c.attribute for c in incident_of(linked(first, second), a).contradictions] == found


@pytest.mark.parametrize(
    ("name", "wide", "sort"),
    [
        ("northern Uganda", True, SpotSort.TOWN),
        ("Zelenka district", True, SpotSort.OTHER),
        ("Harbour Street, Osh", False, SpotSort.TOWN),
        ("colony No. 6", True, SpotSort.SITE),
        ("Quarry Street", False, SpotSort.SITE),
        ("Zelenokamsk", False, SpotSort.OTHER),
    ],
)
def test_what_sort_of_place_a_name_is(name: str, *, wide: bool, sort: SpotSort) -> None:
    ((spot,), _, _) = places_of(((name, "", None, ""),))
    assert (spot.wide, spot.sort) == (wide, sort)


def test_marks_are_the_names_and_long_numbers_of_a_quote() -> None:
    quote = "On Monday Marfa Lebedinskaya was fined 369,200 tenge in Zelenka over 12 texts of 2021"
    marks = marks_of(quote, [MARFA])
    assert {mark for mark in marks if not mark[0].isalpha()} == {"369200", "#12"}
    assert len(marks) == 3


def test_a_day_that_the_words_name_stands_for_a_date_that_was_not_read() -> None:
    first, second, third = (Story(name, published="2023-06-11") for name in "abc")
    a = first.act("arrest", [MARFA], DAY)
    b = second.act("arrest", [MARFA], quote="Police took her on 4 April")
    c = third.act("arrest", [MARFA], quote="Police took her on 9 June")
    assert both(first, second, a, b)
    assert not both(first, third, a, c)


def test_an_act_dated_by_its_report_may_be_of_the_day_that_its_words_name() -> None:
    first, second = Story("one", published="2023-04-20"), Story("two", published="2023-04-15")
    a = first.act("sentence", [MARFA], "2023-04-20",
                  quote="Lawyers spoke today of the term given on 4 April")  # fmt: skip
    b = second.act("sentence", [MARFA], "2023-04-04")
    links = linked(first, second)
    assert one_incident(links, a, b)
    assert incident_of(links, a).contradictions == ()


@pytest.mark.parametrize(
    ("quote", "days"),
    [
        ("on 9 October and November 3rd", {1009, 1103}),
        ("31.05.2023 and 2023-06-01", {531, 601}),
        ("4 апреля, 12 жовтня", {404, 1012}),
        ("in May 2021 the 3 marched on", set()),
    ],
)
def test_days_are_read_in_three_languages(quote: str, days: set[int]) -> None:
    assert told_days(quote) == days
