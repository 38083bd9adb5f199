import random
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.linking.copies import (
    LEAST_SHARED,
    MOST_HOLDERS,
    candidates,
    copies,
    judge,
    keys,
    rank,
)
from khronika.linking.facts import ReportFacts, facts_of
from khronika.model.reports import Known, Report

WORDS = [f"word{n}" for n in range(900)]
BULLETIN = (
    "On {day} the district court of {town} fined {who} {sum} for taking part in a gathering that "
    "had not been announced in advance. The hearing lasted {minutes} minutes and no lawyer was let "
    "in, the observers of the chamber wrote. Two witnesses for the police gave the same words, and "
    "the judge refused to look at the recording that the defence had brought. {who} said in court "
    "that he would appeal. He has {days} days to do so, after which the fine is due in full."
)


def prose(seed: int, length: int = 240) -> list[str]:
    rng = random.Random(seed)
    return [rng.choice(WORDS) for _ in range(length)]


def a_report(
    name: str,
    words: list[str] | str,
    *,
    published: str = "",
    publisher: str = "",
    sources: tuple[str, ...] = (),
) -> ReportFacts:
    text = words if isinstance(words, str) else " ".join(words)
    report = Report(
        id=f"rpt_{name}", name=name, sha256="0" * 64, media_type="text/plain", encoding="utf-8",
        text=text, language=Known(value="en"), title=Known(), publisher=Known(value=publisher),
        published=Known(value=published), place=Known(), url=Known(), passages=(),
    )  # fmt: skip
    return replace(facts_of(report), sources=sources)


def bulletin(seed: int) -> str:
    rng = random.Random(seed)
    town = rng.choice(("Lipsk", "Verna", "Gorlet", "Danum", "Zelen", "Karvo", "Sarum"))
    who = f"{rng.choice(('Anton', 'Pavel', 'Timur', 'Kirill'))} {town[::-1].title()}in"
    return BULLETIN.format(
        day=f"{rng.randint(1, 28)} {rng.choice(('March', 'April', 'May', 'June'))}", town=town,
        who=who, sum=rng.randint(20, 900), minutes=rng.randint(5, 90), days=rng.randint(3, 30),
    )  # fmt: skip


def test_a_copy_a_quotation_a_template_and_a_stranger_are_told_apart() -> None:
    text = prose(1)
    reports = [
        a_report("a", text, published="2023-03-01"),
        a_report("b", text[:150], published="2023-03-02"),
        a_report("c", [*prose(2, 400), *text[40:100]], published="2023-03-03"),
        a_report("e", prose(4), published="2023-03-05"),
        a_report("f", bulletin(1), published="2023-03-06"),
        a_report("g", bulletin(2), published="2023-03-07"),
    ]
    found = {(c.report, c.original): c.relation for c in copies(reports)}
    assert found == {
        ("rpt_b", "rpt_a"): "copy",
        ("rpt_c", "rpt_a"): "quotation",
        ("rpt_c", "rpt_b"): "quotation",
        ("rpt_g", "rpt_f"): "template",
    }


def test_a_bulletin_that_is_taken_over_is_a_copy_of_it_and_of_no_other() -> None:
    reports = [
        a_report(f"{n:03}", bulletin(n), published=f"2023-{n % 12 + 1:02}") for n in range(60)
    ]
    taken = a_report("x", f"Reposted. {bulletin(33)} Read on.", published="2024")
    found = copies([*reports, taken])
    assert [(c.report, c.original) for c in found if c.relation == "copy"] == [("rpt_x", "rpt_033")]
    assert {c.relation for c in found if "rpt_033" not in (c.report, c.original)} == {"template"}


def test_case_accents_and_broken_lines_do_not_hide_a_copy() -> None:
    text = " ".join(f"régime{n} Ёлка{n} conso\u00adlidated{n}" for n in range(60))
    noisy = " ".join(
        f"REGIME{n} елка{n}\nconsoli-\ndated{n}" if n % 2 else f"régime{n} ёлка{n} consolidated{n}"
        for n in range(60)
    )
    (found,) = copies([a_report("a", text), a_report("b", noisy)])
    assert (found.relation, found.share) == ("copy", 1.0)


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
    first = min(reports, key=rank).id
    assert {c.report for c in found if c.original == first} == {r.id for r in reports} - {first}


def test_the_order_of_reports_does_not_matter() -> None:
    text = prose(7)
    reports = [a_report(str(n), text[n * 10 :]) for n in range(6)]
    assert copies(reports) == copies(reports[::-1])


@pytest.mark.parametrize("size", [40, 200, 20_000])
def test_a_report_has_few_keys_and_a_store_can_hold_them(size: int) -> None:
    found = keys(a_report("a", prose(8, size)))
    assert 8 < len(found) <= 768
    assert all(-(2**63) <= key < 2**63 for key in found)


def test_a_paragraph_of_a_very_long_report_is_found() -> None:
    text = prose(9, 15_000)
    long, short = a_report("a", text), a_report("b", [*prose(10, 60), *text[7000:7120]])
    assert len(set(keys(long)) & set(keys(short))) >= LEAST_SHARED
    assert [c.relation for c in copies([long, short])] == ["quotation"]


def lookup(report: ReportFacts, others: list[ReportFacts]) -> tuple[tuple[str, int], ...]:
    """As a store does it: of each key the first that hold it."""
    listed = sorted(others, key=rank)
    held = [[o.id for o in listed if key in keys(o)][:MOST_HOLDERS] for key in keys(report)]
    return candidates(held)


@cache
def some() -> list[ReportFacts]:
    text = prose(11, 120)
    return [
        a_report(str(n), [*text[n * 4 : 60 + n * 4], *prose(n + 20, 40)], published=f"20{n + 10}")
        for n in range(12)
    ] + [a_report(str(n), bulletin(n)) for n in (12, 13)]


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(14)))
def test_one_after_another_gives_what_all_at_once_give(order: list[int]) -> None:
    made = some()
    known: list[ReportFacts] = []
    found = []
    for number in order:
        report = made[number]
        by_id = {each.id: each for each in known}
        found += [judge(report, by_id[other], n) for other, n in lookup(report, known)]
        known.append(report)
    gathered = sorted(filter(None, found), key=lambda c: (c.report, c.original))
    assert tuple(gathered) == copies(made)


def test_which_report_is_named_first_makes_no_difference() -> None:
    one, other = a_report("a", bulletin(1)), a_report("b", bulletin(1)[:300])
    assert judge(one, other, 9) == judge(other, one, 9) is not None
    assert judge(one, other, LEAST_SHARED - 1) is None


def test_facts_made_in_another_way_are_compared_with_nothing() -> None:
    report = a_report("a", prose(12))
    old = replace(report, id="rpt_old", shingles=report.shingles[2:], marks="")
    assert keys(old) == ()
    assert judge(report, old, 9) is None
