import random

from khronika.linking.copies import copies
from khronika.linking.facts import ReportFacts
from khronika.text.shingles import hash_words, pack, sample, words_of

WORDS = [f"word{n}" for n in range(900)]


def prose(seed: int, length: int = 240) -> list[str]:
    rng = random.Random(seed)
    return [rng.choice(WORDS) for _ in range(length)]


def a_report(
    name: str,
    words: list[str],
    *,
    published: str = "",
    publisher: str = "",
    marks: tuple[str, ...] = ("1", "2", "3", "4"),
    sources: tuple[str, ...] = (),
) -> ReportFacts:
    text = words_of(" ".join(words))
    return ReportFacts(
        id=f"rpt_{name}", name=name, published=published, publisher=publisher, words=len(text),
        shingles=pack(sample(text)), marks=pack(hash_words(marks)), sources=sources,
    )  # fmt: skip


def test_a_copy_a_quotation_a_template_and_a_stranger_are_told_apart() -> None:
    text = prose(1)
    reports = [
        a_report("a", text, published="2023-03-01"),
        a_report("b", text[:150], published="2023-03-02"),
        a_report("c", [*prose(2, 400), *text[40:100]], published="2023-03-03"),
        a_report("d", [*text[:130], *prose(3, 60)], published="2023-03-04", marks=("7", "8", "9")),
        a_report("e", prose(4), published="2023-03-05"),
    ]
    found = {(c.report, c.original): c.relation for c in copies(reports)}
    assert found[("rpt_b", "rpt_a")] == "copy"
    assert found[("rpt_c", "rpt_a")] == "quotation"
    assert found[("rpt_d", "rpt_a")] == "template"
    assert not any("rpt_e" in pair for pair in found)


def test_the_earlier_is_the_original_else_the_named_source_else_the_longer() -> None:
    text = prose(5)
    late, early = a_report("a", text, published="2023-03-02"), a_report("b", text, published="2023")
    (found,) = copies([late, early])
    assert found.original == "rpt_b"
    named = a_report("c", text, publisher="Harbour Watch")
    naming = a_report("d", text, publisher="Daily Lantern", sources=("Harbour Watch",))
    (found,) = copies([naming, named])
    assert found.original == "rpt_c"
    (found,) = copies([a_report("e", text), a_report("f", text[:200])])
    assert (found.original, found.report) == ("rpt_e", "rpt_f")
    assert found.share == 1.0


def test_a_text_that_fifty_reports_copy_is_found_in_each() -> None:
    text = prose(6)
    reports = [a_report(f"{n:02}", text, published=f"2023-01-{n % 28 + 1:02}") for n in range(50)]
    found = copies(reports)
    assert {i for c in found for i in (c.report, c.original)} == {r.id for r in reports}


def test_the_order_of_reports_does_not_matter() -> None:
    text = prose(7)
    reports = [a_report(str(n), text[n * 10 :]) for n in range(6)]
    assert copies(reports) == copies(reports[::-1])
