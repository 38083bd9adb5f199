"""Who is who in one report: names, short forms, descriptions, pronouns. Every name is invented."""

import pytest

from coding.reports import a_parse
from khronika.coding.cast import Cast, find_cast
from khronika.model.acts import Count, MentionForm


def the_cast(text: str) -> Cast:
    return find_cast(a_parse(text))


def names_at(text: str, word: str, *, nth: int = 0) -> list[str]:
    """Who the nth token `word` of a text stands for."""
    parsed = a_parse(text)
    cast = find_cast(parsed)
    places = [(u.index, t) for u in parsed.units for t in u.doc if t.text == word]
    unit, token = places[nth]
    return [filler.name for filler in cast.fillers(unit, token)]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Police arrested Amara Diallo. She was beaten.", "She", ["Amara Diallo"]),
        ("The lawyer Ngozi Balogun was held. Guards hit her.", "her", ["Ngozi Balogun"]),
        ("Lawyer Ngozi Balogun was held. The lawyer was later freed.", "lawyer", ["Ngozi Balogun"]),
        ("Ngozi Balogun, a lawyer, was held. Balogun was freed.", "Balogun", ["Ngozi Balogun"]),
        ("Daw Hnin Wai was fined. Police searched her flat.", "her", ["Hnin Wai"]),
    ],
)
def test_a_mention_stands_for_its_person(text: str, word: str, expected: list[str]) -> None:
    nth = 1 if word in ("lawyer", "Balogun") and text.count(word) > 1 else 0
    assert names_at(text, word, nth=nth) == expected


def test_a_body_is_known_by_its_acronym_and_head() -> None:
    cast = the_cast(
        "The Lantern Legal Aid Centre (LLAC) was raided on Monday. LLAC lost its files. "
        "The centre will appeal."
    )
    assert [m.name for m in cast.members] == ["Lantern Legal Aid Centre"]


def test_an_ambiguous_surname_is_left_as_it_stands() -> None:
    cast = the_cast(
        "Murat Ersanlar and Selim Ersanlar were tried in Izmir. Ersanlar was sentenced."
    )
    assert [m.name for m in cast.members] == ["Murat Ersanlar", "Selim Ersanlar", "Ersanlar"]


def test_a_group_has_its_own_short_words_and_count() -> None:
    parsed = a_parse("At least 14 masked men attacked the market.")
    cast = find_cast(parsed)
    token = next(t for t in parsed.units[0].doc if t.text == "men")
    (filler,) = cast.fillers(0, token)
    assert (filler.name, filler.count, filler.cast) == ("masked men", Count(least=14), None)
    assert filler.form is MentionForm.DESCRIPTION


def test_nobody_is_no_filler() -> None:
    parsed = a_parse("Nobody was charged. None of the editors was freed. No journalist was hurt.")
    cast = find_cast(parsed)
    doc = parsed.units[0].doc
    for word in ("Nobody", "None", "journalist"):
        token = next(t for t in doc if t.text == word)
        assert cast.fillers(0, token) == ()


def test_owners_follow_possessives() -> None:
    parsed = a_parse(
        "Amara Diallo was away. Officers searched her flat and the offices of Red Kite."
    )
    cast = find_cast(parsed)
    found = {
        t.text: [f.name for f in cast.owners(0, t)]
        for t in parsed.units[0].doc
        if t.text in ("flat", "offices")
    }
    assert found == {"flat": ["Amara Diallo"], "offices": ["Red Kite"]}
