import pytest

from khronika.text.amounts import read_penalty


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("two years and three months", (("time", 2 * 365 + 3 * 30.4),)),
        ("пять лет", (("time", 1825),)),
        ("15 суток", (("time", 15),)),
        ("a fine of 31,500 lari", (("lari", 31500),)),
        ("74 lashes", (("lashes", 74),)),
        ("up to six years", ()),
        ("", ()),
    ],
)
def test_first_amounts_of_each_sort(text: str, amounts: tuple[tuple[str, float], ...]) -> None:
    assert read_penalty(text).amounts == amounts
