import random

from khronika.linking.mentions import NamedMention, group_mentions


def mention(number: int, name: str, place: str = "", year: str = "") -> NamedMention:
    return NamedMention(id=f"m{number:03}", name=name, place=place, year=year)


FILL = (
    "Marfa Lebed|Anton Garidin|Daria Taverna|Pavel Ostrin|Zulfiya Kasbekova|Timur Akylbekov|"
    "Halina Sharkevich|Ilya Zorin|Larisa Vetrova|Oleg Borun|Nina Saltan|Kirill Mostov|Alla Perelin"
).split("|")


def told() -> list[NamedMention]:
    """A list of people told of once, so that the others' names are as rare as names are."""
    rest = [mention(100 + n, f"{name}{end}") for n, name in enumerate(FILL) for end in ("", "ka")]
    return [m if n % 2 == 0 else mention(300 + n, m.name) for n, m in enumerate(rest)]


def test_spellings_of_one_name_are_one_person() -> None:
    groups = group_mentions(
        [
            mention(1, "Zarema Tokhtarova", "Verna"),
            mention(2, "Зарема Тохтарова", "Verna"),
            mention(3, "TOKHTAROVA Zarema", "Verna", "1971"),
            *told(),
        ]
    )
    assert ("m001", "m002", "m003") in groups


def test_two_places_or_years_are_never_one_person() -> None:
    groups = group_mentions(
        [
            mention(1, "Zarema Tokhtarova", "Verna", "1971"),
            mention(2, "Zarema Tokhtarova", "Lipsk"),
            mention(3, "Zarema Tokhtarova", "Verna", "1980"),
            *told(),
        ]
    )
    assert all(len({"m001", "m002", "m003"} & set(g)) < 2 for g in groups)


def test_the_order_of_the_list_does_not_matter() -> None:
    every = [mention(1, "Z. Tokhtarova"), mention(2, "Zarema Tokhtarova", "Verna"), *told()]
    turned = list(every)
    random.Random(3).shuffle(turned)
    assert group_mentions(every) == group_mentions(turned)
    assert group_mentions([]) == ()
