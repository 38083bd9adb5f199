"""A report in Russian or Ukrainian has no English sentence in it."""

import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import khronika.estimation
from estimation.results_made import overlapping, result, table
from khronika.estimation import (
    Excluded,
    Note,
    add_up,
    decide,
    families,
    lcmcr,
    report,
    sensitivity,
    tidy,
)
from khronika.estimation.notes import NOTES, noted
from khronika.estimation.report_text import because
from khronika.estimation.report_values import Report
from khronika.estimation.verdicts import NAMES
from khronika.estimation.wording import WORDS, Words
from khronika.workflows import estimating
from khronika.workflows.estimating import origins, scoped, tables

OTHERS = ("ru", "uk")
OF_RECORDS = {
    "same-name", "like-name", "said-to-be-one", "repeats", "small-lists",
    "several-kinds", "several-parts", "withdrawn", "linking-unfit",
}  # fmt: skip
# Latin words that are no English: symbols, formats, what a program is told or is made of.
ALLOWED = {
    "sha", "json", "hat", "beta", "exp", "bic", "numba", "ci", "bca",
    "resamples", "quick", "no", "yes", "seed",
    "khronika", "python", "numpy", "scipy", "not", "installed",
}  # fmt: skip

TABLES = {
    "one list": table(a=40),
    "few on both": table(a=40, b=30, ab=5),
    "two lists": table(a=40, b=30, ab=20),
    "small lists": table(a=40, b=30, ab=20, bc=2),
    "apart": table(a=40, b=30, ab=20, c=30, d=40, cd=20),
    "copied": table(ab=40, abc=9, c=30),
    "a chain": table(a=40, b=30, c=30, d=30, ab=9, bc=9, cd=9),
    "three": overlapping(),
    "pairs empty": table(a=90, b=80, c=70, d=60, ab=12, bc=14, cd=11, abc=1),
    "seven": table(
        a=40, b=40, c=40, d=30, e=30, f=30, g=30, ab=9, bc=9, cd=9, de=8, ef=8, fg=8, ag=7, ad=6,
        be=5, cf=6, dg=4, abc=3,
    ),
}  # fmt: skip


reporting = sys.modules["khronika.estimation.report"]  # the name there is the function's


@pytest.fixture(autouse=True)
def _few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too few to agree, but enough to be told of."""
    monkeypatch.setattr(families, "lcmcr", partial(lcmcr, draws=400, chains=4))
    monkeypatch.setattr(sensitivity, "lcmcr", partial(lcmcr, draws=400, chains=4))
    monkeypatch.setattr(sensitivity, "MOST_LISTS_LEFT_OUT", 4)
    monkeypatch.setattr(reporting, "QUICK", replace(families.QUICK, resamples=20))


def english_in(text: str) -> list[str]:
    """Latin words of two letters or more that are not allowed; names of lists have one letter."""
    return [one for one in re.findall(r"[A-Za-z]{2,}", text) if one.casefold() not in ALLOWED]


def told(one: Report, language: str) -> str:
    return re.sub(r"\b[0-9a-f]{64}\b", "", one.text(language).replace("SHA-256", ""))


@pytest.mark.parametrize("name", TABLES)
def test_a_report_has_no_english_in_another_language(name: str) -> None:
    made = report(TABLES[name], quick=True)
    for language in OTHERS:
        assert english_in(told(made, language)) == [], language


def test_reports_of_linkings_and_of_parts_have_none_either() -> None:
    near = table(a=120, b=90, c=70, ab=25, ac=20, bc=15, abc=6)
    linked = report(overlapping(), quick=True, linkages=[overlapping(), near])
    assert [note.id for note in linked.estimates["pooled dga"].notes] == ["documented-varies"]
    parts = {"а": linked, "б": report(TABLES["one list"]), "в": report(TABLES["two lists"])}
    for language in OTHERS:
        assert english_in(told(linked, language)) == []
        assert english_in(add_up(parts, seed=1).text(language)) == []


def test_too_many_lists_for_a_method_name_those_that_may_belong_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(families, "lcmcr", partial(lcmcr, draws=40, chains=2))
    # l1 and l2 share far more people than lists of their size would by chance.
    rng = np.random.default_rng(7)
    on = rng.random((900, 13)) < 0.12
    on[:, 2] = np.where(rng.random(900) < 0.6, on[:, 1], on[:, 2])
    on = on[on.any(axis=1)]
    made = report(
        tidy([f"l{j}" for j in range(13)], on, np.ones(len(on), dtype=np.int64)), quick=True
    )
    assert made.estimates["dga"].estimate is not None
    assert made.decision.rule == "few-families"
    for language, said in (
        ("en", "These lists share most people for their size: l1 + l2;"),
        ("ru", "Больше всего общих людей для своей величины у списков l1 + l2;"),
        ("uk", "Найбільше спільних людей як на свою величину мають списки l1 + l2;"),
    ):
        text = " ".join(made.text(language).split())
        assert said in text
        assert "12" in text


def test_a_list_with_nobody_is_told_of_once_for_all_methods() -> None:
    wider = table(a=120, b=90, c=70, ab=30, ac=25, bc=20, abc=8, z=1)
    gone = wider.histories[:, 3]
    made = report(
        replace(wider, histories=wider.histories[~gone], counts=wider.counts[~gone]), quick=True
    )
    for language in (*OTHERS, "en"):
        said = Words(language).note(noted("empty-lists", lists=["z"]))
        assert " ".join(made.text(language).split()).count(said) == 1


def test_what_a_record_counted_is_told_in_the_language() -> None:
    asked = "any country; from 2023 to 2024"
    of_record = replace(
        TABLES["two lists"],
        scope=asked,
        excluded=(Excluded(people=3, reason="in another country"),),
    )
    made = report(of_record)
    assert asked in made.text()
    for language, scope, left_out in (
        ("ru", "любая страна; с 2023 по 2024", "3 человека: в другой стране"),
        ("uk", "будь-яка країна; з 2023 до 2024", "3 людини: в іншій країні"),
    ):
        assert english_in(told(made, language)) == []
        assert scope in made.text(language)
        assert left_out in " ".join(made.text(language).split())


@pytest.mark.parametrize(
    ("told_as", "said"),
    [
        ("since 2023-05", "с 2023-05"),
        ("until 2024", "до 2024 включительно"),
        ("any time", "любое время"),
        ("arrest or denial-of-care or fine", "arrest или denial-of-care или fine"),
        ("since the flood", "since the flood"),
        ("from here to there; 1,200 huts", "from here to there; 1,200 huts"),
    ],
)
def test_words_that_are_no_phrase_of_a_record_stay(told_as: str, said: str) -> None:
    assert Words("ru").scope(told_as) == said
    assert Words("en").scope(told_as) == told_as


def test_what_stopped_a_method_is_told_in_english_alone() -> None:
    stopped = decide("failed", problem="The road is closed.")
    assert "The road is closed." in because(stopped, Words("en"))
    for language in OTHERS:
        assert not english_in(because(stopped, Words(language)))


def every_note() -> Iterator[Note]:
    """Each note with a value for all that any note names."""
    for name in NOTES:
        for n in (1, 2, 5, 21):
            yield noted(
                name, n=n, lists=["a", "b"], pairs=["a + b"], models=7, share="1.5%", weight="0.02",
                times=20, iterations=4_000, burn=1_000, low=90, high=1_100,
                one=["c"], other=["d"], number=str(n), total="40", most="6",
            )  # fmt: skip


@pytest.mark.parametrize("language", OTHERS)
def test_every_note_is_worded_in_every_language(language: str) -> None:
    words = Words(language)
    for note in every_note():
        assert not english_in(words.note(note)), note.id
        assert "{" not in words.note(note)


def test_a_note_is_its_english_sentence() -> None:
    for note in every_note():
        assert str(note) == Words("en").note(note)
    assert str(noted("chose-from-best", n=3, models=1_130)) == (
        "Resamples chose among the 3 best of 1,130 models."
    )


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("en", 1, "1 was looked at"),
        ("en", 21, "21 were looked at"),
        ("ru", 1, "просмотрена 1 модель"),
        ("ru", 22, "просмотрены 22 модели"),
        ("ru", 1_011, "просмотрено 1\u00a0011 моделей"),
        ("uk", 31, "переглянуто 31 модель"),
        ("uk", 104, "переглянуто 104 моделі"),
        ("uk", 12, "переглянуто 12 моделей"),
    ],
)
def test_notes_count_in_the_form_of_the_language(language: str, n: int, said: str) -> None:
    assert said in Words(language).note(noted("searched", n=n))


def test_names_of_lists_are_never_written_as_numbers() -> None:
    note = noted("empty-lists", lists=["press 1.5", "1,200 letters"])
    assert "press 1.5, 1,200 letters" in Words("uk").note(note)


def test_a_note_names_no_more_than_ten_lists() -> None:
    said = str(noted("empty-lists", lists=[f"list{j}" for j in range(50)]))
    assert "list9, …" in said
    assert "list10" not in said


def test_of_a_record_every_sentence_and_reason_is_worded() -> None:
    folder = Path(inspect.getfile(estimating)).parent
    asked = set()
    for path in folder.glob("*.py"):
        asked |= set(re.findall(r'noted\(\s*"([a-z-]+)"', path.read_text("utf-8")))
    assert asked | set(tables._WHICH.values()) == OF_RECORDS
    reasons = (*scoped._ORDER, scoped._UNNAMED, scoped._GROUPS)
    for language in OTHERS:
        for phrase in (*reasons, origins.COPIES, origins.CITES, origins.SAME):
            assert not english_in(Words(language).known(phrase)), phrase


@pytest.mark.parametrize(
    ("language", "key", "n", "said"),
    [
        ("ru", "p.people", 21, "21 человек"),
        ("ru", "p.people", 3, "3 человека"),
        ("ru", "p.lists", 1, "в 1 списке"),
        ("ru", "p.names", 2, "2 частых имени"),
        ("ru", "p.times", 1_004, "1\u00a0004 раза"),
        ("uk", "p.people", 12, "12 людей"),
        ("uk", "p.pairs", 33, "33 пари написань"),
        ("uk", "p.lists", 5, "у 5 списках"),
        ("en", "p.names", 1, "1 common name"),
    ],
)
def test_what_a_record_counted_is_told_in_the_form_of_the_count(
    language: str, key: str, n: int, said: str
) -> None:
    assert Words(language).counted(key, n) == said


def test_what_linked_a_record_is_told_in_the_language() -> None:
    linkage = "engine 4 91d4c365 as of entry 40 of the journal"
    of_record = replace(TABLES["two lists"], linkage=linkage)
    made = report(of_record)
    assert linkage in made.text()
    assert "engine 4 91d4c365, по состоянию на запись 40 в журнале" in made.text("ru")
    assert "engine 4 91d4c365, станом на запис 40 у журналі" in made.text("uk")
    assert Words("ru").linkage("by hand") == "by hand"
    assert Words("uk").linkage("linking as of entry 1 of the journal").startswith("зіставлення,")


def test_methods_word_no_note_themselves() -> None:
    folder = Path(inspect.getfile(khronika.estimation)).parent
    asked = set()
    for path in folder.glob("*.py"):
        asked |= set(re.findall(r'noted\(\s*"([a-z-]+)"', path.read_text("utf-8")))
    asked |= {"model-granted", "averaged"}  # chosen between in one call
    assert asked == set(NOTES) - OF_RECORDS


def test_every_family_that_a_decision_names_has_a_name_in_each_language() -> None:
    for family in (*NAMES.values(), "of independent lists", "of all pairs of lists"):
        for language in OTHERS:
            assert not english_in(Words(language).figures(family))


def test_every_method_of_a_report_has_its_assumption_in_each_language() -> None:
    for language in OTHERS:
        for key in WORDS["en"]:
            if key.startswith("m."):
                assert {f"a.{key[2:]}", f"often.{key[2:]}"} & set(WORDS[language])


def test_notes_of_one_method_stand_in_one_paragraph() -> None:
    notes = (noted("no-mean"), noted("searched", n=3))
    shown = replace(
        report(TABLES["two lists"]), families=(replace(result("dga", 400.0), notes=notes),)
    )
    assert f"Graphs (averaged): {notes[0]} {notes[1]}" in " ".join(shown.text().split())
