"""Pronouns, descriptions, numbers, speakers and owners. Every name is invented."""

import pytest

from coding.reports import a_parse
from khronika.coding.cast import find_cast
from khronika.model.acts import Count


def who(text: str, word: str, nth: int = 0) -> list[str]:
    """Who the nth token `word` of a text stands for."""
    parsed = a_parse(text)
    cast = find_cast(parsed)
    unit, token = [(u.index, t) for u in parsed.units for t in u.doc if t.text == word][nth]
    return [filler.name for filler in cast.fillers(unit, token)]


CASES = [
    # an object is never its own clause's subject, nor that of the verb that governs it
    ("Omar Fadel was held. Hassan Zidan struck him.", "him", ["Omar Fadel"]),
    ("Zhao Wenlong's lawyer, Liang Wenbo, was barred from meeting him.", "him", ["Zhao Wenlong"]),
    # lists, groups and numbers
    ("Ana Ruiz and Luis Pardo were held. They were beaten.", "They", ["Ana Ruiz", "Luis Pardo"]),
    ("Ana Ruiz and Luis Pardo were held. Both were beaten.", "Both", ["Ana Ruiz", "Luis Pardo"]),
    ("Kofi and his sister, Esi, were held. The siblings are free.", "siblings", ["Kofi", "Esi"]),
    ("Police held seven nurses. Five of them were freed.", "Five", ["nurses"]),
    ("Agents of the Security Bureau came. They took Ana Ruiz away.", "They", ["Security Bureau"]),
    # kin
    ("His wife, Oksana Bashuk, called. The wife was told nothing.", "wife", ["Oksana Bashuk"]),
    ("Ivan Holub was beaten. His wife, Oksana Bashuk, saw her husband.", "husband", ["Ivan Holub"]),
    # descriptions
    ("Aruzhan Beketova was held. The activist was fined.", "activist", ["Aruzhan Beketova"]),
    ("The site Kok Tobo was blocked. Police searched the site.", "site", ["Kok Tobo"]),
    ("Ruth Achieng is a nurse. The nurse was dismissed.", "nurse", ["Ruth Achieng"]),
    ("Nine editors, including Ama Osei and Kojo Mensah, were fined.", "editors",
     ["editors", "Ama Osei", "Kojo Mensah"]),
    ("The court declared Red Kite an extremist organisation.", "organisation", []),
    # bodies and what is theirs
    ("Police raided Red Kite. Its servers were taken.", "Its", ["Red Kite"]),
    ("At its congress, the Fenland Union expelled two editors.", "its", ["Fenland Union"]),
    # speakers
    ('"They threatened me," said Amina Bello.', "me", ["Amina Bello"]),
    ("An officer told Ana Ruiz: we will take your son.", "we", ["officer"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "names"), CASES, ids=[each[0][:60] for each in CASES])
def test_a_mention_stands_for(text: str, word: str, names: list[str]) -> None:
    last = sum(token == word for token in text.replace(".", " ").replace(",", " ").split()) - 1
    assert who(text, word, max(last, 0)) == names


def test_an_answer_is_told_by_whoever_is_interviewed() -> None:
    parsed = a_parse(
        "Nino Gelashvili is a lawyer in Batumi.\n\nQ: What was done to you?\n\n"
        "A: Two men hit me. They searched my flat."
    )
    cast = find_cast(parsed)
    token = next(t for t in parsed.units[2].doc if t.text == "searched")
    assert [f.name for f in cast.speakers(2, token)] == ["Nino Gelashvili"]
    flat = next(t for t in parsed.units[2].doc if t.text == "flat")
    assert [f.name for f in cast.owners(2, flat)] == ["Nino Gelashvili"]


@pytest.mark.parametrize(
    ("text", "word", "count"),
    [
        (
            "About 30 teachers stood outside.",
            "teachers",
            Count(least=30, most=30, approximate=True),
        ),
        ("Forty-one editors signed.", "editors", Count(least=41, most=41)),
        ("Dozens of nurses marched.", "Dozens", Count(least=12, approximate=True)),
        ("30.01.2020 Four men came.", "men", Count(least=4, most=4)),
    ],
)
def test_counts_are_as_the_words_say(text: str, word: str, count: Count) -> None:
    parsed = a_parse(text)
    token = next(t for t in parsed.units[0].doc if t.text == word)
    assert [f.count for f in find_cast(parsed).fillers(0, token)] == [count]


def test_affiliations_are_told_by_appositions_and_verbs() -> None:
    cast = find_cast(
        a_parse(
            "Helga Brandvold, director of the Tarn Foundation, was fined. Idris Kamal heads the "
            "centre Open Door. Tarn Foundation secretary Jon Vik was freed."
        )
    )
    found = {(a.person, a.role, a.organisation) for a in cast.affiliations}
    assert {
        ("Helga Brandvold", "director", "Tarn Foundation"),
        ("Idris Kamal", "head", "Open Door"),
        ("Jon Vik", "secretary", "Tarn Foundation"),
    } <= found


def test_a_very_long_list_is_read_without_falling_over() -> None:
    cast = find_cast(a_parse("Ana Ruiz and " * 900 + "Luis Pardo were held."))
    assert [m.name for m in cast.members] == ["Ana Ruiz", "Luis Pardo"]


@pytest.mark.parametrize(
    "text", ['"("', "U", "of the of", "Ministry of", "| | |", "them them", "٣ 5"]
)
def test_odd_text_is_read_without_falling_over(text: str) -> None:
    parsed = a_parse(text)
    cast = find_cast(parsed)
    for unit in parsed.units:
        for token in unit.doc:
            for filler in (*cast.fillers(unit.index, token), *cast.owners(unit.index, token)):
                assert parsed.anchor(unit.index, filler.start, filler.end).exact
